"""How many messages a report takes: a scripted reporter sends each message held apart, and says where when asked.

Run: python -m tests.quality.turns [at most so many messages]
"""

import statistics
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from assistant.config import Settings
from assistant.desk.opening import desk_maker
from assistant.store import Store, open_engine
from assistant.store.media import MediaFolder
from assistant.triage import Example, Intent, read_examples
from assistant.wording import dialogue as words
from tests.world import CHANNEL, TOWN, Handset, World

APART = Path(__file__).parent / "messages-apart.jsonl"
MADE_UP = "示例村老粮站后面"
"""Answered by a reporter whose message names no place."""
MOST = 6
"""Messages after which the reporter goes away."""
ASKS_MATTER = (words.ASK_MATTER, words.ASK_MATTER_AGAIN, words.ASK_MATTER_WITH_PHOTO, words.ASK_MATTER_WITH_VOICE)


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one message."""

    example: Example
    turns: int | None
    """Messages until something was registered, None where nothing ever was."""
    is_raised: bool = False
    """As an incident."""


def reports(examples: Iterable[Example]) -> list[Example]:
    """Return the messages that tell of a hazard or an incident."""
    return [example for example in examples if example.intent in (Intent.HAZARD, Intent.INCIDENT)]


def tell(phone: Handset, example: Example) -> Told:
    """Report once: send the message, say where when asked, repeat the message when it was not understood."""
    text, place = example.text, example.place or MADE_UP
    for turn in range(1, MOST + 1):
        reply = phone.says(text)
        if numbers := _registered(phone):
            return Told(example, turn, any(number.startswith("SJ") for number in numbers))
        text = example.text if reply in ASKS_MATTER else place if turn % 2 else f"{place}，就是那里"
    return Told(example, None)


def measure(world: World, examples: Sequence[Example]) -> list[Told]:
    """Let everybody report from a township's phone of their own, where nobody else reports."""
    found = []
    for number, example in zip(count(), examples):
        phone = world.phone(f"示例村民{number}", region=f"{TOWN.rsplit('/', 1)[0]}/示例镇{number}")
        found.append(tell(phone, example))
    world.heard()
    return found


def figures(told: Sequence[Told]) -> dict[str, float]:
    """Return share registered, median and 90th percentile of the messages it took, and what was raised as an incident."""
    taken = sorted(one.turns for one in told if one.turns is not None)
    return {
        "reports": len(told),
        "registered": len(taken) / len(told),
        "median": statistics.median(taken),
        "p90": taken[int(0.9 * (len(taken) - 1))],
        "incidents_raised": _share(one.is_raised for one in told if one.example.intent is Intent.INCIDENT),
        "hazards_raised": _share(one.is_raised for one in told if one.example.intent is Intent.HAZARD),
    }


def _registered(phone: Handset) -> list[str]:
    with phone.world.store.work(phone.world.now) as work:
        return work.numbers_of(work.person(CHANNEL, phone.name))


def _share(told: Iterable[bool]) -> float:
    return statistics.fmean(told)


def main(most: int | None) -> None:
    """Print the figures, and each message that never became a case."""
    with tempfile.TemporaryDirectory() as folder:
        url, media = f"sqlite:///{folder}/ledger.sqlite3", MediaFolder(Path(folder) / "media")
        desk_on = desk_maker(Settings())
        world = World(lambda: Store(open_engine(url), media), desk_on)
        told = measure(world, reports(read_examples(APART))[:most])
    print(" · ".join(f"{name} {value:.3g}" for name, value in figures(told).items()))
    for one in told:
        if one.turns is None or one.turns > 3:
            print(one.turns, one.example.id, one.example.intent.value, one.example.text)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else None)
