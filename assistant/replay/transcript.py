"""A conversation to read (笔录): who wrote what, who got what, the ledger in short, and the statements to judge."""

from collections.abc import Iterator
from typing import Any

from assistant.replay.dialogue import Turn
from assistant.replay.playing import Played, Said
from assistant.wording import replay as words

SHOWN = ("state", "category", "urgency", "place", "region", "casualties", "photos", "is_anonymous", "wishes")


def transcript(played: Played) -> str:
    """Return a conversation in Markdown, with a box to tick beside each statement."""
    dialogue = played.dialogue
    parts = [f"## {dialogue.id} {dialogue.title}"]
    parts += [f"{words.GIVEN}{entry}" for entry in map(dict, dialogue.given)]
    for number, (turn, replies) in enumerate(zip(dialogue.turns, played.turns, strict=True), 1):
        parts.append(f"**{number}. {turn.user.name}{_waited(turn)}**：{_sent(turn, played)}")
        parts += [_reply(said) for said in replies]
    parts.append("\n".join(_ledger(played.ledger)) or words.NO_RECORDS)
    parts.append("\n".join(f"- [ ] {statement}" for statement in dialogue.expect))
    return "\n\n".join(parts) + "\n"


def _waited(turn: Turn) -> str:
    minutes = round(turn.after.total_seconds() / 60)
    return words.WAITED.format(minutes=minutes) if minutes else ""


def _sent(turn: Turn, played: Played) -> str:
    if turn.location is not None:
        return words.SENT_LOCATION.format(label=turn.location.label, lat=turn.location.lat, lon=turn.location.lon)
    return words.SENT_PICTURE if turn.is_image else played.said(turn)


def _reply(said: Said) -> str:
    head = f"→ {said.to}{f'（{said.role}）' if said.role else ''}："
    return "\n".join(f"> {line}" for line in f"{head}{said.text}".splitlines())


def _ledger(ledger: list[dict[str, Any]]) -> Iterator[str]:
    for record in ledger:
        shown = "，".join(f"{name}={record[name]}" for name in SHOWN if record.get(name) not in (None, "", False))
        steps = " → ".join(event["kind"] for event in record["history"])
        yield f"- `{record['kind']}` {record['number']}：{shown}（{steps}）"
