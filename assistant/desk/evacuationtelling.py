"""What is told of households (报转移情况): each claim goes to its row, what does not fit is asked, who must know hears it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from assistant.desk import callnotices as notices
from assistant.desk import evacuationrows as rows_of
from assistant.desk.acting import staff
from assistant.desk.evacuationrows import Rows, in_charge, list_of, reachable, tell, today, warning_of, with_homes
from assistant.desk.knowledge import plain
from assistant.dialogue import phrases
from assistant.evacuation import HelperList, Household, ShelterCount, State, Transfer, applying, lists, sum_of
from assistant.evacuation.applying import Saying
from assistant.evacuation.phrases import Kind
from assistant.evacuation.telling import Claim, Told, Unclear, read, sheltered
from assistant.events import Event
from assistant.people import Person
from assistant.permissions import EvacuationAction, may
from assistant.ports import Incoming, Outgoing
from assistant.rules import Rules
from assistant.script import simplified
from assistant.store import Work
from assistant.store import evacuation as stored
from assistant.wording import evacuation as wording

SERIOUS = ("refused", "helpless", "went_back", "wants_back", "said_away")
"""Somebody else has to hear of it, or something is to be asked."""


@dataclass(slots=True)
class Account:
    """What one message has changed."""

    work: Work
    person: Person
    message: str
    rules: Rules
    known: Rows
    """All rows of which the person may tell."""
    changes: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    has_matched: bool = False
    is_corrected: bool = False
    """Something was taken back, so that numbers of before hold no more."""


def attend(text: str, incoming: Incoming, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Take what a message says of households; None where it says nothing, or nothing of this person's."""
    known = rows_of.within_reach(work, with_homes(work, stored.open_transfers(work.session)), person)
    if not known.rows:
        return None
    account = Account(work, person, text, rules, known)
    chosen = _chosen(text, incoming, account)
    if chosen is not None:
        _apply(account, [chosen])
        return [_reply(account)]
    counted = _at_shelter(text, account)
    if counted is not None:
        return [plain(counted)]
    told = _read(text, account)
    return _take(told, account) if told.says_something else None


def _read(text: str, account: Account) -> Told:
    """Read a message against the own list first: there a name is seldom two people's."""
    mine = rows_of.own(account.known, account.person)
    own = _own_home(account)
    if own is not None and not mine.rows:
        told = read(text, [own], own)
        return told if told.claims else Told()
    if not mine.rows:
        told = read(text, account.known.roll)
        return replace(
            told, whole=None, groups=(), level=None, fewer=0, strangers=told.strangers if told.claims else ()
        )
    told = read(text, mine.roll)
    if told.strangers:
        wider = read(text, account.known.roll)
        return wider if len(wider.strangers) < len(told.strangers) else told
    return told


def _own_home(account: Account) -> Household | None:
    return next((home for home in account.known.roll if home.person_id == account.person.id), None)


def _take(told: Told, account: Account) -> list[Outgoing] | None:
    mine = rows_of.own(account.known, account.person)
    _apply(account, told.claims, is_mistake=told.is_mistake)
    _apply_whole(account, mine, told)
    if mine.rows:
        _hear(account, mine, told)
    if told.fewer and not told.claims:
        account.asks.append(wording.FEWER.format(count=told.fewer))
    if told.strangers:
        account.asks.append(wording.stranger(told.strangers))
    if told.unclear:
        question, options = _question(told.unclear[0], account)
        before = [_reply(account)] if account.changes or account.asks else []
        return [*before, plain(question, *options)]
    is_nothing = not (account.changes or account.asks or account.has_matched or told.has_numbers or told.wholes)
    return None if is_nothing else [_reply(account)]


def _reply(account: Account) -> Outgoing:
    mine = rows_of.own(account.known, account.person)
    if not mine.rows:
        return plain(wording.answer_other(account.changes, account.asks))
    return plain(wording.answer(account.changes, sum_of(mine.rows), mine.left(), account.asks))


def _apply(account: Account, claims: Iterable[Claim], *, is_mistake: bool = False) -> None:
    for claim in claims:
        row = account.known.of(claim.household)
        if row is not None:
            account.has_matched = True
            _apply_one(account, row, claim, is_mistake=is_mistake)


def _apply_one(account: Account, row: Transfer, claim: Claim, *, is_mistake: bool) -> None:
    work, home = account.work, account.known.homes[row.household]
    saying = Saying(claim, account.person.id, work.now, account.message, is_mistake=is_mistake)
    visit = account.rules.find("evacuation.visit", row.region, today(work)).duration
    for fact in applying.facts(row, saying, visit):
        event = work.append(row, fact, staff(work, account.person))
        account.changes.append(wording.noted(home, fact.kind, row))
        account.is_corrected |= fact.kind in ("corrected", "went_back")
        if fact.kind in SERIOUS or (fact.kind == "corrected" and row.stands is State.REFUSED):
            _tell_serious(account, row, home, event)


def _apply_whole(account: Account, mine: Rows, told: Told) -> None:
    """Take 都到齐了 for all of the own list that are not named in the same breath."""
    named = frozenset(claim.household for claim in told.claims)
    for kind, group in told.wholes:
        for row in applying.others(mine.rows, named, kind):
            if group is None or row.household in group:
                claim = Claim(row.household, kind, account.message[:40])
                _apply_one(account, row, claim, is_mistake=told.is_mistake)


def _hear(account: Account, mine: Rows, told: Told) -> None:
    """Note that the helper is there; keep numbers without names, and let the rows follow where they must."""
    work = account.work
    for warning in dict.fromkeys(row.warning for row in mine.rows):
        given = list_of(work, warning, account.person.id or 0)
        if given is None:
            continue
        rows = mine.some(row for row in mine.rows if row.warning == warning)
        if told.has_numbers:
            _count(account, given, rows, told)
        elif account.is_corrected:
            fact = lists.counted("", None, None, work.now, account.message)
            work.append(given, fact, staff(work, account.person))
        else:
            work.append(given, lists.heard(work.now), staff(work, account.person))
        _reconcile(account, given, rows)


def _count(account: Account, given: HelperList, mine: Rows, told: Told) -> None:
    level = applying.LEVELS[told.level or Kind.KNOCKED]
    before = given.reached or 0
    if given.level != level.value:
        before = len(mine.rows) - len(applying.behind(mine.rows, level))
    reached = told.numbers.reached
    if reached is None and told.numbers.left is not None:
        reached = len(mine.rows) - told.numbers.left
    reached = before + told.numbers.added if reached is None else reached
    fact = lists.counted(level.value, told.numbers.total, reached, account.work.now, account.message)
    account.work.append(given, fact, staff(account.work, account.person))


def _reconcile(account: Account, given: HelperList, mine: Rows) -> None:
    for row in applying.meant(mine.rows, given):
        kind = next(kind for kind, state in applying.LEVELS.items() if state.value == given.level)
        _apply_one(account, row, Claim(row.household, kind, account.message[:40]), is_mistake=False)
    if given.reached is not None:
        missing = applying.unnamed(mine.rows, given)
        asked = wording.numbers_open(State(given.level), given, missing, len(mine.rows))
        account.asks += [asked] if asked else []


def _tell_serious(account: Account, row: Transfer, home: Household, event: Event) -> None:
    work, person = account.work, account.person
    warning, who, called = warning_of(work, row), notices.name(person), wording.name(home)
    if event.kind == "said_away":
        account.asks.append(wording.ASK_PROOF.format(name=f"{home.head}家"))
        return
    helper = rows_of.helper_of(work, row)
    others = [helper] if helper is not None and helper.id != person.id else []
    if event.kind == "wants_back":
        tell(work, event, "wants_back", others, wording.wants_back(called, account.message))
        account.asks.append(wording.WANTS_BACK.format(name=f"{home.head}家"))
        return
    to = [*others, *in_charge(work, row, but=[person.id or 0, *(one.id or 0 for one in others)])]
    texts = {
        "helpless": (wording.helpless(warning, called, who, row.reason), wording.HELP_TOLD),
        "went_back": (wording.went_back(warning, called, who), wording.BACK_TOLD),
    }
    asks = wording.REFUSED_TOLD if row.witness else wording.ASK_WITNESS
    text, said = texts.get(event.kind, (wording.refused(warning, called, who, row.reason, row.witness), asks))
    tell(work, event, event.kind, to, text)
    account.asks.append(said.format(name=f"{home.head}家", told=reachable(work, to)))


def _question(unclear: Unclear, account: Account) -> tuple[str, tuple[str, ...]]:
    homes = [account.known.homes[one] for one in unclear.households if one in account.known.homes]
    return wording.which(unclear.said, homes)


def _chosen(text: str, incoming: Incoming, account: Account) -> Claim | None:
    """Return the claim for which a number chooses the household, where that question was the last thing said."""
    number = phrases.number_in(simplified(text))
    last = account.work.turns(incoming.channel, incoming.sender, 1) if number is not None else []
    if number is None or not last:
        return None
    told = _read(last[0].text, account)
    if not told.unclear:
        return None
    unclear = told.unclear[0]
    question, _ = _question(unclear, account)
    is_asked = any(reply.text == question for reply in last[0].replies)
    if not is_asked or not 1 <= number <= len(unclear.households):
        return None
    account.message = last[0].text
    return replace(unclear.claim, household=unclear.households[number - 1])


def _at_shelter(text: str, account: Account) -> str | None:
    """Take the count of a shelter from who keeps it, or from staff of the place."""
    homes = account.known.roll
    kept = [home for home in homes if home.keeper_id == account.person.id]
    grants = account.work.grants(account.person)
    seen = kept or [home for home in homes if may(grants, EvacuationAction.TELL_TRANSFER, home.region)]
    shelters = list(dict.fromkeys(home.shelter for home in seen if home.shelter))
    said = sheltered(text, shelters, is_keeper=bool(kept))
    if said is None:
        return None
    rows = account.known.some(
        row for row in account.known.rows if (row.shelter or account.known.homes[row.household].shelter) == said.shelter
    )
    warning = rows.rows[-1].warning
    count = _shelter_count(account.work, warning, said.shelter)
    fact = lists.shelter_counted(
        warning, said.shelter, said.households, said.persons, account.person.id or 0, account.work.now
    )
    account.work.append(count, fact, staff(account.work, account.person))
    arrived = sum_of(row for row in rows.rows if row.stands is State.ARRIVED).due
    coming = [wording.left(home, row) for row, home in rows.pairs() if wording.is_open(row)]
    return wording.shelter_noted(count, arrived, coming)


def _shelter_count(work: Work, warning: str, shelter: str) -> ShelterCount:
    known = stored.counts_of(work.session, warning)
    found = next((one for one in known if one.shelter == shelter), None)
    return found or ShelterCount(number=f"{warning}/s{len(known) + 1}")
