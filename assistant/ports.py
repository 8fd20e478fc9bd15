"""What crosses the border of the core: messages in and out, embedders, a language model, progress."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

Progress = Callable[[str, int, int], None]
"""Called as progress(what, done, total) by long work."""


def silent(what: str, done: int, total: int) -> None:
    """Ignore progress; the default where nobody watches."""


class Embedder(Protocol):
    """Texts → rows of unit length, in the space of one named model."""

    name: str
    """Identifies model and weights; an index built under another name is foreign."""
    dimensions: int

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return float32[len(texts), dimensions], each row of length 1 (or 0 where nothing is known)."""
        ...


@dataclass(frozen=True, slots=True)
class Written:
    """What a language model answered, as it came: nothing in it is trusted."""

    text: str
    calls: int
    """Requests that were sent for it, failed ones included."""
    tokens: int | None = None
    """Of question and answer together, as the endpoint counts; None where it does not say."""
    is_refused: bool = False
    """The endpoint says that its model, or its filter, refused."""


@dataclass(frozen=True, slots=True)
class Room:
    """What one answer may cost at most."""

    calls: int
    tokens: int


class Writer(Protocol):
    """A language model behind an endpoint; writes ways to ask when a document is new, never an answer."""

    name: str
    """The model."""

    def write(self, instruction: str, matter: str, room: Room) -> Written:
        """Return the answer to `instruction` about `matter`, which is data.

        Raises: WriterFailed(host, reason, calls), KeyRefused(host, calls).
        """
        ...


class Datum(StrEnum):
    """In which system the degrees of a point are counted."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"  # 火星坐标: the public maps of mainland China, WeChat and WeCom


@dataclass(frozen=True, slots=True)
class Point:
    """A point as the sender's map gave it, degrees."""

    lat: float
    lon: float
    datum: Datum


@dataclass(frozen=True, slots=True)
class Location:
    """A point that was shared; WGS-84, degrees."""

    lat: float
    lon: float
    label: str = ""
    """What the sender's map calls it."""
    given: Point | None = None
    """As it came, where that was in another system: the conversion is an estimate."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or voice message that has been sniffed and kept."""

    kind: str
    """image or voice."""
    digest: str
    """SHA-256 of the bytes as received: the name under which they are kept, once."""
    media_type: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of a message that was sent: the message, and which of its choices, from 0 on."""

    prompt: str
    choice: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message from a person, on any channel."""

    channel: str
    message_id: str
    """Unique within the channel; a repeated delivery has the same one."""
    sender: str
    """The channel's own identity of the person."""
    text: str
    at: datetime
    """Aware; stored as UTC."""
    attachments: tuple[Attachment, ...] = ()
    location: Location | None = None
    pressed: Pressed | None = None
    """A button by which the words were said; it belongs to one message that was sent to this sender."""


@dataclass(frozen=True, slots=True)
class Link:
    """A cited clause, as a tap target: `label` is shown, `unit` and the span say where."""

    label: str
    unit: str
    spans: tuple[tuple[int, int], ...] = ()
    """Character offsets of the quotes in the document's text, ascending."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to a person; `text` alone is complete, links and choices are extras for channels that can."""

    channel: str
    recipient: str
    text: str
    links: tuple[Link, ...] = ()
    choices: tuple[str, ...] = ()
    """Suggested next messages, as buttons where the channel has them."""
    decision: str | None = field(default=None)
    """answer, nearest or refused where the message answers a question, danger for advice to a person in danger,
    handed_over where a question was put on the duty desk's list, duty for the reply of a person there,
    unkept where the database fails: the replies do not stand in the conversation and must be shown at once."""
    prompt: str = ""
    """Names a message with choices, once it leaves: a button gives it back (`Pressed`). At most 24 of [0-9a-z.]."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A channel has taken a message; that is neither delivered nor read."""

    vendor_id: str = ""


class Channel(Protocol):
    """A channel that messages are sent to; on the others (web, terminal) people fetch theirs."""

    name: str

    def send(self, outgoing: Outgoing, key: str) -> Receipt:
        """Hand over one message, and give up after five seconds.

        key: the channel's idempotency id where it has one; the same message comes again with the same key.
        Raises: SendingFailed where it is worth another attempt, as SendingPaused where the person must be left alone
        for a while and as SendingInDoubt where the message may have been taken; SendingRefused where it never will be,
        as RecipientGone where the person is reached there no more.
        """
        ...
