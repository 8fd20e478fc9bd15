"""Staff work by chat (办件): lists, the menu, and every step on a case, by words, numbers and names."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter

from assistant.desk import caselists
from assistant.desk.casefinding import Found, find, find_holders
from assistant.desk.caselists import Standing
from assistant.desk.casesteps import ACTIONS, TAKEN, Scene
from assistant.desk.casewords import Said, Wish, read
from assistant.desk.notices import plain
from assistant.dialogue.phrases import ASKED, CASE_NUMBER, case_numbers, number_in
from assistant.errors import BadInput, MissingReason
from assistant.hazards import Hazard, reporting
from assistant.hazards.handling import Holder
from assistant.hazards.moments import text as moment_text
from assistant.hazards.moments import utc
from assistant.hazards.steps import is_holder
from assistant.people import Person
from assistant.ports import Incoming, Outgoing
from assistant.rules import Rules
from assistant.script import simplified
from assistant.store import Work
from assistant.store import hazards as stored
from assistant.wording import casework as wording
from assistant.wording import explain
from assistant.wording.hazards import line

HOLDS = timedelta(minutes=30)
"""How long a numbered question waits for its number, and pictures for their case."""


PICTURED = frozenset({Wish.SUBMIT, Wish.RECTIFY, Wish.REPORT_IN, Wish.FAIL, Wish.NOTE})
"""Pictures that come before or after these belong to the case."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A numbered question that was put to somebody of the staff."""

    kind: str
    """case, whom, list or menu; reason where words are waited for."""
    options: tuple[str, ...]
    """Numbers of cases, names, or words of the menu, in the order of their numbers."""
    text: str = ""
    """The message that was not clear."""
    case: str = ""
    """The case that had been settled already."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What staff work remembers between two messages of a person."""

    case: str = ""
    """The case talked about last."""
    at: str = ""
    """When, ISO."""
    asked: Asked | None = None
    takes_pictures: bool = False
    """Pictures that come now belong to the case."""

    def is_fresh(self, now: datetime) -> bool:
        """Say whether what was talked about last is still what the talk is about."""
        return bool(self.at) and utc(now) - datetime.fromisoformat(self.at) <= HOLDS


_MEMORY: TypeAdapter[Memory] = TypeAdapter(Memory)


@dataclass(frozen=True, slots=True)
class Attended:
    """The replies to a message of the staff, and what to remember."""

    replies: list[Outgoing]
    memory: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Message:
    """A message with all that is needed to attend to it."""

    work: Work
    person: Person
    rules: Rules
    incoming: Incoming
    memory: Memory
    standing: Standing

    def answered(self, text: str, asked: Asked | None = None, case: str = "", *, pictures: bool = False) -> Attended:
        """Return a reply; numbers under it are offered as buttons."""
        choices = tuple(str(n) for n in range(1, len(asked.options) + 1)) if asked else ()
        known = replace(
            self.memory,
            case=case or self.memory.case,
            at=moment_text(self.work.now),
            asked=asked,
            takes_pictures=pictures,
        )
        return Attended([plain(text, choices)], _MEMORY.dump_python(known, mode="json"))


def attend(
    text: str, incoming: Incoming, person: Person, work: Work, rules: Rules, memory: dict[str, Any]
) -> Attended | None:
    """Attend to a message of somebody who works on cases; None where it is not for this part of the desk.

    memory: what `Attended.memory` held after the person's last message here (`{}` at first). A bare number is taken as
    an answer only while the question that it answers is the last one asked here; ask `forget` where another part of the
    desk has asked something since.
    """
    known = _MEMORY.validate_python(memory)
    message = _Message(work, person, rules, incoming, known, caselists.standing(work, person))
    if not text.strip():
        return _pictures(message)
    chosen = _chosen(message, text)
    if chosen is not None:
        return chosen
    said = read(text) or _beside_number(message, text)
    if said is None:
        return None
    if not message.standing.is_staff:
        is_urging = said.wish is Wish.SUPERVISE and "督" not in text  # 再催一下 of one's own report
        is_for_staff = (
            said.is_clear and not is_urging and said.wish in TAKEN and said.wish not in OPEN_TO_ALL or "台账" in text
        )
        return message.answered(wording.STAFF_ONLY) if is_for_staff else None
    return _attended(message, said, text)


OPEN_TO_ALL = frozenset(
    {
        Wish.LOOK,
        Wish.ACCOUNT,
        Wish.REOPEN,
        Wish.SUBMIT,
        Wish.NOTE,
        Wish.REFUSE,
        Wish.REJECT,
        Wish.CALL_BACK,
    }
)
"""Words that a villager may use for something else, or of the own report."""


def forget(memory: dict[str, Any]) -> dict[str, Any]:
    """Return the memory without its numbered question, after another part of the desk has asked something."""
    known = replace(_MEMORY.validate_python(memory), asked=None)
    return dict(_MEMORY.dump_python(known, mode="json"))


def _beside_number(message: _Message, text: str) -> Said | None:
    """Return what words are that stand beside a full number and are no order: a look where they ask, else a note.

    Of the own report they are the reporter's words, which the dialogue takes.
    """
    numbers = case_numbers(text)
    if not numbers or not message.standing.is_staff or numbers[0] in message.work.numbers_of(message.person):
        return None
    if all(hazard.number != numbers[0] for hazard in caselists.visible(message.work, message.person)):
        return None
    rest = CASE_NUMBER.sub("", simplified(text)).strip(" ，,。：:；;！!")
    wish = Wish.LOOK if not rest or ASKED.search(rest) else Wish.NOTE
    return Said(wish, rest=rest, case=numbers[0])


def _attended(message: _Message, said: Said, text: str) -> Attended | None:
    if said.wish is Wish.MENU:
        options = caselists.menu(message.standing)
        return message.answered(wording.menu(options), Asked("menu", tuple(wording.MENUS[o] for o in options)))
    if said.wish in caselists.LISTS:
        shown, numbers = caselists.listed(message.work, message.person, message.standing, said.wish)
        return message.answered(shown, Asked("list", numbers) if numbers else None)
    return _on_case(message, said, text)


def _on_case(message: _Message, said: Said, text: str, case: str = "", whom: str = "") -> Attended | None:
    """Take a step on the case that is meant; ask where two fit."""
    talked = message.memory.case if message.memory.is_fresh(message.work.now) else ""
    since = datetime.fromisoformat(message.memory.at) if message.memory.at else message.work.now
    found = (
        Found([message.work.hazard(case)])
        if case
        else find(message.work, message.person, said, ACTIONS[said.wish], talked, since)
    )
    if not found.hazards:
        if not said.is_clear and not found.missing:
            return None
        what = wording.NO_CASE.format(what=found.missing) if found.missing else ""
        return message.answered(what or wording.nothing_fits(ACTIONS[said.wish][0]) if ACTIONS[said.wish] else what)
    if len(found.hazards) > 1:
        options = tuple(hazard.number for hazard in found.hazards[: wording.MOST_LINES])
        lines = wording.numbered(line(h, message.work.now) for h in found.hazards[: wording.MOST_LINES])
        return message.answered(wording.WHICH.format(lines=lines), Asked("case", options, text))
    return _step(message, said, found.hazards[0], text, whom)


def _step(message: _Message, said: Said, hazard: Hazard, text: str, whom: str) -> Attended | None:
    parties = find_holders(message.work, said, hazard, whom)
    is_talked_of = bool(said.case or said.hint) or message.memory.is_fresh(message.work.now)
    if parties.unknown and not (said.is_clear and is_talked_of):
        return None
    if parties.unknown:
        return message.answered(parties.unknown, case=hazard.number)
    if parties.choices:
        lines = wording.numbered(parties.choices)
        asked = Asked("whom", parties.choices, text, hazard.number)
        return message.answered(wording.WHOM.format(lines=lines), asked, hazard.number)
    return _taken(message, said, hazard, text, parties.holders)


def _taken(message: _Message, said: Said, hazard: Hazard, text: str, whom: tuple[Holder, ...]) -> Attended:
    now = stored.locked(message.work.session, hazard)
    scene = Scene(message.work, now, message.person, message.rules, said, whom, message.incoming.attachments)
    try:
        reply = TAKEN[said.wish](scene)
    except MissingReason as error:
        return message.answered(explain(error), Asked("reason", (), text, hazard.number), hazard.number)
    except BadInput as error:
        return message.answered(explain(error), case=hazard.number)
    awaits = said.wish in PICTURED
    return message.answered(reply, case=hazard.number, pictures=awaits)


def _chosen(message: _Message, text: str) -> Attended | None:
    """Return what a number means that answers the last question, None where it answers none."""
    asked, known = message.memory.asked, message.memory
    if asked is None or not known.is_fresh(message.work.now):
        return None
    if asked.kind == "reason":
        return _given_reason(message, asked, text)
    number = number_in(text)
    # with an order beside it a number is no choice from the list: YH…-01 派给城管委
    numbers = case_numbers(text) if asked.kind != "list" or read(text) is None else []
    named = [n for n, option in enumerate(asked.options, 1) if option in (text.strip(), *numbers)]
    number = named[0] if named else number
    if number is None or not 1 <= number <= len(asked.options):
        return None
    option = asked.options[number - 1]
    if asked.kind == "menu":
        return _attended(message, read(option) or Said(Wish.MENU), option)
    if asked.kind == "list":
        return _on_case(message, Said(Wish.LOOK, case=option), text, case=option)
    said = read(asked.text) or Said(Wish.LOOK)
    if asked.kind == "whom":
        return _on_case(message, said, asked.text, case=asked.case, whom=option)
    return _on_case(message, said, asked.text, case=option)


def _given_reason(message: _Message, asked: Asked, text: str) -> Attended | None:
    """Take the words that were asked for as the reason of the step; another order or a question is none."""
    wanted, said = read(asked.text), read(text)
    is_other = said is not None and (wanted is None or said.wish is not wanted.wish)
    if wanted is None or is_other or ASKED.search(simplified(text)) or case_numbers(text):
        return None
    return _on_case(message, replace(wanted, rest=text.strip()), asked.text, case=asked.case)


def _pictures(message: _Message) -> Attended | None:
    """Put pictures without words to the case that is being talked about."""
    known, shown = message.memory, message.incoming.attachments
    if not shown or not known.takes_pictures or not known.is_fresh(message.work.now):
        return None
    hazard = message.work.hazard(known.case)
    scene = Scene(message.work, hazard, message.person, message.rules, Said(Wish.NOTE), (), shown)
    try:
        scene.append(reporting.add_evidence(hazard, scene.by, len(shown), is_called=not is_holder(hazard, scene.by)))
    except BadInput as error:
        return message.answered(explain(error))
    return message.answered(wording.pictures_kept(hazard, len(shown)), pictures=True)
