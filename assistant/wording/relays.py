"""What people read while a warning climbs, changes and ends (叫应升级、变更、解除)."""

from collections.abc import Sequence

from assistant.people import Person
from assistant.warnings import Call, RelayedWarning
from assistant.warnings.ladder import AT_ONCE, NIGHT, Wave
from assistant.wording import rehearsals
from assistant.wording.warnings import NAMELESS, SHOWN, clock, title

Moved = tuple[str, Call, Person | None]


def stand_in(warning: RelayedWarning, made: Call, absent: str) -> str:
    """Return what somebody is told who has answered for himself and now stands in for another as well."""
    place = made.region.rpartition("/")[2]
    where = f"（{place}）" if place else ""
    return f"【请您顶上】{title(warning)}叫不应{absent}{where}，请您一并负责那一片，办了什么直接发来。"


def relieved(warning: RelayedWarning, name: str) -> str:
    """Return what a stand-in is told when the person himself has answered."""
    return f"【不用顶了】{name}已经应答{title(warning)}，那一片由{name}负责，您不用再应答这一条。"


def again(warning: RelayedWarning, made: Call) -> str:
    """Return the further call to somebody who has answered and then said nothing."""
    if warning.is_exercise:
        return (
            f"【再次叫应】您{clock(made.answered_at)}应答了{title(warning)}，还没有说到岗。"
            "照真的一样到岗了，回“已上岗”；人手不够、不在岗也照实说。群众家里不用去喊。"
        )
    return (
        f"【再次叫应】您{clock(made.answered_at)}应答了{title(warning)}，还没有说办到哪一步。"
        "到岗了回“已上岗”；通知了几户、还差哪几户，直接发来；人手不够回“需要支援”。"
    )


def news(warning: RelayedWarning, silent: Sequence[Moved], lost: Sequence[Moved]) -> list[str]:
    """Return what duty and leader are told of those who stay silent, or whom no message reaches, and who was called instead."""
    parts = []
    if silent:
        parts.append(f"【超时未应答】{title(warning)}，到时间没有应答的{len(silent)}位：{_listed(silent)}。")
    if lost:
        parts.append(f"【叫应发不出去】{title(warning)}，消息发不到的{len(lost)}位：{_listed(lost)}。")
    return [f"{part}请同时打电话联系本人。回复“谁还没应”可以看最新情况。" for part in parts]


def _listed(moved: Sequence[Moved]) -> str:
    named = [f"{name}{_to(to)}" for name, _, to in moved[:SHOWN]]
    return "、".join(named) + ("等" if len(moved) > SHOWN else "")


def _to(person: Person | None) -> str:
    return f"（已改叫{person.name or NAMELESS}）" if person else "（没有别人可叫）"


def knock(warning: RelayedWarning, calls: Sequence[tuple[str, Call]]) -> str:
    """Return that messages have come to their end for some people."""
    who = "、".join(name for name, _ in calls[:SHOWN]) + ("等" if len(calls) > SHOWN else "")
    if warning.is_exercise:
        return f"【敲门单】{title(warning)}，这{len(calls)}位靠消息已经叫不应：{who}。真来预警就要打电话、上门；演练请打个电话问问是什么原因。"
    return (
        f"【敲门单】{title(warning)}，这{len(calls)}位靠消息已经叫不应：{who}。请马上打电话，打不通就派人上门。"
        "叫到以后发“补录 姓名 时间 电话 收到”。"
    )


def more(warning: RelayedWarning) -> str:
    """Return that there are more people than one message can name."""
    return (
        f"【人数很多】{title(warning)}还有不少人没有应答或者消息发不到，一条消息写不下，就不一一发给您了。"
        "请回复“谁还没应”看名单，先打电话联系危险地方的人。"
    )


def stalled(warning: RelayedWarning, calls: Sequence[tuple[str, Call]]) -> str:
    """Return that some have answered, were called again, and still say nothing of acting."""
    who = "、".join(name for name, _ in calls[:SHOWN]) + ("等" if len(calls) > SHOWN else "")
    return f"【应而未动】{title(warning)}，这{len(calls)}位应答以后一直没有说行动，已经再叫过：{who}。请打电话督促，或者派人去看。"


WAVES = {
    "": "离预计发生还有约{hours}小时：干部请下沉到重点村，提醒群众，排查薄弱环节。",
    "vulnerable": "离预计发生还有约{hours}小时：请先转移老人、病人、小孩、孕产妇和行动不便的人。",
    "all": "离预计发生不到{hours}小时：受威胁的群众请全部转移。",
}
WHY = {
    AT_ONCE: "预警没有写明发生时间，不等了：受威胁的群众请现在就转移。",
    NIGHT: "夜里看不清、判断不了风险，一律提前转移：受威胁的群众请在天黑前后全部转移。",
}
MOVE = {"vulnerable": "老人、病人、小孩、孕产妇和行动不便的人", "all": "受威胁的所有群众"}


def wave(warning: RelayedWarning, begun: Wave) -> str:
    """Return what people are told when a wave begins."""
    hours = f"{begun.hours:g}"
    said = WHY.get(begun.why) if begun.moves == "all" else None
    head = f"{hours}小时" if begun.hours else "马上转移"
    return f"【{head}】{title(warning)}：{said or WAVES[begun.moves].format(hours=hours)}"


def move(warning: RelayedWarning, begun: str) -> str:
    """Return what duty and leader are told when households are to be moved."""
    return f"【组织转移】{title(warning)}：按方案现在要转移{MOVE[begun]}，请带班领导下令并落实到户，转移情况随时发来。"


def issued(warning: RelayedWarning, called: int, empty: Sequence[str], lost: Sequence[str]) -> str:
    """Return to whoever has relayed a warning what was done with it."""
    lines = [
        f"{warning.number} {title(warning)}已经转发，逐人叫应{called}人，要求{warning.ack_within_minutes}分钟内应答。"
    ]
    if lost:
        lines.append(f"消息发不到，请打电话：{'、'.join(lost[:SHOWN])}。")
    if empty:
        names = "、".join(path.rpartition("/")[2] for path in empty[:SHOWN])
        lines.append(f"没有登记网格员、信息员的村：{names}。请马上安排人通知，并补上人员名单。")
    lines.append("回复“谁还没应”看情况；取消发“取消预警 编号 原因”，解除发“解除预警 编号”。")
    return "\n".join(lines)


ENDED = {
    "cancelled": "【预警取消】{title}（{time}发出的）已经取消：{why}。这一条不用再应答、再通知；已经通知到的户，请告诉他们。",
    "lifted": "【预警解除】{title}（{time}发出的）已经解除{why}。已经转移的群众先不要自己回去，等通知。辛苦您了。",
    "updated": "【预警更新】{title}（{time}发出的）已经由新的预警代替，新的范围不含您这一片，这一条不用再应答。",
}


def ended(warning: RelayedWarning, why: str) -> str:
    """Return what those are told who had been called, when a warning ends."""
    if warning.is_exercise:
        return rehearsals.ended(warning, why)
    because = (why or "发布单位已取消") if warning.state == "cancelled" else f"：{why}" if why else ""
    return ENDED[warning.state].format(title=title(warning), time=clock(warning.issued_at), why=because)
