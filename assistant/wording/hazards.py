"""What people are told about a hazard: those in charge, their superiors, and those who reported it."""

from collections.abc import Iterable
from datetime import datetime

from assistant.dialogue.places import is_enough
from assistant.hazards import Hazard
from assistant.hazards.moments import utc
from assistant.hazards.whistling import Called
from assistant.masking import mask
from assistant.wording.moments import span, when
from assistant.wording.showing import is_vague, public_place, public_text
from assistant.wording.terms import CATEGORIES, URGENCIES, state_words

GOOD, NOT_GOOD = "好了", "没弄好"
CONFIRM = (GOOD, NOT_GOOD)


def kind(hazard: Hazard) -> str:
    """Return class and urgency: 地质灾害，紧急."""
    return f"{CATEGORIES.get(hazard.category, hazard.category)}，{URGENCIES.get(hazard.urgency, hazard.urgency)}"


def matter(hazard: Hazard, pictures: int = 0) -> str:
    """Return place and words of a case, as whoever has to go there needs them."""
    lines = [f"地点：{public_place(hazard)}", f"情况：{public_text(hazard)}"]
    if is_vague(hazard):
        lines.append("具体位置不便写明，请联系值班室核实。")
    elif hazard.lat is None and not is_enough(hazard.place, hazard.region):
        lines.append("地点待核实：报的人没说清，请先打听。")
    if hazard.casualties:
        lines.append("报的人说有人受伤或被困。")
    if hazard.wishes:
        lines.append(f"报的人的要求：{hazard.wishes}")
    if pictures:
        lines.append(f"有{pictures}张照片或语音，可以看。")
    return "\n".join(lines)


def assigned(hazard: Hazard, clause: str, pictures: int, reason: str = "") -> str:
    """Return the notice to whoever a case was given to."""
    basis = f"\n依据：{clause}" if clause else ""
    why = f"\n转来的原因：{reason}" if reason else ""
    why += f"\n要求{when(hazard.wanted_until)}前办完" if hazard.wanted_until else ""
    return (
        f"【派给您】{hazard.number}（{kind(hazard)}）\n{matter(hazard, pictures)}{why}\n"
        f"请在{when(hazard.due_at)}前签收：回复“签收”。不归您管，请回复“退回”并写上原因。{basis}"
    )


def backstop(hazard: Hazard, before: str, reason: str, clause: str) -> str:
    """Return the notice to who catches a refused case."""
    basis = f"\n依据：{clause}" if clause else ""
    return (
        f"【退单，由您兜底】{hazard.number}（{kind(hazard)}）\n{before}退回来了，原因：{reason}\n{matter(hazard)}\n"
        f"请在{when(hazard.due_at)}前签收，或者回复“派给某某”另外安排。{basis}"
    )


def no_contact(hazard: Hazard, unit: str) -> str:
    """Return the notice that a unit without a known contact has been given a case."""
    return (
        f"【请转达】{hazard.number}（{kind(hazard)}）派给了{unit}，可是系统里没有登记{unit}的联系人，消息发不过去。\n"
        f"{matter(hazard)}\n请打电话告诉他们，{when(hazard.due_at)}前要签收。他们回话后，您回复“签收 {hazard.number}”或者“退回”就行。"
    )


def waiting(hazard: Hazard) -> str:
    """Return the notice that a case waits for the dispatcher."""
    return (
        f"【等您派单】{hazard.number}（{kind(hazard)}）\n{matter(hazard)}\n"
        f"没有现成的派单规则，请在{when(hazard.due_at)}前安排：回复“派给某某”。"
    )


def duty_told(hazard: Hazard, owner: str) -> str:
    """Return what the duty officer is told of an urgent hazard."""
    where = f"已经派给{owner}，请留意。" if owner else "还没有人接，请马上安排。"
    return f"【{URGENCIES[hazard.urgency]}隐患】{hazard.number}（{kind(hazard)}）\n{matter(hazard)}\n{where}"


def reminder(hazard: Hazard, now: datetime) -> str:
    """Return the reminder before a deadline."""
    left = span(utc(hazard.due_at) - utc(now)) if hazard.due_at else ""
    said = f"【快到期】{hazard.number}（{public_place(hazard)}）请在{when(hazard.due_at)}前{wanted(hazard)}，还剩大约{left}。"
    can_extend = hazard.due_rule.startswith(("hazard.rectify", "extension"))
    return f"{said}办不完请早点说：回复“申请延期到……因为……”。" if can_extend else said


def wanted(hazard: Hazard) -> str:
    """Return what the running deadline asks for."""
    steps = {"dispatch": "派出去", "sign": "签收", "rectify": "整改完", "inspect": "复查", "": "整改完"}
    return steps.get(hazard.due_rule.split(".")[1] if "." in hazard.due_rule else "", "办完")


def overdue(hazard: Hazard, superior: str) -> str:
    """Return what the one in charge is told when a deadline has passed."""
    risen = f"已经报给{superior}。" if superior else ""
    return f"【已超期】{hazard.number}（{public_place(hazard)}）应当在{when(hazard.due_at)}前{wanted(hazard)}，现在过了。{risen}请马上办，办到哪一步请回复一声。"


def climbed(hazard: Hazard, owner: str, times: int) -> str:
    """Return what a superior is told of an overdue case."""
    again = "前面已经报过上一级，还是没有动。" if times > 1 else ""
    holder = f"现在由{owner}负责。" if owner else "现在还没有人接。"
    return (
        f"【超期上报】{hazard.number}（{kind(hazard)}）应当在{when(hazard.due_at)}前{wanted(hazard)}，已经超期。{again}{holder}\n"
        f"{matter(hazard)}\n请您督促：回复“督办 {hazard.number}”，或者“派给某某”换人办。"
    )


def no_superior(hazard: Hazard) -> str:
    """Return what the desk is told where nobody stands above an overdue case."""
    return f"【超期没有上级可报】{hazard.number}（{public_place(hazard)}）已经超期。名册里，现在负责的人上面没有登记应急负责人或者带班领导，没处上报。请值班室直接找领导，并请管理员补上名册。"


def submitted(hazard: Hazard, by: str, words: str, pictures: int) -> str:
    """Return what those who inspect are told."""
    said = f"他们说：{words}\n" if words else ""
    shown = f"有{pictures}张照片。" if pictures else "没有照片，请到现场看。"
    return (
        f"【请复查】{hazard.number}（{kind(hazard)}）{by}报整改完了。\n{said}{shown}\n{matter(hazard)}\n"
        f"请在{when(hazard.due_at)}前去看：合格回复“销号 {hazard.number}”，不合格回复“复查不合格”并写上哪里不行。"
    )


def failed(hazard: Hazard, reason: str) -> str:
    """Return what the one in charge is told after a failed inspection."""
    return (
        f"【复查不合格】{hazard.number}（{public_place(hazard)}）：{reason}\n请接着整改，{when(hazard.due_at)}前弄好。"
    )


def extension_asked(hazard: Hazard, owner: str, reason: str) -> str:
    """Return what those who decide on more time are told."""
    return (
        f"【申请延期】{hazard.number}（{public_place(hazard)}）：{owner}想延到{when(hazard.extension_until)}，"
        f"原来的期限是{when(hazard.due_at)}。原因：{reason}\n请回复“同意延期 {hazard.number}”或者“不同意延期”。"
    )


def extension_decided(hazard: Hazard, reason: str, *, is_granted: bool) -> str:
    """Return the decision on more time, for who asked."""
    if is_granted:
        return f"【同意延期】{hazard.number}（{public_place(hazard)}）的期限改到{when(hazard.due_at)}。"
    why = f"原因：{reason}。" if reason else ""
    return f"【没有同意延期】{hazard.number}（{public_place(hazard)}）还是要在{when(hazard.due_at)}前整改完。{why}"


def whistled(hazard: Hazard, by: str, until: datetime, others: Iterable[str]) -> str:
    """Return what a department is told that was called."""
    company = "、".join(others)
    beside = f"一起叫的还有{company}。" if company else ""
    return (
        f"【吹哨】{by}请你们到{hazard.number}的现场会同处置。{beside}\n{matter(hazard)}\n"
        f"请在{when(until)}前到现场，回复“报到”，再说一句做了什么。"
    )


def department_late(hazard: Hazard, one: Called) -> str:
    """Return what is said of a department that has not come."""
    return f"【没按时报到】{hazard.number}（{public_place(hazard)}）吹哨叫了{one.unit}，{when(datetime.fromisoformat(one.due))}前没有报到。"


def supervised(hazard: Hazard, by: str, words: str) -> str:
    """Return what the one in charge is told when a superior presses."""
    said = f"：{words}" if words else "，请抓紧办，办到哪一步请回复一声。"
    return f"【督办】{by}在督办{hazard.number}（{public_place(hazard)}）{said}\n期限：{when(hazard.due_at)}。"


def news(hazard: Hazard, what: str) -> str:
    """Return what those in charge are told when the reporter adds something or changes it."""
    return f"【有新情况】{hazard.number}（{public_place(hazard)}）\n{what}"


def taken_back(hazard: Hazard, reason: str) -> str:
    """Return what those in charge are told when a report is withdrawn."""
    why = f"，原因：{reason}" if reason else ""
    return f"【报的人撤回】{hazard.number}（{public_place(hazard)}）报的人撤回了{why}。这一条不用再办；您要是看过现场觉得还有危险，请回复“重开 {hazard.number}”。"


def off_your_hands(hazard: Hazard, owner: str) -> str:
    """Return what the one who had a case is told when it goes to somebody else."""
    return f"【不用您办了】{hazard.number}（{public_place(hazard)}）改由{owner}负责。"


def reopened(hazard: Hazard, reason: str) -> str:
    """Return what those in charge are told when a case opens again."""
    why = f"：{reason}" if reason else ""
    return f"【重开】{hazard.number}（{public_place(hazard)}）又打开了{why}。"


def line(hazard: Hazard, now: datetime) -> str:
    """Return a case as one line of a list."""
    late = "，已超期" if hazard.is_overdue or (hazard.due_at and utc(hazard.due_at) <= utc(now)) else ""
    due = f"，{when(hazard.due_at)}前{wanted(hazard)}" if hazard.due_at else ""
    return f"{hazard.number} {public_place(hazard)}（{kind(hazard)}）{state_words(hazard.state)}{due}{late}"


def supplemented(hazard: Hazard, message: str, pictures: int) -> str:
    """Return what has been added to a case, for those in charge; of an anonymous reporter no words are quoted."""
    said = "" if hazard.is_anonymous or not message.strip() else f"报的人补充说：{mask(message.strip())}"
    shown = f"新发来{pictures}张照片或语音。" if pictures else ""
    return "\n".join(part for part in (said, shown) if part) or f"现在知道的情况：{public_text(hazard)}"


def corrected(hazard: Hazard) -> str:
    """Return what a case says after a correction."""
    return f"报的人更正了。以现在的为准（{kind(hazard)}）：\n{matter(hazard)}"
