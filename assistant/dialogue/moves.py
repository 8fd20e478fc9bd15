"""What a message does in its conversation (会话动作): decided by rule from the state, the reading and the words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from assistant.dialogue import phrases
from assistant.dialogue.talk import Question, Talk, Wanted
from assistant.triage import Intent, Reading

Ear = Callable[[str], Reading]
"""Reads a text as the message reader does."""
FRESH = timedelta(minutes=30)
"""As long as a report was talked about no longer ago, what is said goes with it."""
LIVE = timedelta(hours=2)
"""An incident is lived through: what is said within this time belongs to it."""
SHORT = 12


class Move(StrEnum):
    """What the desk has to do."""

    CHOOSE = "choose"  # a number or yes/no for the open prompt
    STRAY = "stray"  # a number that answers nothing
    CRY = "cry"  # a cry for help without a matter
    EMERGENCY = "emergency"  # an incident, new or going on
    REFUSE = "refuse"
    ANONYMOUS = "anonymous"
    DROP = "drop"  # the draft is given up
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    REINSTATE = "reinstate"
    RECEIVED = "received"
    TIMING = "timing"
    WISH = "wish"
    STATUS = "status"
    FILL = "fill"  # into the draft, which may be new
    SUPPLEMENT = "supplement"  # to the report talked about last
    UNCLEAR = "unclear"  # a matter was asked for and not understood
    NOD = "nod"  # 嗯 好的 beside a report
    ALARMING_EMOJI = "alarming_emoji"
    EMOJI = "emoji"
    QUESTION = "question"
    OTHER = "other"  # help, thanks, small talk, acknowledgements without a call


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk knows of the report that the talk is about."""

    number: str
    is_incident: bool
    is_open: bool
    is_withdrawn: bool
    category: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One message, read."""

    text: str
    """As typed; the patterns are tried on `words`."""
    words: str
    """In simplified characters, outer blanks gone."""
    reading: Reading
    has_attachments: bool = False
    has_location: bool = False


def decide(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move:
    """Return what a message does; the first rule that holds decides, life before everything."""
    for rule in (_numbers, _without_words, _danger, _guarded, _about_report, _within_draft, _beside_report):
        move = rule(talk, heard, known, now, ear)
        if move is not None:
            return move
    return _alone(heard)


def _numbers(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    """A bare number, or yes and no, belong to the question that was asked, and to nothing else."""
    number = phrases.number_in(heard.words)
    if talk.prompt is None:
        return Move.STRAY if number is not None else None
    if number is not None:
        return Move.CHOOSE
    is_yes_or_no = talk.prompt.question in (Question.WITHDRAW, Question.SAME_SPOT, Question.REPAIRED)
    if is_yes_or_no and (phrases.YES.fullmatch(heard.words) or phrases.NO.fullmatch(heard.words)):
        return Move.CHOOSE
    if heard.words in talk.prompt.options:
        return Move.CHOOSE
    return None


def _without_words(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    if heard.words and phrases.EMOJI.fullmatch(heard.words):
        return Move.ALARMING_EMOJI if phrases.ALARMING.search(heard.words) else Move.EMOJI
    if heard.words or not (heard.has_attachments or heard.has_location):
        return None
    if talk.draft is None and known is not None and known.is_open and _is_fresh(talk, known, now):
        return Move.SUPPLEMENT
    return Move.FILL


def _danger(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    """An emergency by itself, or by what was said before it (墙又歪了点 … 在响)."""
    reading = heard.reading
    if reading.intent is Intent.INCIDENT or (reading.danger is not None and reading.intent is not Intent.QUESTION):
        return Move.EMERGENCY
    if known is not None and known.is_incident and known.is_open and talk.is_about_case(now, LIVE):
        is_other = reading.intent in (Intent.QUESTION, Intent.STATUS, Intent.HELP, Intent.CANCEL)
        if not is_other and not phrases.RECEIVED.fullmatch(heard.words):
            return Move.EMERGENCY
        return None
    before = _before(talk, known, now)
    if before and reading.intent not in (Intent.QUESTION, Intent.STATUS, Intent.CANCEL, Intent.HELP):
        together = ear(f"{before}\n{heard.text}")
        has_grown = together.intent is Intent.INCIDENT or together.danger is not None or together.is_emergency
        was = ear(before)
        if has_grown and not (was.intent is Intent.INCIDENT or was.danger is not None or was.is_emergency):
            return Move.EMERGENCY
    if phrases.CRY.search(heard.words) and len(heard.words) <= SHORT and not reading.category:
        return Move.CRY
    return None


def _guarded(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    return Move.REFUSE if heard.reading.guard is not None and not heard.reading.is_report else None


def _about_report(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    """What is said about a report instead of being one."""
    words, reading = heard.words, heard.reading
    if talk.draft is not None and phrases.JUST_ASKING.fullmatch(words):
        return Move.DROP
    if phrases.RECEIVED.fullmatch(words) and (talk.draft is not None or known is not None):
        return Move.RECEIVED
    if known is not None and known.is_withdrawn and phrases.TAKEN_BACK.search(words):
        return Move.REINSTATE
    is_off = phrases.CALLED_OFF.match(words) is not None or reading.intent is Intent.CANCEL
    if is_off and not phrases.TAKEN_BACK.search(words):
        return Move.DROP if talk.draft is not None else Move.WITHDRAW
    if (talk.draft is not None or known is not None) and _is_correction(words):
        return Move.CORRECT
    if phrases.ANONYMOUS.search(words) and not (reading.is_report and len(words) > SHORT * 2):
        return Move.ANONYMOUS
    if known is not None and phrases.TIMING.search(words) and not reading.is_report:
        return Move.TIMING
    if reading.intent is Intent.STATUS:
        return Move.STATUS
    return None


def _within_draft(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    draft, reading = talk.draft, heard.reading
    if draft is None:
        return None
    if reading.intent in (Intent.QUESTION, Intent.HELP) and not _is_place_answer(draft.wanted, heard, ear):
        return Move.QUESTION if reading.intent is Intent.QUESTION else Move.OTHER
    if draft.wanted is Wanted.MATTER and not reading.is_report:
        together = ear("\n".join((*draft.texts, heard.text)))
        return Move.FILL if together.is_report and together.category else Move.UNCLEAR
    return Move.FILL


def _beside_report(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    """A report that was talked about just now takes in what is said, unless it is another matter."""
    reading = heard.reading
    if known is None or not known.is_open or not _is_fresh(talk, known, now):
        return None
    if phrases.WISH.search(heard.words) and not reading.is_report:
        return Move.WISH
    if reading.is_report:
        return Move.FILL if _is_another(heard, known) else Move.SUPPLEMENT
    if reading.intent in (Intent.QUESTION, Intent.HELP):
        return None
    if phrases.YES.fullmatch(heard.words) or reading.intent is Intent.ACK or len(heard.words) <= 2:
        return Move.NOD
    if phrases.BESIDE.search(heard.words) or ear(f"{known.text}\n{heard.text}").is_report:
        return Move.SUPPLEMENT if len(heard.words) > 3 else Move.NOD
    return None


def _alone(heard: Heard) -> Move:
    if heard.reading.is_report:
        return Move.FILL
    return Move.QUESTION if heard.reading.intent is Intent.QUESTION else Move.OTHER


def _is_another(heard: Heard, known: Known) -> bool:
    """Say whether a second report within minutes is of another spot or matter."""
    reading = heard.reading
    if phrases.ANOTHER.search(heard.words):
        return True
    is_elsewhere = bool(reading.place) and not _overlap(reading.place or "", known.place + known.text)
    is_other_matter = bool(reading.category) and reading.category != known.category
    return is_elsewhere and (is_other_matter or len(heard.words) > SHORT * 2)


def _overlap(place: str, text: str) -> bool:
    """Say whether two neighbouring characters of a place stand in a text."""
    return any(place[i : i + 2] in text for i in range(len(place) - 1)) or place in text


def _is_correction(words: str) -> bool:
    return bool(phrases.MISTAKEN.search(words) or phrases.NOT_BUT.search(words)) and not words.endswith(
        ("吗", "么", "？", "?")
    )


def _is_place_answer(wanted: Wanted | None, heard: Heard, ear: Ear) -> bool:
    """A short answer to 在哪里 may read like anything else."""
    return wanted is Wanted.PLACE and len(heard.words) <= SHORT and ear(f"{heard.text}有裂缝").place is not None


def _before(talk: Talk, known: Known | None, now: datetime) -> str:
    """Return what the message goes on from: the draft, the report of the last half hour, or the topic."""
    if talk.draft is not None:
        return talk.draft.text
    if known is not None and known.is_open and _is_fresh(talk, known, now):
        return known.text
    return talk.topic_within(now, FRESH)


def _is_fresh(talk: Talk, known: Known, now: datetime) -> bool:
    return talk.is_about_case(now, LIVE if known.is_incident else FRESH)
