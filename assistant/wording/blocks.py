"""What is said about blocked senders."""

from collections.abc import Iterable, Mapping, Sequence

from assistant.people import Identity, Person
from assistant.store.blocking import BlockRow
from assistant.wording.moments import when
from assistant.wording.people import channel_name

BLOCKED = (
    "您发来的消息，现在不再办理。有不同意见，请当面或者打电话找镇（街道）里说。\n"
    "人有危险，不受影响：请直接打电话，火警119，急救120，报警110；在这里发，我也照样马上转给值班人员。"
)
DONE = "屏蔽了{name}，从现在起不办他发来的消息（有人有危险时照样办）。要恢复：yingda unblock {target}"
UNDONE = "恢复了{name}，他发来的消息照常办理。"
NOBODY = "没有屏蔽任何人。"
NAMELESS = "没有登记姓名的人"


def name_of(person: Person) -> str:
    """Return how a person is called who perhaps has only written."""
    return person.name or NAMELESS


def lines(blocked: Iterable[tuple[Person, BlockRow, Sequence[Identity]]], reasons: Mapping[int, str]) -> list[str]:
    """Return one line for each person; reasons only where they were opened."""
    return [_line(person, row, accounts, reasons.get(row.person_id, "")) for person, row, accounts in blocked]


def _line(person: Person, row: BlockRow, accounts: Sequence[Identity], reason: str) -> str:
    shown = "、".join(f"{channel_name(one.channel)} {one.channel}:{one.sender}" for one in accounts)
    why = f"，原因：{reason}" if reason else ""
    return f"#{person.id} {name_of(person)}（{shown}），{when(row.since)}起{why}"
