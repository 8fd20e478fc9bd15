"""What a message does in its conversation (会话动作): decided by rule from the state, the reading and the words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from assistant.dialogue import phrases, places
from assistant.dialogue.talk import Draft, Question, Talk, Wanted
from assistant.incidents import CARDS
from assistant.triage import Intent, Reading


class Ear(Protocol):
    """Reads texts as the message reader does."""

    def __call__(self, text: str) -> Reading:
        """Read a text as one message."""
        ...

    def all(self, text: str) -> tuple[Reading, ...]:
        """Read each matter of a message, gravest first."""
        ...

    def split(self, text: str) -> tuple[str, str]:
        """Return the part that reports and the part that asks."""
        ...


FRESH = timedelta(minutes=30)
"""As long as a report was talked about no longer ago, what is said goes with it."""
LIVE = timedelta(hours=2)
"""An incident is lived through: what is said within this time belongs to it."""
SHORT = 12
NODDED = 6
ASIDE = (Intent.QUESTION, Intent.STATUS, Intent.HELP, Intent.CANCEL)
"""These are answered and go by; what is going on goes on."""
SURE = 0.7
"""Of a status question where the person has no report that it could be about."""


class Move(StrEnum):
    """What the desk has to do."""

    CHOOSE = "choose"  # a number or yes/no for the open prompt
    STRAY = "stray"  # a number that answers nothing
    CRY = "cry"  # a cry for help without a matter
    EMERGENCY = "emergency"  # an incident, new or going on
    WORSE = "worse"  # a hazard that is about to become one
    WHETHER = "whether"  # 算不算隐患
    IN_EARNEST = "in_earnest"  # danger words in what reads like a joke
    REMIND = "remind"  # 接着说
    GO_BACK = "go_back"  # to the draft that an emergency has interrupted
    RETRACT = "retract"  # a false alarm
    NEXT_STEP = "next_step"  # and now?
    REFUSE = "refuse"
    NOT_YOURS = "not_yours"  # to set a case to closed
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
    ANOTHER = "another"  # another matter than that of the draft, which has been lying for long
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

    @property
    def is_place(self) -> bool:
        """Say whether the message is a place and tells of nothing."""
        return bool(self.reading.place) and self.reading.intent is Intent.SMALLTALK


def decide(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move:
    """Return what a message does; the first rule that holds decides, life before everything."""
    for rule in (
        _numbers,
        _without_words,
        _named_case,
        _danger,
        _guarded,
        _about_report,
        _within_draft,
        _beside_report,
    ):
        move = rule(talk, heard, known, now, ear)
        if move is not None:
            return move
    return _alone(talk, heard, now, ear)


def _numbers(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    """A bare number, or yes and no, belong to the question that was asked, and to nothing else."""
    number = phrases.number_in(heard.words)
    if talk.prompt is None:
        return Move.STRAY if number is not None else None
    if number is not None:
        return Move.CHOOSE
    if talk.prompt.question is Question.WITHDRAW and phrases.TAKEN_BACK.search(heard.words):
        return Move.CHOOSE
    is_yes_or_no = talk.prompt.question in (Question.WITHDRAW, Question.SAME_SPOT)
    if is_yes_or_no and (phrases.YES.fullmatch(heard.words) or phrases.NO.fullmatch(heard.words)):
        return Move.CHOOSE
    if heard.words in talk.prompt.options:
        return Move.CHOOSE
    return None


def _named_case(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    """A message that names a case is about that case, never a new report."""
    return Move.STATUS if phrases.case_numbers(heard.words) and heard.reading.danger is None else None


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
    if _lives_through(talk, known, now):
        return _living_through(talk, heard, known, now)
    reading = heard.reading
    is_cry = phrases.CRY.search(heard.words) is not None and len(heard.words) <= SHORT
    if is_cry and reading.danger is None and not reading.place:
        return Move.CRY
    is_harmed = reading.casualties is True
    if phrases.WHETHER.search(heard.words) and not is_harmed:
        return Move.WHETHER
    if (phrases.SUPPOSED.search(heard.words) and not is_harmed) or phrases.RUMOUR.search(heard.words):
        return None
    return _happening(talk, heard, known, now, ear)


def _living_through(talk: Talk, heard: Heard, known: Known | None, now: datetime) -> Move | None:
    """While an incident is lived through, what is said belongs to it."""
    reading = heard.reading
    if phrases.FALSE_ALARM.search(heard.words):
        return Move.RETRACT
    if _goes_back(talk, heard):
        return Move.GO_BACK
    if _is_emergency(heard, known, talk, now):
        return Move.EMERGENCY
    is_asked = reading.intent in (Intent.QUESTION, Intent.HELP) and not phrases.RULES.search(heard.words)
    if phrases.NEXT_STEP.fullmatch(heard.words) or is_asked:
        return Move.NEXT_STEP
    return None if reading.intent in ASIDE or phrases.RECEIVED.fullmatch(heard.words) else Move.EMERGENCY


def _happening(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    reading = heard.reading
    if _goes_back(talk, heard):
        return Move.GO_BACK
    if reading.danger is not None and (reading.intent is Intent.SMALLTALK or phrases.TEASING.search(heard.words)):
        return Move.IN_EARNEST
    if _is_emergency(heard, known, talk, now):
        return Move.EMERGENCY
    return None if reading.intent in ASIDE else _grown(talk, heard, known, now, ear)


def _is_emergency(heard: Heard, known: Known | None, talk: Talk, now: datetime) -> bool:
    """Say whether something is happening now; a grave hazard is none yet: it is registered, and the duty desk is told."""
    reading = heard.reading
    if reading.danger is not None and reading.intent is not Intent.HAZARD:
        is_asked = reading.intent in ASIDE and phrases.ASKED.search(heard.words) is not None
        is_play = reading.intent is Intent.SMALLTALK and reading.confidence >= SURE
        return not is_asked and not is_play
    if reading.intent is Intent.HAZARD:
        return reading.danger is not None and reading.casualties is True
    if reading.intent is not Intent.INCIDENT or phrases.ASSENT.match(heard.words):
        return False
    is_beside = known is not None and not known.is_incident and known.is_open and _is_fresh(talk, known, now)
    return not is_beside or (reading.casualties is not False and reading.emergency >= SURE)


def _goes_back(talk: Talk, heard: Heard) -> bool:
    """Say whether a message goes on with the draft that was interrupted: it says so, or names its matter."""
    if talk.parked is None or heard.reading.danger is not None:
        return False
    if phrases.GOING_BACK.search(heard.words):
        return True
    return bool(heard.reading.category) and heard.reading.category == talk.parked.category


def _lives_through(talk: Talk, known: Known | None, now: datetime) -> bool:
    return known is not None and known.is_incident and known.is_open and talk.is_about_case(now, LIVE)


def _grown(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    """Say whether what was said before has become an emergency by this message."""
    before = _before(talk, known, now)
    if not before or heard.is_place or (phrases.ASKED.search(heard.words) and heard.reading.danger is None):
        return None
    together = ear(f"{before}\n{heard.text}")
    is_grave = together.intent is Intent.INCIDENT or together.danger is not None or bool(together.casualties)
    if is_grave or _new_cards(before, heard.text):
        was = ear(before)
        was_grave = was.intent is Intent.INCIDENT or was.danger is not None
        is_told = talk.draft is not None or known is not None and known.is_open and _is_fresh(talk, known, now)
        return Move.EMERGENCY if not was_grave or not is_told else None
    is_near = known is not None and known.is_open and not known.is_incident and _is_fresh(talk, known, now)
    return Move.WORSE if is_near and phrases.WORSE.search(heard.words) else None


def _new_cards(before: str, text: str) -> bool:
    """Say whether two messages together tell of an emergency that neither tells of alone (炕冒烟 … 她老说迷糊)."""
    return any(card.fits(before + text) and not card.fits(before) for card in CARDS)


def _guarded(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    """Rank that is claimed, and asking again in other words, change nothing."""
    if phrases.STATE_ORDER.search(heard.words):
        return Move.NOT_YOURS
    if phrases.WHO_TOLD.search(heard.words) and not heard.reading.is_emergency:
        return Move.REFUSE
    if heard.reading.is_report:
        return None
    is_pressing = (
        talk.refused_at is not None and now - talk.refused_at <= FRESH and phrases.PRESSING.search(heard.words)
    )
    return Move.REFUSE if heard.reading.guard is not None or is_pressing else None


def _about_report(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    """What is said about a report instead of being one."""
    has_report = talk.draft is not None or known is not None
    if has_report and _is_correction(heard.words):
        return Move.CORRECT
    if talk.draft is not None and phrases.JUST_ASKING.fullmatch(heard.words):
        return Move.DROP
    if has_report and phrases.RECEIVED.fullmatch(heard.words):
        return Move.RECEIVED
    if _is_called_off(heard, has_report=has_report):
        return Move.DROP if talk.draft is not None else Move.WITHDRAW
    is_given_up = known is not None and known.is_withdrawn or talk.dropped is not None and not heard.reading.is_report
    if is_given_up and phrases.TAKEN_BACK.search(heard.words) and heard.reading.intent is not Intent.QUESTION:
        return Move.REINSTATE
    return _asked_after(heard, known)


def _asked_after(heard: Heard, known: Known | None) -> Move | None:
    reading = heard.reading
    if phrases.ANONYMOUS.search(heard.words) and not (reading.is_report and len(heard.words) > SHORT * 2):
        return Move.ANONYMOUS
    if known is not None and phrases.TIMING.search(heard.words) and not reading.is_report:
        return Move.TIMING
    is_status = reading.intent is Intent.STATUS and (known is not None or reading.confidence >= SURE)
    return Move.STATUS if is_status else None


def _is_called_off(heard: Heard, *, has_report: bool) -> bool:
    """算球了 in front of a question calls nothing off where nothing is reported."""
    if phrases.TAKEN_BACK.search(heard.words):
        return False
    said = phrases.CALLED_OFF.match(heard.words)
    is_only_that = said is not None and said.end() == len(heard.words)
    if is_only_that:
        return True
    if heard.reading.intent is Intent.CANCEL:
        has_words = said is not None or phrases.SETTLED.search(heard.words) or phrases.OFF_WORDS.search(heard.words)
        return bool(has_words) if has_report else heard.reading.confidence >= SURE
    return said is not None and has_report and heard.reading.intent is not Intent.QUESTION


def _within_draft(talk: Talk, heard: Heard, known: Known | None, now: datetime, ear: Ear) -> Move | None:
    draft, reading = talk.draft, heard.reading
    if draft is None:
        return None
    if phrases.GOING_BACK.search(heard.words) and not reading.place and len(heard.words) <= SHORT:
        return Move.REMIND
    if reading.intent in (Intent.QUESTION, Intent.HELP) and not _is_place_answer(draft.wanted, heard, ear):
        return Move.QUESTION if reading.intent is Intent.QUESTION else Move.OTHER
    if _is_other_than(draft, talk, heard, now):
        return Move.ANOTHER
    if draft.wanted is Wanted.MATTER and not reading.is_report and not heard.is_place:
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
    if heard.text in known.text.split("\n") and not (heard.has_attachments or heard.has_location):
        return Move.RECEIVED
    assent = phrases.ASSENT.match(heard.words)
    if assent:
        return _assented(heard, known, len(heard.words) - assent.end(), ear)
    if reading.is_report:
        return Move.FILL if _is_another(heard, known) else Move.SUPPLEMENT
    if reading.intent in (Intent.QUESTION, Intent.HELP):
        return None
    return Move.SUPPLEMENT if heard.is_place else _remark(heard, known, ear)


def _assented(heard: Heard, known: Known, rest: int, ear: Ear) -> Move | None:
    """Take 嗯 and 对 with what comes behind it; rest: how many characters that is."""
    if rest <= SHORT and not heard.reading.place:
        return Move.NOD if rest <= NODDED else Move.SUPPLEMENT
    return _remark(heard, known, ear)


def _remark(heard: Heard, known: Known, ear: Ear) -> Move | None:
    """Take what is no report of its own: a nod, or words that say more of the report."""
    if phrases.YES.fullmatch(heard.words) or heard.reading.intent is Intent.ACK or len(heard.words) <= 2:
        return Move.NOD
    if phrases.BESIDE.search(heard.words) or ear(f"{known.text}\n{heard.text}").is_report:
        return Move.SUPPLEMENT if len(heard.words) > 3 else Move.NOD
    return None


def _alone(talk: Talk, heard: Heard, now: datetime, ear: Ear) -> Move:
    is_supposed = phrases.SUPPOSED.search(heard.words) is not None
    if heard.is_place:
        # after a question it may be what the question was about
        return Move.OTHER if talk.topic_within(now, FRESH) else Move.FILL
    if heard.reading.is_report:
        return Move.QUESTION if is_supposed else Move.FILL
    if heard.reading.intent is not Intent.QUESTION:
        return Move.OTHER
    return Move.FILL if not is_supposed and _tells_too(heard, ear) else Move.QUESTION


def _tells_too(heard: Heard, ear: Ear) -> bool:
    """Say whether a question stands beside a report (小学门口井盖没了 请问有没有奖励): a risk wins over all else."""
    report, question = ear.split(heard.text)
    return bool(report and question) and ear(report).is_report


def _is_other_than(draft: Draft, talk: Talk, heard: Heard, now: datetime) -> bool:
    """Say whether somebody who fell silent in the middle of a report comes back with another one."""
    reading = heard.reading
    is_old = talk.heard_at is not None and now - talk.heard_at > FRESH
    is_other = bool(draft.category and reading.category and reading.category != draft.category)
    return is_other and bool(reading.place) and (is_old or phrases.ANOTHER.search(heard.words) is not None)


def _is_another(heard: Heard, known: Known) -> bool:
    """Say whether a second report within minutes is of another spot or matter."""
    reading = heard.reading
    if phrases.ANOTHER.search(heard.words):
        return True
    is_elsewhere = bool(reading.place) and not overlapping(reading.place or "", known.place + known.text)
    is_other_matter = bool(reading.category) and reading.category != known.category
    return is_elsewhere and (is_other_matter or len(heard.words) > SHORT * 2)


def overlapping(place: str, text: str) -> bool:
    """Say whether two neighbouring characters of a place stand in a text."""
    return any(place[i : i + 2] in text for i in range(len(place) - 1)) or place in text


def _is_correction(words: str) -> bool:
    return bool(phrases.MISTAKEN.search(words) or phrases.NOT_BUT.search(words)) and not words.endswith(
        ("吗", "么", "？", "?")
    )


def _is_place_answer(wanted: Wanted | None, heard: Heard, ear: Ear) -> bool:
    """A short answer to 在哪里 may read like anything else."""
    return (
        wanted is Wanted.PLACE and len(heard.words) <= SHORT and ear(places.TOLD.format(heard.text)).place is not None
    )


def _before(talk: Talk, known: Known | None, now: datetime) -> str:
    """Return what the message goes on from: the draft, the report of the last half hour, or the topic."""
    if talk.draft is not None:
        return talk.draft.text
    if known is not None and known.is_open and _is_fresh(talk, known, now):
        return known.text
    return talk.topic_within(now, FRESH)


def _is_fresh(talk: Talk, known: Known, now: datetime) -> bool:
    return talk.is_about_case(now, LIVE if known.is_incident else FRESH)
