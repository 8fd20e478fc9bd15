"""A comparison as the text of a message: one block for each level, then what differs."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from assistant.answers.model import Comparison, Difference, Measure, Party, Passage, Ruling, Standing, Verdict

HEAD = "对照：{matter}"
NO_MATTER = "您没有说要比哪件事，这里只比文件里写明的数字："
NO_NUMBERS = "没有写明数字的要求。"
WHICH_MATTER = "您没有说要比哪件事。"
ASK_MATTER = "想比哪件事，请直接说，例如“云南和北京的物资储备有什么不同”。"
PLACE = "【{place}】"
NOTHING = "没有查到这方面的规定。"
UNSURE = "不能确定下面的条款说的就是这件事，请对着原文核实。"
NEAR = "没有查到直接规定，最接近的是："
NOT_HELD = "资料库里没有收录{places}的文件，没法比。"
EXCERPT = "（节录）"
DIFFERENCES = "不同之处："
NO_DIFFERENCE = "没有找到能确定的差别，请以上面的原文为准。"
FIGURES_HEAD = "地方｜写明的数字"
NOT_COUNTED = "没有写{measure}"
NO_FIGURE = "引用的话里没有数字"
NOT_FOUND = "没有查到"
MEASURES = {Measure.PEOPLE: "人数", Measure.RATE: "次数", Measure.TIME: "时限", Measure.MONEY: "金额"}
EXTRA = "{place}多出（{lacking}没有提到）："
MISSING = "{lacking}没有提到（{place}有）："
HOW_SURE = "（“没有提到”是指没有查到相近的句子，请以原文为准。）"
RULINGS = {
    Verdict.SAME: "{subject}：{places}一样（{numbers}）。",
    Verdict.STRICTER: "{subject}：{first}比{second}更严。",
    Verdict.MEETS: "{subject}：{first}达到了{second}的要求。",
    Verdict.SHORT: "{subject}：{first}没有达到{second}的要求。",
}
CENTRE = "中央"


def comparison_text(comparison: Comparison, shown: Callable[[Passage], str], *, is_unsure: bool) -> str:
    """Return the comparison as a person reads it; `shown` renders one passage with its label."""
    opening = [HEAD.format(matter=comparison.matter) if comparison.matter else NO_MATTER]
    if comparison.not_held:
        opening.append(NOT_HELD.format(places="、".join(comparison.not_held)))
    if comparison.matter and is_unsure and _telling(comparison) > 1:
        opening.append(UNSURE)
    if comparison.matter:
        blocks = [_block(party, shown) for party in comparison.parties]
        return "\n\n".join(["\n".join(opening), *blocks, *_differing(comparison)])
    if not _has_figures(comparison):
        return WHICH_MATTER + ASK_MATTER
    numbers = [_numbers(party, shown) for party in comparison.parties]
    return "\n\n".join(["\n".join(opening), *numbers, "\n".join([*map(_ruling, comparison.rulings), ASK_MATTER])])


def place_name(region: str) -> str:
    """Return how a comparison calls a place: 中央, 云南省, 示例镇."""
    return region.rsplit("/", 1)[-1] or CENTRE


def _block(party: Party, shown: Callable[[Passage], str]) -> str:
    remark = {Standing.NEAR: [NEAR], Standing.NOTHING: [NOTHING], Standing.SAYS: []}[party.standing]
    quotes = [
        shown(replace(passage, is_shortened=False)) + (EXCERPT if passage.is_shortened else "")
        for passage in party.passages
    ]
    return "\n".join([PLACE.format(place=place_name(party.region)), *remark, *quotes])


def _numbers(party: Party, shown: Callable[[Passage], str]) -> str:
    """Return a party's clauses with nothing of them but the numbers."""
    lines = [PLACE.format(place=place_name(party.region))]
    for passage in party.passages:
        lines += [shown(replace(passage, citations=())), *(f.quote for f in party.figures if f.unit == passage.unit)]
    return "\n".join([*lines, *([] if party.passages else [NO_NUMBERS])])


def _differing(comparison: Comparison) -> list[str]:
    """Return the part on the differences; none where fewer than two parties say anything."""
    if len(comparison.parties) < 2 or _telling(comparison) < 2 and not _has_figures(comparison):
        return []
    lines = [*_table(comparison), *map(_ruling, comparison.rulings), *_extra(comparison)]
    return ["\n".join([DIFFERENCES, *(lines or [NO_DIFFERENCE])])]


def _telling(comparison: Comparison) -> int:
    return sum(party.standing is Standing.SAYS for party in comparison.parties)


def _has_figures(comparison: Comparison) -> bool:
    return any(party.figures for party in comparison.parties)


def _table(comparison: Comparison) -> list[str]:
    if not _has_figures(comparison):
        return []
    return [FIGURES_HEAD, *(f"{place_name(p.region)}｜{_figures(p)}" for p in comparison.parties)]


def _figures(party: Party) -> str:
    if party.figures:
        return "；".join(citation.quote for citation in party.figures)
    if party.without is not None:
        return NOT_COUNTED.format(measure=MEASURES[party.without])
    return NO_FIGURE if party.standing is Standing.SAYS else NOT_FOUND


def _ruling(ruling: Ruling) -> str:
    places = [place_name(region) for region in ruling.regions]
    numbered = [f"{place}（{number}）" for place, number in zip(places, ruling.numbers, strict=True)]
    named = {
        "places": "、".join(places),
        "numbers": "；".join(dict.fromkeys(ruling.numbers)),
        "first": numbered[0],
        "second": numbered[-1],
    }
    return RULINGS[ruling.verdict].format(subject=ruling.subject, **named)


def _extra(comparison: Comparison) -> list[str]:
    order = [party.region for party in comparison.parties]
    lines = []
    for (region, lacking), group in groupby(comparison.differences, key=lambda d: (d.region, d.lacking)):
        is_above = all(order.index(region) < order.index(other) for other in lacking) and not region
        names = {"place": place_name(region), "lacking": "、".join(map(place_name, lacking))}
        lines += [(MISSING if is_above else EXTRA).format(**names), *_quoted(list(group))]
    return [*lines, HOW_SURE] if lines else []


def _quoted(differences: Sequence[Difference]) -> list[str]:
    return [f"{d.citation.quote}（《{d.citation.title}》{d.citation.label}）" for d in differences]
