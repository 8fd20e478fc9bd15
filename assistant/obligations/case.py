"""The obligation (职责) as a case: proposed from a clause, decided by a person for a place, withdrawn when the text has changed."""

from collections.abc import Iterable
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from sqlmodel import Field

from assistant.documents import Document
from assistant.errors import WrongState
from assistant.events import Case, Fact
from assistant.obligations.finding import Proposal
from assistant.obligations.measures import Measure
from assistant.rules import covers

SEPARATOR = "；"


class ObligationState(StrEnum):
    """How far an obligation has come."""

    PROPOSED = "proposed"  # 待确认
    CONFIRMED = "confirmed"  # 已确认
    REJECTED = "rejected"  # 不是职责
    WITHDRAWN = "withdrawn"  # 原文已变，撤下


class Obligation(Case, table=True):
    """What a clause says that somebody must do, with its own words."""

    __tablename__ = "obligation"

    document: str = Field(default="", max_length=64, index=True)
    unit: str = Field(default="", max_length=128)
    """Unit id of the clause."""
    title: str = ""
    label: str = ""
    heading: str = ""
    """Short title of the document; number of the clause as printed, （十七）, and its title."""
    quote: str = ""
    start: int = 0
    end: int = 0
    """Place of the quote in the document's text."""
    region: str = Field(default="", max_length=255, index=True)
    """Of the document: it holds there and below."""
    level: str = Field(default="", max_length=16)
    """Of the document: central, province, …"""
    who: str = ""
    """Who must do it, in the words of the text; empty where the text names nobody."""
    kind: str = Field(default="", max_length=16, index=True)
    """An ObligationKind."""
    subject: str = ""
    count: int | None = None
    count_unit: str = ""
    per: str = Field(default="", max_length=16)
    before: str = Field(default="", max_length=32)
    within: str = Field(default="", max_length=32)
    amount: int | None = None
    amount_unit: str = Field(default="", max_length=8)
    """count to amount_unit: see Measure."""
    holds_from: str = Field(default="", max_length=10)
    holds_to: str = Field(default="", max_length=10)
    """Days from which on and before which the document is in force, as 2025-06-01; empty for no border."""
    state: str = Field(default=ObligationState.PROPOSED.value, max_length=16, index=True)
    confirmed_for: str = ""
    """Paths of the places for which it was confirmed, apart by ；; an entry holds for what is below, too."""
    confirmed_by: int | None = None
    """Who confirmed it last."""

    @property
    def places(self) -> list[str]:
        """The places for which it was confirmed."""
        return self.confirmed_for.split(SEPARATOR) if self.state == ObligationState.CONFIRMED.value else []

    @property
    def measure(self) -> Measure:
        """How often, by when, within what time, how many."""
        return Measure(self.count, self.per, self.before, self.within, self.amount, self.amount_unit)

    def holds_for(self, region: str, on: str) -> bool:
        """Say whether it has been confirmed for a place (or for one above) and its document is in force on a day, 2026-07-01."""
        begun = not self.holds_from or self.holds_from <= on
        in_force = begun and (not self.holds_to or on < self.holds_to)
        return in_force and covers(self.region, region) and any(covers(place, region) for place in self.places)


def propose(proposal: Proposal, document: Document) -> Fact:
    """Record an obligation as it was found, for a person to decide."""
    citation = proposal.citation
    fields = {
        "document": document.id,
        "quote": citation.quote,
        "region": document.region,
        "level": document.level.value,
        "who": proposal.who,
        "kind": proposal.kind.value,
        "subject": proposal.subject,
        "state": ObligationState.PROPOSED.value,
        **_placed(proposal, document),
        **_measured(proposal.measure),
    }
    return Fact("proposed", {"set": fields}, citation.unit)


def move(known: Obligation, proposal: Proposal, document: Document) -> Fact | None:
    """Record that the same words now stand elsewhere or hold for another time; None where nothing has changed."""
    fields = _placed(proposal, document)
    if known.state == ObligationState.WITHDRAWN.value:
        fields |= {"state": ObligationState.PROPOSED.value, "confirmed_for": "", "confirmed_by": None}
    changed = {name: value for name, value in fields.items() if getattr(known, name) != value}
    return Fact("moved", {"set": changed}, proposal.citation.unit) if changed else None


def confirm(known: Obligation, place: str, by: int) -> Fact:
    """Confirm it for a place and all below; raises WrongState where the text no longer says it."""
    _refuse_withdrawn(known, "confirm_obligation")
    places = [one for one in known.places if not covers(place, one)] + [place]
    fields = {
        "state": ObligationState.CONFIRMED.value,
        "confirmed_for": SEPARATOR.join(places),
        "confirmed_by": by,
    }
    return Fact("confirmed", {"set": fields, "place": place}, known.unit)


def reject(known: Obligation, place: str, reason: str = "") -> Fact:
    """Say that it is no obligation at a place; what other places have confirmed stays theirs."""
    _refuse_withdrawn(known, "reject_obligation")
    rest = [one for one in known.places if not covers(place, one)]
    state = ObligationState.CONFIRMED if rest else ObligationState.REJECTED
    fields = {"state": state.value, "confirmed_for": SEPARATOR.join(rest)}
    return Fact("rejected", {"set": fields, "place": place, "reason": reason}, known.unit)


def amend(known: Obligation, measure: Measure, said: str) -> Fact:
    """Record how often and by when it is due in truth, where it was read wrongly or the place asks for more.

    What `measure` leaves empty stays as it was.
    """
    _refuse_withdrawn(known, "amend_obligation")
    changed = {name: value for name, value in _measured(measure).items() if value not in (None, "")}
    return Fact("amended", {"set": changed, "message": said}, known.unit)


def withdraw(known: Obligation) -> Fact:
    """Take it back: the document no longer says so."""
    return Fact("withdrawn", {"set": {"state": ObligationState.WITHDRAWN.value}, "was": known.state}, known.unit)


def pair(known: Iterable[Obligation], proposals: Iterable[Proposal]) -> list[tuple[Obligation | None, Proposal | None]]:
    """Return which known obligation each proposal is: the same words in the same clause, else the same words elsewhere.

    (None, proposal) is new, (obligation, None) is gone.
    """
    left, rest = sorted(known, key=lambda one: one.start), list(proposals)
    pairs: list[tuple[Obligation | None, Proposal | None]] = []
    for is_strict in (True, False):
        unmatched: list[Proposal] = []
        for proposal in rest:
            mine = next((one for one in left if _is_same(one, proposal, is_strict=is_strict)), None)
            if mine is None:
                unmatched.append(proposal)
            else:
                left.remove(mine)
                pairs.append((mine, proposal))
        rest = unmatched
    return pairs + [(None, one) for one in rest] + [(one, None) for one in left]


def _is_same(known: Obligation, proposal: Proposal, *, is_strict: bool) -> bool:
    return known.quote == proposal.citation.quote and (not is_strict or known.unit == proposal.citation.unit)


def _placed(proposal: Proposal, document: Document) -> dict[str, Any]:
    """Return where the words stand and how long they hold."""
    citation = proposal.citation
    return {
        "unit": citation.unit,
        "title": citation.title,
        "label": citation.label,
        "heading": proposal.heading,
        "start": citation.start,
        "end": citation.end,
        "holds_from": document.effective.isoformat() if document.effective else "",
        "holds_to": document.repealed.isoformat() if document.repealed else "",
    }


def _measured(measure: Measure) -> dict[str, object]:
    return asdict(measure) | {"count_unit": "次" if measure.count else ""}


def _refuse_withdrawn(known: Obligation, action: str) -> None:
    if known.state == ObligationState.WITHDRAWN.value:
        raise WrongState(action=action, number=known.number, state=known.state)
