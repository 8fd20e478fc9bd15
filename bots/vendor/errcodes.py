"""What to do about an error code (返回码) of WeChat or WeCom: a table, beside it in errcodes.toml."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("errcodes.toml")


class Action(StrEnum):
    """What a code asks for."""

    RETRY = "retry"  # the same message later
    RENEW = "renew"  # the token, once
    STOP_CHANNEL = "stop_channel"  # nothing goes until an operator has changed something
    NEXT_CHANNEL = "next_channel"  # this person is not reached here
    DOWNGRADE = "downgrade"  # another kind of message may go
    DEAD_LETTER = "dead_letter"  # our mistake: the same would fail again
    QUOTA = "quota"  # nothing goes today
    DISABLE = "disable"  # the account may not do this


@dataclass(frozen=True, slots=True)
class Policy:
    """What one code means; `meaning` in Chinese, for the operator."""

    code: int | None
    action: Action
    meaning: str


UNKNOWN = "平台没有说明的错误"


def policy(code: int | None) -> Policy:
    """Return what to do about a code; one that is not in the table, or none at all, is tried again."""
    return _table().get(code) or Policy(code, Action.RETRY, UNKNOWN)


@cache
def _table() -> dict[int | None, Policy]:
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["errcode"]
    return {code: Policy(code, Action(row["action"]), row["meaning"]) for row in rows for code in row["codes"]}
