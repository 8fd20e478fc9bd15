"""The words of the ledger's pages."""

from assistant.hazards.steps import Action
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
ACTS = {
    Action.SIGN: "签收",
    Action.RECTIFY: "开始整改",
    Action.SUBMIT: "整改完成，报复查",
    Action.REFUSE: "退回",
    Action.ACCEPT: "立案",
    Action.REJECT: "核实不属实",
    Action.CLOSE: "复查合格，销号",
    Action.FAIL: "复查不合格",
    Action.SUPERVISE: "督办",
}
WORDED = {
    Action.SUBMIT: "怎么整改的",
    Action.REFUSE: "为什么退回",
    Action.REJECT: "怎么核实的",
    Action.FAIL: "哪里不合格",
}
SPOKEN = {
    Action.SIGN: "{number} 签收",
    Action.RECTIFY: "{number} 开始整改",
    Action.SUBMIT: "{number} 整改完成，{said}",
    Action.REFUSE: "{number} 退回：{said}",
    Action.ACCEPT: "{number} 立案",
    Action.REJECT: "{number} 核实不属实：{said}",
    Action.CLOSE: "{number} 复查合格，销号",
    Action.FAIL: "{number} 复查不合格：{said}",
    Action.SUPERVISE: "{number} 督办",
}
"""The same in the words that the chat takes."""
NOT_DONE = "没有办成，请刷新以后再试；还不行，请在聊天里办。"
WORDS_NEEDED = "“{act}”要写一句话说明，没有记。"
UNKNOWN_ACT = "没有这一项，没有记。请刷新以后再做。"
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
