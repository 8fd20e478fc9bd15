"""What people read while households are moved (转移避险): lists, what was noted, what is still missing, the way back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from assistant.evacuation import (
    Count,
    HelperList,
    Household,
    ShelterCount,
    State,
    Sum,
    Transfer,
    Vulnerable,
    Wave,
    sum_of,
)
from assistant.evacuation.phrases import Kind
from assistant.evacuation.transfer import UNDONE
from assistant.warnings import RelayedWarning
from assistant.wording.moments import when
from assistant.wording.warnings import clock, title

STATES = {
    State.DUE: "还没敲到门",
    State.KNOCKED: "已敲门，还没走",
    State.LEFT: "已离开，还没到安置点",
    State.ARRIVED: "已到安置点",
    State.RETURNED: "已返回",
    State.REFUSED: "拒转",
    State.AWAY: "外出",
}
WEAK = {
    Vulnerable.ELDER_ALONE: "独居老人",
    Vulnerable.ELDER: "老人",
    Vulnerable.DISABLED: "失能人员",
    Vulnerable.CHILD: "儿童",
    Vulnerable.PREGNANT: "孕产妇",
    Vulnerable.SICK: "病人",
}
HOW_TO_TELL = (
    "请一户一户上门，到一户说一户，照平常说话发来就行，例如“{name}喊到了”“{name}到学校了”“{name}不肯走，他儿子在场”。"
)
SAFETY = "您自己注意安全，不要冒险进危险的地方；人有危险打119、120、110。"
LOCKED = "还没有同意返回，请不要回去。等值班领导发了“可以回去了”，我马上告诉您。"
NOBODY = "（没有登记）"
TAKEN_OVER = "{helper}那边没有回音，他的名单请您接过去。"
GIVEN_BACK = "您已经应答了，这些户还是请您负责。"
MOST = 12
"""Households that one message names; the page has them all."""


def count(one: Count) -> str:
    """Return 8户28人."""
    return f"{one.households}户{one.persons}人"


def sums(known: Sum) -> str:
    """Return the whole sum in one line; its parts are the whole."""
    way = f"（其中{count(known.on_the_way)}还在路上）" if known.on_the_way.households else ""
    back = f"，其中已返回{count(known.returned)}" if known.returned.households else ""
    return (
        f"应转{count(known.due)}：已转{count(known.moved)}{way}{back}，拒转{count(known.refused)}，"
        f"外出{count(known.away)}，未完{count(known.undone)}"
    )


def weak(home: Household) -> str:
    """Return who of a household has to be moved early: 独居老人、病人."""
    return "、".join(WEAK[one] for one in home.weak)


def name(home: Household) -> str:
    """Return how a household is called: 马国强（马老三）家."""
    return f"{home.head}（{home.known_as.replace(',', '、')}）家" if home.known_as else f"{home.head}家"


def entry(home: Household, row: Transfer) -> str:
    """Return one line of a helper's list, with the telephone: the helper has to reach them."""
    about = "，".join(filter(None, (weak(home), home.phone and f"电话{home.phone}", home.route and f"走{home.route}")))
    place = home.region.rpartition("/")[2]
    goes_to = f"→{home.shelter}" if home.shelter else ""
    return f"{place}{name(home)}{row.persons}人{f'（{about}）' if about else ''}{goes_to}"


def listed(warning: RelayedWarning, rows: Sequence[tuple[Transfer, Household]], finish_due_at: datetime | None) -> str:
    """Return what a helper is sent."""
    known = sum_of(row for row, _ in rows).due
    lines = [f"{number}. {entry(home, row)}" for number, (row, home) in enumerate(rows, 1)]
    by = f"，请在{clock(finish_due_at)}前转完" if finish_due_at else ""
    head = f"【转移】{title(warning)}：您负责{count(known)}{by}。"
    return "\n".join([head, *lines, HOW_TO_TELL.format(name=rows[0][1].head), SAFETY])


def passed_on(helper: str, to: str, rows: int) -> str:
    """Return what duty hears of a list that has changed hands."""
    if to:
        return f"【转移名单已转交】{helper}一直没有回音，他的{rows}户已经转给{to}。请再打电话找一下{helper}。"
    return f"【转移没有人接】{helper}一直没有回音，名单上也没有备份帮转人，他的{rows}户现在没有人管，请马上安排人上门。"


def started(warning: RelayedWarning, by_village: Mapping[str, Sum], lonely: Sequence[str]) -> str:
    """Return what duty hears when a wave begins: the sums of the villages, and who has no helper to be reached."""
    lines = [f"【转移开始】{title(warning)}，名单已经发给帮转人。"]
    lines += [f"{place}：应转{count(known.due)}" for place, known in by_village.items()]
    if lonely:
        lines.append(f"这{len(lonely)}户没有联系得上的帮转人，请马上安排人上门：{'、'.join(lonely[:MOST])}。")
    return "\n".join([*lines, "随时可以问“转移情况”。"])


def to_household(home: Household, helper: str) -> str:
    """Return what a household itself is sent that has an account."""
    way = f"走{home.route}，" if home.route else ""
    to = f"到{home.shelter}" if home.shelter else "到安全的地方"
    return f"【转移】请您家{home.members}人马上转移：{way}{to}。帮您的人是{helper}。走了回复“我家走了”，走不动回复“走不动”。"


DONE = {
    "knocked": "敲到门了",
    "left": "已离开",
    "arrived": "已到安置点",
    "refused": "拒转",
    "away": "外出（{proof}）",
    "returned": "已返回",
    "said_away": "听说外出（{reason}），还没核实",
    "not_reached": "还没见到人（{reason}）",
    "not_moved": "还没走",
    "not_arrived": "还没到安置点",
    "helpless": "要人去背、去接（{reason}）",
    "refused_again": "又劝了一次，还是不走",
    "witnessed": "见证记下了（{witness}）",
    "wants_back": "想回去",
    "went_back": "自己回去了",
}
BY_STATE = {
    State.DUE: "还没敲到门",
    State.KNOCKED: "还没走",
    State.LEFT: "已离开，还没到安置点",
    State.ARRIVED: "已到安置点",
    State.REFUSED: "拒转",
    State.AWAY: "外出",
}


def noted(home: Household, kind: str, row: Transfer) -> str:
    """Return what was noted of one household."""
    if kind == "corrected":
        return f"{home.head}家改为：{BY_STATE[row.stands]}"
    said = DONE[kind].format(reason=row.reason, proof=row.proof, witness=row.witness)
    return f"{home.head}家{said}"


def answer(changes: Sequence[str], known: Sum, left: Sequence[str], asks: Sequence[str]) -> str:
    """Return what somebody reads who has told of households.

    left: those of the own list that are not done; asks: what is still to be said.
    """
    lines = [f"记下了：{'；'.join(changes)}。"] if changes else []
    lines.append(f"您名下{sums(known)}。")
    if left:
        lines.append(f"还没完的：{'、'.join(left[:MOST])}{'等' if len(left) > MOST else ''}。")
    elif known.is_done and not known.refused.households:
        lines.append("您名下都有着落了，辛苦您！解除之前请看住，别让人自己回去。")
    return "\n".join([*lines, *asks])


def answer_other(changes: Sequence[str], asks: Sequence[str]) -> str:
    """Return the same for somebody who has no list."""
    noted = [f"记下了：{'；'.join(changes)}。"] if changes else []
    return "\n".join([*noted, *asks]) or KNOWN


def left(home: Household, row: Transfer) -> str:
    """Return one household that is not done: 马国强家（门锁着）."""
    why = row.reason or (
        "在路上" if row.stands is State.LEFT else "" if row.stands is State.DUE else "敲到门了，还没走"
    )
    return f"{home.head}家（{why}）" if why else f"{home.head}家"


def which(said: str, homes: Sequence[Household]) -> tuple[str, tuple[str, ...]]:
    """Return the question which of several households is meant, with its options."""
    options = tuple(f"{home.region.rpartition('/')[2]}{name(home)}{home.members}人" for home in homes)
    lines = [f"{number}. {option}" for number, option in enumerate(options, 1)]
    return "\n".join([f"您说的“{said}”，名单上有{len(homes)}户，是哪一户？请回复数字。", *lines]), options


def stranger(names: Sequence[str]) -> str:
    """Return that somebody is not on the roll, and how to add them."""
    shown = "、".join(f"“{one}”" for one in names)
    return f"名单上没有{shown}。是新发现的一户，请回复：加一户 {names[0]} 3人（照实写人数）；是名字不一样，请说户主的名字。"


def numbers_open(level: State, given: HelperList, missing: int, rows: int) -> str:
    """Return what is asked where numbers and names do not agree yet."""
    what = {State.KNOCKED: "喊到", State.LEFT: "转走", State.ARRIVED: "到安置点"}[level]
    if given.total not in (None, rows):
        return f"您说一共{given.total}户，名单上您名下是{rows}户，请对一下：多的是哪家，还是少了哪家？"
    if missing:
        return f"您说{what}{given.reached}户，名单上记到名字的少{missing}户。还差的是哪几家？说名字就行。"
    return ""


KNOWN = "知道了，这个已经记过。"
FEWER = "记下了：少了{count}户。是哪一家？请说名字，我好在名单上改过来。"
ASK_WITNESS = "{name}拒转，谁在场见证？请说一下。已经告诉{told}，会再安排人上门劝。"
REFUSED_TOLD = "{name}拒转，已经告诉{told}，会再安排人上门劝。"
ASK_PROOF = "{name}外出是怎么核实的？打过电话没有？核实了请回一句，例如“{name}电话问了”。核实之前还算没转完。"
HELP_TOLD = "{name}要人去背、去接，已经告诉{told}。等不及或者人有危险，马上打119、120。"
BACK_TOLD = "{name}自己回去了，现在不安全。请马上去把人接出来；已经告诉{told}。"
WANTS_BACK = "{name}想回去：" + LOCKED
NOBODY_TOLD = "值班的人（但是他们在系统里收不到消息，请您马上打电话）"


def refused(warning: RelayedWarning, homes: str, who: str, reason: str, witness: str) -> str:
    """Return what leader and duty hear of a refusal."""
    seen = f"，见证：{witness}" if witness else "，还没有见证人"
    return f"【拒转】{homes}（{reason or '没说原因'}{seen}），{who}报的，{title(warning)}。请安排人再上门劝，必要时领导出面。"


def helpless(warning: RelayedWarning, home: str, who: str, reason: str) -> str:
    """Return what helper and duty hear of somebody who has to be carried."""
    return f"【要人去接】{home}：{reason}，{who}报的，{title(warning)}。请马上安排人手和车。"


def went_back(warning: RelayedWarning, home: str, who: str) -> str:
    """Return what helper and duty hear of somebody who has gone home before the release."""
    return f"【擅自返回】{home}没等解除就回去了，{who}报的，{title(warning)}。请马上去把人接出来。"


def wants_back(home: str, words: str) -> str:
    """Return what the helper hears of somebody who wants to go home."""
    return f"【想返回】{home}问能不能回去（“{words}”）。现在还没有解除，请看住，不要让他们自己回去。"


def visit(home: str, times: int, reason: str) -> str:
    """Return what a helper hears when it is time to go to somebody again."""
    why = f"（{reason}）" if reason else ""
    return f"【再上门】{home}拒转{why}，请第{times + 1}次上门劝一劝。劝动了回“{home}走了”，还是不走也回一句。"


def late(warning: RelayedWarning, helper: str, known: Sum, rows: Sequence[str]) -> str:
    """Return what duty and leader hear when the time of a list is over."""
    return f"【到点还没安全】{title(warning)}，{helper}名下{sums(known)}。还没安全的：{'、'.join(rows[:MOST])}。请马上派人支援。"


def roll(places: Mapping[str, tuple[Sum, Sequence[str]]], counts: Iterable[ShelterCount]) -> str:
    """Return the state of the evacuation, village by village, with who is not safe and what the shelters counted."""
    lines = []
    for place, (known, unsafe) in places.items():
        lines.append(f"{place}：{sums(known)}。")
        if unsafe:
            lines.append(f"还没安全的：{'、'.join(unsafe[:MOST])}{'等' if len(unsafe) > MOST else ''}。")
    lines += [sheltered(one) for one in counts]
    return "\n".join(lines)


def sheltered(one: ShelterCount) -> str:
    """Return what was counted at a shelter."""
    parts = (f"{one.households}户" if one.households is not None else "", f"{one.persons}人" if one.persons else "")
    return f"{one.shelter}{clock(one.counted_at)}清点：{''.join(parts)}。"


def shelter_noted(one: ShelterCount, rows: Count, missing: Sequence[str]) -> str:
    """Return what a shelter keeper reads: the own count beside the rows, and who is still on the way."""
    lines = [f"记下了，{sheltered(one)}"]
    if one.households is not None and one.households != rows.households:
        lines.append(f"名单上记到{one.shelter}的是{count(rows)}，对不上，请对一下名字。")
    elif one.persons is not None and one.persons != rows.persons:
        lines.append(
            f"名单上这{rows.households}户是{rows.persons}人，差{abs(rows.persons - one.persons)}人，请点一下名。"
        )
    if missing:
        lines.append(f"还没到的：{'、'.join(missing[:MOST])}。到了说一声名字就行。")
    return "\n".join(lines)


def mine(known: Sum, rows: Sequence[str]) -> str:
    """Return a helper's own list as it stands."""
    open_ = f"还差的：{'、'.join(rows)}。" if rows else "没有还差的了。"
    return f"您名下{sums(known)}。\n{open_}"


NOTHING_OPEN = "现在没有正在转移的。"
NOT_YOURS = "这件事要{who}来办，您这个身份办不了。"
NO_WARNING = "现在没有正在叫应的预警。要开始转移，请先转发预警。"
NO_ROLL = "{place}还没有登记住户名册，没法按户发名单。请按老办法一户一户通知，通知了几户告诉我。"
ALREADY = "{place}该转的名单已经都发过了。"
ADDED = "加上了：{name}家{members}人，也要转。{sums}。"
ADDED_HOW = "请写明人数，例如：加一户 {name} 3人。"
ON_ROLL = "{name}家本来就在名单上。"
TAKEN = "好的，{helper}的{count}户转到您名下了。\n{text}"
NOT_BACKUP = "{helper}的名单不能转给您：您不是这些户的备份帮转人，也不管这一片。请值班的人来转。"
NOT_YET = "现在还不能同意返回：最后一批转移是{started}开始的，按规定满{hours}小时、到{until}以后才可以，还要先核实没有危险了。"
NOBODY_OUT = "{place}现在没有在外面等着返回的人。"
RELEASED = "已经同意返回：{count}。已告诉帮转人{told}。拒转、外出的不在里面。回到家的请帮转人逐户报。"
RELEASE_HELPER = (
    "【可以返回】{who}同意返回：{homes}。请先看看房前屋后安不安全，再带他们回去；到家一户说一户，例如“{name}回家了”。"
)
RELEASE_HOUSEHOLD = (
    "【可以返回】{who}同意您家返回了。到家以后请看看房前屋后，发现裂缝、塌土马上离开，打电话告诉帮您的{helper}。"
)


def not_yet(started_at: datetime | None, hours: float, until: datetime) -> str:
    """Return why nobody may go back yet."""
    return NOT_YET.format(started=when(started_at), hours=round(hours), until=when(until))


def started_by_chat(by_village: Mapping[str, Sum]) -> str:
    """Return what whoever has started a wave reads."""
    lines = [f"{place}应转{count(known.due)}" for place, known in by_village.items()]
    return f"开始转移，名单已经发给帮转人：{'；'.join(lines)}。随时可以问“转移情况”。"


def is_open(row: Transfer) -> bool:
    """Say whether a household still has to be looked after."""
    return row.stands in UNDONE or row.stands is State.LEFT


BUTTONS = {
    Kind.KNOCKED: "敲到门了",
    Kind.LEFT: "已离开",
    Kind.ARRIVED: "已到安置点",
    Kind.REFUSED: "拒转",
    Kind.AWAY: "外出",
    Kind.HOME: "回家了",
    Kind.NOT_MOVED: "还没走（更正）",
}
WORDED = {Kind.REFUSED: "谁在场见证", Kind.AWAY: "怎么核实的"}
WAVES = {Wave.VULNERABLE: "第一批（老弱病残孕幼）", Wave.ALL: "全部"}
BY = {"clock": "到点自动", "rule": "按规则自动"}
STEPS = {
    "due": "列入应转",
    "handed_over": "换了帮转人",
    "released": "同意返回",
    "ended": "结束",
    "visit_due": "该再上门了",
    "corrected": "更正",
    "witnessed": "补记见证人",
    "refused_again": "再次拒转",
    "went_back": "擅自返回",
    "wants_back": "想返回",
    "said_away": "听说外出",
    "not_reached": "没见到人",
    "not_moved": "还没走",
    "not_arrived": "还没到",
    "helpless": "要人去接",
    **{state.value: words for state, words in STATES.items()},
}
RELEASED_ON_PAGE = "在网页上同意返回"
UNKNOWN_ACT = "没有这一项，没有记。请刷新以后再做。"
