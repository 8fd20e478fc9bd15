"""What a move of the conversation is decided from (所闻): the message as heard, and what is known of the report."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from assistant.dialogue.talk import Talk
from assistant.triage import Intent, Reading

FRESH = timedelta(minutes=30)
"""As long as a report was talked about no longer ago, what is said goes with it."""
LIVE = timedelta(hours=2)
"""An incident is lived through: what is said within this time belongs to it."""
SHORT = 12
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
    IN_DOUBT = "in_doubt"  # a question with danger words, or a report put as one
    KEEP = "keep"  # 这回别给我撤了
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
    NOT_THEIRS = "not_theirs"  # 我邻居报的那个修了没
    FILL = "fill"  # into the draft, which may be new
    ANOTHER = "another"  # another matter than that of the draft, which has been lying for long
    SUPPLEMENT = "supplement"  # to the report talked about last
    UNCLEAR = "unclear"  # a matter was asked for and not understood
    NOD = "nod"  # 嗯 好的 beside a report
    THANKED = "thanked"  # 谢谢 beside a report
    ARRIVAL = "arrival"  # 消防几点到
    CALL_YOURSELF = "call_yourself"  # 你帮我打119
    FOREIGN = "foreign"  # no Chinese
    WHAT_NOW = "what_now"  # 咋个整嘛, beside a hazard
    WAIT = "wait"  # 等一下 我先去赶牛
    ALARMING_EMOJI = "alarming_emoji"
    EMOJI = "emoji"
    QUESTION = "question"
    OTHER = "other"  # help, thanks, small talk, acknowledgements without a call


class Ear(Protocol):
    """Reads texts as the message reader does."""

    def __call__(self, text: str) -> Reading:
        """Read a text as one message."""
        ...

    def all(self, text: str) -> tuple[Reading, ...]:
        """Read each matter of a message, gravest first."""
        ...

    def where(self, text: str) -> str:
        """Return the place that a text names, whatever else it is."""
        ...

    def split(self, text: str) -> tuple[str, str]:
        """Return the part that reports and the part that asks."""
        ...


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


def is_fresh(talk: Talk, known: Known, now: datetime) -> bool:
    """Say whether a report was talked about so recently that what is said goes with it."""
    return talk.is_about_case(now, LIVE if known.is_incident else FRESH)


def overlapping(place: str, text: str) -> bool:
    """Say whether two neighbouring characters of a place stand in a text."""
    return any(place[i : i + 2] in text for i in range(len(place) - 1)) or place in text
