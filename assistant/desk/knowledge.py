"""The knowledge half at the desk: questions, the commands that go on from an answer, and the places that are known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.answers import Answer, Asker, Decision, Reason, Request, answer
from assistant.answers.aligned import aligned
from assistant.answers.explaining import explained_clause
from assistant.answers.passages import clauses_at, passage
from assistant.citations import parse_unit_id, unit_id
from assistant.clauses import Outline
from assistant.desk.commands import Command, Wish, find_region
from assistant.documents import Document, ladder
from assistant.errors import BadQuestion, UnknownDocument, UnknownRegion
from assistant.ports import Link, Outgoing
from assistant.search.index import Index
from assistant.store import Profile
from assistant.training.making import Stock, gather
from assistant.wording import (
    aligned_text,
    answer_text,
    counterpart_links,
    explain,
    label,
    links,
    sentences,
    source_text,
)

LOCAL = ZoneInfo("Asia/Shanghai")
REMEMBERED = 3
"""Units cited last that 全文, 出处 and 下一条 can mean; the first one is meant."""


@dataclass(frozen=True, slots=True)
class Page:
    """A document to be read as a page."""

    document: Document
    outline: Outline


@dataclass(frozen=True, slots=True)
class Told:
    """What is replied, and what is known of the asker afterwards."""

    replies: tuple[Outgoing, ...]
    profile: Profile
    understood: str = ""
    """The question as it was meant, where there was one."""


class Knowledge:
    """Answers from the documents of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def regions(self) -> list[str]:
        """Return the places for which there are documents."""
        return self._index.catalogue.regions()

    def documents(self) -> list[Document]:
        """Return all documents, by id."""
        return list(self._index.catalogue.values())

    def document(self, document_id: str) -> Page:
        """Return a document to read; raises UnknownDocument."""
        if document_id not in self._index.catalogue:
            raise UnknownDocument(document=document_id)
        return Page(self._index.catalogue[document_id], self._index.outlines[document_id])

    def counterparts(self, document_id: str, on: date) -> dict[str, tuple[Link, ...]]:
        """Return for the clauses of a document links to their counterparts in force, by address."""
        found = {}
        for unit in self._index.outlines[document_id].clauses():
            known = self._index.aligned(unit_id(document_id, unit.address))
            held = [c for c in known if self._index.catalogue[parse_unit_id(c.unit)[0]].in_force(on)]
            found[unit.address] = counterpart_links(held, self._index)
        return found

    def stock(self, documents: Sequence[Document]) -> Stock:
        """Return what a quiz can be made from; raises BadQuestionFile."""
        asked: dict[str, tuple[str, ...]] = {}
        for document in documents:
            for one in self._index.bank.of(document.id):
                if one.asker == Asker.TRAINER:
                    asked[one.unit] = (*asked.get(one.unit, ()), one.question)
        return gather(documents, self._index.outlines, asked)

    def held(self, region: str, on: date) -> list[Document]:
        """Return the documents in force for a place and for those above it, by id."""
        return [one for one in self.documents() if one.in_force(on) and one.region in ladder(region)]

    def cited(self, unit: str) -> tuple[Link, ...]:
        """Return a clause as a link, nothing where the corpus does not hold it."""
        if not unit or not self._knows(unit):
            return ()
        whole = _whole(self._index, unit, Request("", "", Asker.CADRE, date.max))
        return links(whole)[:1]

    def reply(self, text: str, profile: Profile, now: datetime, *, is_warned: bool = False) -> Told:
        """Answer a question; where the asker has been warned, no person is offered: he has other things to do."""
        try:
            asked = self._request(text, profile, now)
            counterparts = aligned(asked, self._index)
            if counterparts is not None:
                reply = replace(self._answered(counterparts.answer), text=aligned_text(counterparts))
                context = counterparts.cited()[:REMEMBERED] or profile.context
                return Told((reply,), replace(profile, context=context), text)
            answered = answer(asked, self._index)
        except BadQuestion as error:
            return Told((plain(explain(error)),), profile, text)
        reply = self._answered(answered)
        understood = answered.question if answered.is_follow_up else text
        return Told(
            (reply if is_warned else _with_offer(reply, answered),), _remembering(profile, answered), understood
        )

    def obey(self, command: Command, profile: Profile, now: datetime) -> Told:
        """Do what a command wishes, all but 没答到 and 转人工."""
        if command.wish is Wish.HELP:
            return Told((replace(plain(sentences.HELP), choices=sentences.EXAMPLES),), profile)
        if command.wish is Wish.THANKS:
            return Told((plain(sentences.WELCOME),), profile)
        if command.wish is Wish.DOCUMENTS:
            return Told((plain(sentences.document_list(self.documents())),), profile)
        if command.wish is Wish.REGION:
            return self._move(command.value, profile)
        if command.wish is Wish.ASKER:
            said = sentences.ASKER_SET.format(asker=sentences.ASKERS[command.value])
            return Told((plain(said),), replace(profile, asker=command.value))
        return self._about_last(command, profile, now)

    def _request(self, text: str, profile: Profile, now: datetime) -> Request:
        on = now.astimezone(LOCAL).date()
        return Request(text, profile.region, Asker(profile.asker), on, profile.context, profile.question)

    def _answered(self, answered: Answer) -> Outgoing:
        choices = sentences.AFTER_ANSWER if answered.decision is not Decision.REFUSED else sentences.AFTER_REFUSAL
        return replace(
            plain(answer_text(answered)), links=links(answered), choices=choices, decision=answered.decision.value
        )

    def _move(self, name: str, profile: Profile) -> Told:
        region = find_region(name, self.regions())
        if region is None:
            return Told((plain(explain(UnknownRegion(region=name, known="、".join(self.regions())))),), profile)
        return Told((plain(sentences.REGION_SET.format(region=region)),), replace(profile, region=region))

    def _about_last(self, command: Command, profile: Profile, now: datetime) -> Told:
        known = [unit for unit in profile.context if self._knows(unit)]
        if not known:
            return Told((plain(sentences.NOTHING_CITED),), profile)
        document_id, address = parse_unit_id(known[0])
        asked = Request("", profile.region, Asker(profile.asker), now.astimezone(LOCAL).date())
        if command.wish is Wish.EXPLAIN:
            return Told((self._explained(known[0], asked),), profile)
        if command.wish is Wish.SOURCE:
            cited = dict.fromkeys(parse_unit_id(unit)[0] for unit in known)
            return Told((plain("\n\n".join(source_text(self._index.catalogue[d]) for d in cited)),), profile)
        if command.wish is not Wish.WHOLE:
            beside = self._beside(document_id, address, 1 if command.wish is Wish.NEXT else -1)
            if beside is None:
                return Told((plain(sentences.NO_CLAUSE_BESIDE),), profile)
            address = beside
        answered = _whole(self._index, unit_id(document_id, address), asked)
        return Told((self._answered(answered),), replace(profile, context=(unit_id(document_id, address),)))

    def _explained(self, unit: str, request: Request) -> Outgoing:
        answered = explained_clause(unit, request, self._index)
        if not answered.explanations:
            cited = label(answered.passages[0])
            return replace(plain(sentences.NO_EXPLANATION.format(label=cited)), choices=sentences.AFTER_ANSWER)
        return self._answered(answered)

    def _knows(self, unit: str) -> bool:
        """A document may have been replaced since it was cited."""
        document_id, address = parse_unit_id(unit)
        return document_id in self._index.catalogue and address in self._index.outlines[document_id]

    def _beside(self, document_id: str, address: str, step: int) -> str | None:
        outline = self._index.outlines[document_id]
        clauses = [unit.address for unit in outline.clauses()]
        place = clauses.index(outline.clause_of(address).address) + step
        return clauses[place] if 0 <= place < len(clauses) else None


def plain(text: str, *choices: str, decision: str | None = None) -> Outgoing:
    """Return a message that has no address yet."""
    return Outgoing(channel="", recipient="", text=text, choices=choices, decision=decision)


def _remembering(profile: Profile, answered: Answer) -> Profile:
    """Return the profile with what was cited and asked; what found nothing is no topic to go on from."""
    if answered.decision is Decision.REFUSED:
        return profile
    context = tuple(passage.unit for passage in answered.passages)[:REMEMBERED]
    return replace(profile, context=context, question=answered.topic)


def _with_offer(reply: Outgoing, answered: Answer) -> Outgoing:
    """Offer a person where the documents do not answer; a number that does not exist is the asker's to correct."""
    if answered.decision is Decision.ANSWER:
        return reply
    is_mistaken = answered.reason is Reason.NO_SUCH_CLAUSE
    text = reply.text if is_mistaken else f"{reply.text}\n\n{sentences.OFFER}"
    return replace(reply, text=text, choices=(sentences.HAND_OVER, *reply.choices))


def _whole(index: Index, unit: str, request: Request) -> Answer:
    from_units = [passage(index, clause, request, budget=None) for clause in clauses_at(index, unit)]
    return Answer("", Decision.ANSWER, tuple(from_units), (unit,))
