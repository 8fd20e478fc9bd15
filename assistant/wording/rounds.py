"""What people read about training rounds (轮训): who is still within the round, of how many, and whose turn it is."""

from collections.abc import Mapping, Sequence

from assistant.training.rounds import Round, Turn
from assistant.wording.drills import place, shown

HEAD = "{region}培训情况（分母是在那里有岗位的人）："
LINE = "{place}：{trained}/{total}人在轮训期内{round}{last}{more}"
ROUND = "（{years}年一轮）"
NO_ROUND = "（当地文件没有写几年一轮，训过一次就算）"
LAST = "，最近一次{day}"
NEVER = "，还没有培训记录"
OVERDUE_PART = "，过期{count}人"
COMING_PART = "，{days}天内到期{count}人"
NOBODY_HERE = "您管的地方还没有登记有岗位的人，没法统计。请管理员先导入人员（yingda import people）。"
UNTRAINED_HEAD = "轮训期内还没培训的共{count}/{total}人："
UNTRAINED_LINE = "{place}：{names}"
NAME_NEVER = "{name}（没有记录）"
NAME_LAST = "{name}（上次{day}）"
ALL_TRAINED = "{total}/{total}人都在轮训期内。"
MORE_PLACES = "还有{count}个地方没有列出，请到“培训”页面看全部。"
COMING = "【轮训提醒】{place}有{count}人的轮训快到期：{names}。请安排培训，办完发“培训登记 日子 {place} 人数 内容 参加：姓名”。依据：{basis}。"
OVERDUE = "【轮训过期】{place}有{count}人轮训过期：{names}。请尽快安排培训{told}。依据：{basis}。"
TOLD_SUPERIOR = "，已经报告{name}"
CLIMBED = "【轮训过期】{place}有{count}人轮训过期还没有补：{names}。负责安排的人：{name}。请您督促。依据：{basis}。"
NAME_UNTIL = "{name}（{day}到期）"
NOBODY = "还没有定"
SAY_DAY = (
    "请写明哪一天、哪个村、多少人、什么内容，例如“培训登记 5月10日 上河村 12人 内容：山洪避险 参加：李网格、周网格”。"
)
LATER_DAY = "{day}还没有到，没有登记。培训办完以后再发。"
NAMES_KEPT = "记进个人培训记录的有{count}人：{names}。"
NAMES_UNKNOWN = "这些姓名没有找到，没有记：{names}。请核对后发“培训名单 {number} 姓名、姓名”。"
NO_NAMES = "还没有写参加人的姓名，个人的轮训没有记。请发“培训名单 {number} 姓名、姓名”，或者请管理员导入名单（yingda import training）。"
NAMES_KNOWN_BEFORE = "这些人都已经记过了。"
NOT_TRAINING = "{number}不是培训，记不了培训名单。"


def line(one: Round) -> str:
    """Return the round of a place with its denominator."""
    round_ = ROUND.format(years=int(one.rule.value)) if one.rule is not None else NO_ROUND
    more = OVERDUE_PART.format(count=len(one.overdue)) if one.overdue else ""
    more += COMING_PART.format(days=one.ahead, count=len(one.coming)) if one.coming else ""
    last = LAST.format(day=day(one.last)) if one.last else NEVER
    return LINE.format(
        place=place(one.place.region),
        trained=len(one.trained),
        total=len(one.turns),
        round=round_,
        last=last,
        more=more,
    )


def day(iso: str) -> str:
    """Return a day with its year: 2026年5月10日; empty for none."""
    return f"{iso[:4]}年{shown(iso)}" if iso else ""


def coverage(region: str, rounds: Sequence[Round], most: int) -> str:
    """Return the rounds of the places, one a line."""
    if not rounds:
        return NOBODY_HERE
    rest = [MORE_PLACES.format(count=len(rounds) - most)] if len(rounds) > most else []
    return "\n".join([HEAD.format(region=place(region)), *map(line, rounds[:most]), *rest])


def untrained(rounds: Sequence[Round], names: Mapping[int, str], most: int) -> str:
    """Return by name who has not been trained within the round."""
    total, missing = sum(len(one.turns) for one in rounds), [one for one in rounds if one.untrained]
    if not rounds:
        return NOBODY_HERE
    if not missing:
        return ALL_TRAINED.format(total=total)
    count = sum(len(one.untrained) for one in missing)
    lines = [
        UNTRAINED_LINE.format(
            place=place(one.place.region), names="、".join(_with_last(turn, names) for turn in one.untrained)
        )
        for one in missing[:most]
    ]
    rest = [MORE_PLACES.format(count=len(missing) - most)] if len(missing) > most else []
    return "\n".join([UNTRAINED_HEAD.format(count=count, total=total), *lines, *rest])


def told(sentence: str, one: Round, turns: Sequence[Turn], names: Mapping[int, str], **more: str) -> str:
    """Return a sentence about some people's turns in the round of a place."""
    shown_names = "、".join(
        NAME_UNTIL.format(name=names[turn.person], day=day(turn.until.isoformat())) for turn in turns
    )
    basis = one.rule.source if one.rule is not None else ""
    return sentence.format(place=place(one.place.region), count=len(turns), names=shown_names, basis=basis, **more)


def _with_last(turn: Turn, names: Mapping[int, str]) -> str:
    name = names[turn.person]
    return NAME_LAST.format(name=name, day=day(turn.last)) if turn.last else NAME_NEVER.format(name=name)
