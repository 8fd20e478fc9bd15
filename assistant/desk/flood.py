"""Floods (刷屏): how much one sender may say, told once politely; no answers to our own words or to an answering machine.

It is counted in the memory of the process: what is refused costs no look into the database, and delays nobody else.
Whoever is in danger is heard whatever was said before. Channels without a limit in the rules are free.
"""

from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from assistant.desk.readable import readable
from assistant.ports import Incoming, Outgoing
from assistant.rules import Rules
from assistant.store.limits import Limit
from assistant.triage import danger
from assistant.wording import sentences

WINDOWS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
SAME = timedelta(minutes=10)
"""So long the same words count as said again."""
LONG = 10
"""Characters; shorter words are orders and answers (下一条, 收到), which people do say again and again."""
SHORT = 2
"""Characters of what may answer a call (1, 收到); it is counted apart, as buttons are."""
FRANTIC = 5
"""Times the limit: so often no person in danger writes within a minute."""
MOST_SENDERS, MOST_NAMES, MOST_OURS = 10_000, 64, 20
"""Remembered at most: memory stays bounded, whoever was heard longest ago is forgotten first."""
SEEN = frozenset({"web"})
"""Where somebody looks at the reply of each request: silence would be a fault there."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A message is not attended to; `sentence` is empty where its sender has just been told why."""

    sentence: str = ""


@dataclass(frozen=True, slots=True)
class _Limits:
    talk: tuple[Limit, ...]
    files: Limit
    repeats: int


@dataclass(slots=True)
class _Heard:
    """What is remembered of one sender."""

    taken: dict[str, deque[datetime]] = field(default_factory=dict)
    said: deque[tuple[int, datetime]] = field(default_factory=lambda: deque(maxlen=MOST_NAMES))
    ours: deque[tuple[int, datetime]] = field(default_factory=lambda: deque(maxlen=MOST_OURS))
    told: dict[str, datetime] = field(default_factory=dict)
    verdicts: OrderedDict[str, Refusal | None] = field(default_factory=OrderedDict)


class Flood:
    """Decides which messages are attended to."""

    def __init__(self, rules: Rules) -> None:
        """rules: `receive.<channel>.minute|hour|files|repeats`, the latest of each."""
        latest = {rule.id: rule for rule in sorted(rules.all(), key=lambda rule: rule.since)}
        values = {name.removeprefix("receive."): int(rule.value) for name, rule in latest.items()}
        channels = {name.split(".")[1] for name in latest if name.startswith("receive.")}
        self._limits = {channel: _limits(channel, values) for channel in channels}
        self._heard: OrderedDict[tuple[str, str], _Heard] = OrderedDict()
        self._lock = Lock()

    def refuses(self, incoming: Incoming, now: datetime) -> Refusal | None:
        """Count a message; None where it is to be attended to. A repeated delivery is decided as the first one was."""
        limits = self._limits.get(incoming.channel)
        if limits is None:
            return None
        with self._lock:
            heard = self._of(incoming.channel, incoming.sender)
            if incoming.message_id in heard.verdicts:
                return heard.verdicts[incoming.message_id]
            verdict = _verdict(incoming, heard, limits, now)
            heard.verdicts[incoming.message_id] = verdict
            if len(heard.verdicts) > MOST_NAMES:
                heard.verdicts.popitem(last=False)
            return verdict

    def takes_file(self, channel: str, sender: str, now: datetime) -> bool:
        """Count a picture or voice message before it is fetched; False where there were too many."""
        limits = self._limits.get(channel)
        if limits is None:
            return True
        with self._lock:
            heard = self._of(channel, sender)
            return _is_room(heard, "files", (limits.files,), now) and _count(heard, "files", now)

    def answered(self, incoming: Incoming, replies: Iterable[Outgoing], now: datetime) -> None:
        """Remember what somebody was told, to know it again when it comes back."""
        if incoming.channel in self._limits:
            with self._lock:
                ours = self._of(incoming.channel, incoming.sender).ours
                ours.extend((_print(reply.text), now) for reply in replies if len(reply.text) >= LONG)

    def _of(self, channel: str, sender: str) -> _Heard:
        heard = self._heard.setdefault((channel, sender), _Heard())
        self._heard.move_to_end((channel, sender))
        while len(self._heard) > MOST_SENDERS:
            self._heard.popitem(last=False)
        return heard


def _limits(channel: str, values: dict[str, int]) -> _Limits:
    talk = tuple(Limit(values[f"{channel}.{name}"], span) for name, span in WINDOWS.items())
    return _Limits(talk, Limit(values[f"{channel}.files"], WINDOWS["hour"]), values[f"{channel}.repeats"])


def _verdict(incoming: Incoming, heard: _Heard, limits: _Limits, now: datetime) -> Refusal | None:
    print_, is_seen = _print(incoming.text), incoming.channel in SEEN
    if _times(heard.ours, print_, now):
        return _told(heard, sentences.OUR_OWN_WORDS, SAME, now, is_seen=is_seen)
    if danger(readable(incoming.text)) is not None:
        return _in_danger(heard, limits, print_, now, is_seen=is_seen)
    is_bare = not (incoming.attachments or incoming.location or incoming.pressed)
    if is_bare and len(incoming.text) >= LONG and _times(heard.said, print_, now) >= limits.repeats:
        return _told(heard, sentences.SAID_BEFORE, SAME, now, is_seen=is_seen)
    kind = "answers" if incoming.pressed or 0 < len(incoming.text.strip()) <= SHORT else "talk"
    if not _is_room(heard, kind, limits.talk, now):
        return _told(heard, sentences.TOO_FAST, WINDOWS["minute"], now, is_seen=is_seen)
    _count(heard, kind, now)
    heard.said.append((print_, now))
    return None


def _in_danger(heard: _Heard, limits: _Limits, print_: int, now: datetime, *, is_seen: bool) -> Refusal | None:
    """An emergency is always taken; the very same one is not taken for ever, nor what no hand can type."""
    frantic = Limit(limits.talk[0].most * FRANTIC, limits.talk[0].window)
    if _times(heard.said, print_, now) >= limits.repeats or not _is_room(heard, "danger", (frantic,), now):
        return _told(heard, sentences.DANGER_BEFORE, WINDOWS["minute"], now, is_seen=is_seen)
    _count(heard, "danger", now)
    heard.said.append((print_, now))
    return None


def _told(heard: _Heard, sentence: str, window: timedelta, now: datetime, *, is_seen: bool) -> Refusal:
    before = heard.told.get(sentence)
    if before is not None and abs(now - before) < window and not is_seen:
        return Refusal()
    heard.told[sentence] = now
    heard.ours.append((_print(sentence), now))
    return Refusal(sentence)


def _is_room(heard: _Heard, kind: str, limits: Iterable[Limit], now: datetime) -> bool:
    taken = heard.taken.get(kind, ())
    return all(sum(limit.holds(at, now) for at in taken) < limit.most for limit in limits)


def _count(heard: _Heard, kind: str, now: datetime) -> bool:
    taken = heard.taken.setdefault(kind, deque())
    while taken and abs(now - taken[0]) >= WINDOWS["hour"]:
        taken.popleft()
    taken.append(now)
    return True


def _times(said: Iterable[tuple[int, datetime]], print_: int, now: datetime) -> int:
    return sum(one == print_ and abs(now - at) < SAME for one, at in said)


def _print(text: str) -> int:
    return hash("".join(text.split()))
