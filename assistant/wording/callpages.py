"""The words of the warning pages and of the call sheet (预警页、叫应单)."""

from collections.abc import Sequence
from datetime import datetime

from assistant.warnings import AnswerKind, Call, RelayedWarning
from assistant.warnings.climbing import Outcome
from assistant.warnings.ladder import AT_ONCE, NIGHT, Wave
from assistant.wording.exports import OUTCOMES
from assistant.wording.moments import clock_time, when
from assistant.wording.warnings import KINDS

__all__ = ["clock_time", "when"]

STATES = {"live": "生效", "updated": "已被更新", "cancelled": "已取消", "lifted": "已解除", "expired": "已过期"}
REHEARSAL_STATES = {
    "live": "正在演练",
    "cancelled": "已停止，因为来了真的预警",
    "lifted": "已结束",
    "expired": "到时间结束",
}
LEVELS = {"red": "红色", "orange": "橙色", "yellow": "黄色", "blue": "蓝色", "none": ""}
SOURCES = {"chat": "聊天", "console": "网页", "cli": "命令行", "cap": "CAP"}
DELIVERIES = {
    "pending": "等发送",
    "handed_over": "已交通道",
    "undeliverable": "没有通道",
    "failed": "发送失败",
    "superseded": "不用再发",
    "too_late": "过时没发",
}
CHANNELS = {"web": "网页", "terminal": "终端", "wechat": "微信", "wecom": "企业微信", "telegram": "Telegram"}
STEPS = {
    "issued": "转发，开始叫应",
    "wave": "到点提醒",
    "updated": "由新的预警代替",
    "cancelled": "取消",
    "lifted": "解除",
    "expired": "过期",
}
WAVES = {"": "干部下沉", "vulnerable": "转移特殊人群", "all": "全部转移"}
WHY = {NIGHT: "（原定在夜里，提到天黑前）", AT_ONCE: "（没写发生时间，当即开始）"}
KNOCK_LIST = "敲门单"
SHEET_COLUMNS = (
    ("序号", 6),
    ("村（社区）", 14),
    ("姓名", 10),
    ("电话", 16),
    ("副手和电话", 26),
    ("现在情况", 22),
    ("□ 电话叫到", 11),
    ("□ 上门叫到", 11),
    ("时间", 9),
    ("应通知户数", 11),
    ("已通知户数", 11),
    ("还没通知到的户、原因", 34),
    ("办的人签名", 12),
)
BLANKS = 7
"""Columns at the end that are filled in by hand."""
HOUSE_LIST = "到户敲门单"
HOUSE_BOXES = ("□ 已敲门", "□ 已转", "□ 拒转", "□ 外出", "时间、谁说的")
HOUSE_COLUMNS = (
    ("序号", 6),
    ("村、组", 16),
    ("户主", 16),
    ("电话", 14),
    ("人数", 6),
    ("要照顾的人", 16),
    ("帮转人和电话", 20),
    ("转移路线", 20),
    ("安置点", 16),
    ("现在情况", 12),
    *((name, 9) for name in HOUSE_BOXES),
)
HOUSE_HELP = "一户一户敲门，办到哪一步勾哪一格；拒转的写谁在场见证，外出的写怎么核实的。网络好了以后把情况发给应答。"
SHEET_HELP = "网络断了照这张单子打电话、上门，叫到一位勾一位，写上几点。网络好了以后补录：发“补录 姓名 时间 电话 收到”，时间照实写。"
SHEET_WRITTEN = "叫应单 {number}：{count}行，已写入 {path}。里面有电话号码，用完请收好。"
CAP_WRITTEN = "{number} 已写成 CAP 1.2：{path}。"
UNKNOWN_ACT = "没有这一项，没有办。请刷新以后再做。"
NOT_DONE = "没有办成，请核对以后再试。"


def state(warning: RelayedWarning) -> str:
    """Return whether a warning holds, or a rehearsal goes on."""
    known = STATES | REHEARSAL_STATES if warning.is_exercise else STATES
    return known[warning.state]


def sheet_title(warning: RelayedWarning) -> str:
    """Return the title of a call sheet."""
    return f"叫应单 {warning.number}{'演练' if warning.is_exercise else ''}"


def group(region: str) -> str:
    """Return where a household lives: 上河村, or 上河村 二组."""
    parts = region.split("/")
    return " ".join(parts[-2:]) if len(parts) > 1 and parts[-2].endswith(("村", "社区")) else parts[-1]


def so_far(made: Call, outcome: Outcome) -> str:
    """Return what has become of a call, in few words: 已应 12:08 已上岗."""
    kind = KINDS[AnswerKind(made.kind)] if made.kind else ""
    at = f"{when(made.answered_at).rpartition('）')[2]} {kind}" if made.answered_at else ""
    return f"{OUTCOMES[outcome]} {at}".strip()


def deputies(named: Sequence[tuple[str, str]]) -> str:
    """Return deputies with their telephones."""
    return "；".join(f"{name} {phone}".strip() for name, phone in named)


def wave(one: Wave, now: datetime) -> str:
    """Return a wave with its moment."""
    ahead = f"提前{one.hours:g}小时：" if one.hours else ""
    return f"{clock_time(one.moment, now)} {ahead}{WAVES[one.moves]}{WHY.get(one.why, '')}"


def households(made: Call) -> str:
    """Return what is known of the households: 9/11户."""
    return f"{made.reached}/{made.households}户" if made.households is not None else ""
