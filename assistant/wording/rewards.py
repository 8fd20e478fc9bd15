"""What is said about rewards (奖励): to the staff never who it is, to the reporter the code, once."""

from collections.abc import Sequence

from assistant.hazards import Hazard
from assistant.rewards import Receipt, RewardState
from assistant.rules import Rule
from assistant.wording.moments import when

APPROVERS_ONLY = "奖励由当地的应急负责人或者带班领导审核，您现在的身份办不了。"
NOBODY_TO_REWARD = "最先报的人已经要求删除自己的数据，没有人可以发奖了。"
OWN_REPORT = "这件是您自己报的，要请另一位负责人来审。"
CODE_NEEDED = "请把来人报的领奖码一起发：奖励 {number} 已发 领奖码。领奖码对上了才记已发。"
WRONG_CODE = "这个领奖码对不上，请让来人再看一遍收到的消息（8 位，不分大小写）。"
NOTHING_YET = "您报的隐患里，还没有到审奖励这一步的。隐患整改销号、回访以后，由应急负责人审核；通过了我会告诉您。"
STATES = {
    RewardState.NONE.value: "还没有到审奖励这一步",
    RewardState.PENDING.value: "等应急负责人审核",
    RewardState.APPROVED.value: "通过了，凭领奖码领取",
    RewardState.REFUSED.value: "没有通过",
    RewardState.PAID.value: "已经发了",
}


def money(amount: Rule | None) -> str:
    """Return the amount with where it stands; an unverified one is never asserted."""
    if amount is None:
        return "金额按当地规定（还没有录入）"
    value = f"{amount.value:g}元" if amount.unit == "yuan" else f"{amount.value:g}{amount.unit}"
    return (
        f"{value}（{amount.source}）"
        if amount.is_verified
        else f"{value}（{amount.source}，没有核对过原文，以当地规定为准）"
    )


def account(hazard: Hazard, receipts: Sequence[Receipt], amount: Rule | None) -> str:
    """Return what the approver looks at: who was first by the server's clock, and the reports nearly at the same time."""
    lines = [f"{hazard.number}的奖励：{STATES.get(hazard.reward, hazard.reward)}。", f"标准：{money(amount)}。"]
    lines += [
        f"{'最先收到' if place == 0 else '后来并进来'}：{one.case}，{when(one.at)}收到"
        for place, one in enumerate(receipts)
    ]
    lines.append(
        f"通过请发“奖励 {hazard.number} 通过”；不通过请发“奖励 {hazard.number} 不通过 理由”。报告人是谁，这里不显示。"
    )
    return "\n".join(lines)


def approved(hazard: Hazard, first: Receipt, amount: Rule | None) -> str:
    """Return what the approver reads."""
    return f"记下了：{hazard.number}的奖励通过，给最先报的人（{first.case}，{when(first.at)}收到）。{money(amount)}。领奖码已经单独发给本人；来领的时候请发“奖励 {hazard.number} 已发 领奖码”。"


def refused(hazard: Hazard) -> str:
    """Return what the approver reads."""
    return f"记下了：{hazard.number}不予奖励，理由也记了。"


def paid(hazard: Hazard) -> str:
    """Return what the one who paid reads."""
    return f"领奖码对上了，{hazard.number}的奖励记为已发。"


def checked(hazard: Hazard) -> str:
    """Return to which case a code belongs."""
    return f"对上了：是{hazard.number}，{STATES.get(hazard.reward, hazard.reward)}。"


def claim(hazard: Hazard, code: str, amount: Rule | None) -> str:
    """Return what the reporter reads, once."""
    return f"您报的{hazard.number}奖励通过了，{money(amount)}。领奖码：{code}。凭码领取，不用说名字；这个码只发这一次，一天以后这里就看不到了，请现在记好，不要给别人看。"


def mine(cases: Sequence[tuple[Hazard, bool]]) -> str:
    """Return how far the rewards of one's own reports are."""
    if not cases:
        return NOTHING_YET
    lines = [
        f"{hazard.number}：{STATES.get(hazard.reward, hazard.reward)}"
        + ("" if is_first else "（奖励给最先报的人，您是后来报的）")
        for hazard, is_first in cases
    ]
    return "\n".join(lines)
