"""The words of the ledger's pages."""

from assistant.hazards.trades import trades
from assistant.wording.exports import CASUALTIES, REWARDS, STATES, category, overdue, share, source, state, urgency
from assistant.wording.terms import action_words

__all__ = ["CASUALTIES", "REWARDS", "STATES", "category", "overdue", "share", "source", "state", "urgency"]

BY = {"reporter": "报的人", "clock": "到点自动", "rule": "按规则自动"}
MORE = {
    "suspected_duplicate": "可能和另一件是同一处",
    "duplicate_denied": "报的人说不是同一处",
    "duplicate_joined": "并进来一件",
    "duplicate_parted": "分出去一件",
    "identity_opened": "保密员打开了报告人身份",
    "given": "登记在先",
}
NOBODY = "（未写）"


def step(kind: str) -> str:
    """Return what happened: 登记, 派单, 签收."""
    return MORE.get(kind) or action_words(kind)


def who(name: str, by: str) -> str:
    """Return who did it; a reporter is never named."""
    return name or BY.get(by, by)


def trade(name: str) -> str:
    """Return a trade with its departments as the table has them for the whole country or for places."""
    departments = dict.fromkeys(one.department for one in trades() if one.name == name)
    return f"{name}（{'；'.join(departments)}）" if departments else name or NOBODY


def trade_names() -> list[tuple[str, str]]:
    """Return the trades to choose from."""
    return [(name, name) for name in dict.fromkeys(one.name for one in trades())]
