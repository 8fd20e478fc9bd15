"""Who does it (责任主体): the doer in a clause that can be blanked out, and other doers of the same document."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# the longer names first
PARTIES = (
    "乡镇（街道）和村（社区）|市县两级党委和政府|各区党委和政府|县级党委和政府|县级应急管理和消防救援部门|各区应急管理和消防救援部门|市区两级有关部门|市区两级|市县两级"
    "|国家综合性消防救援队伍|省应急管理厅|乡镇（街道）|村（社区）|应急管理部门|各区"
    "|镇应急指挥部|镇综合应急救援队|镇应急办|镇指挥部|抢险救援组|转移安置组|监测研判组|综合信息组|医疗防疫组|治安交通组|物资救助组|宣传组"
    "|村应急小分队|应急小分队|村委会主任|村民小组组长|联系村领导|带班领导|值班员|副班|信息报告员|监测责任人|转移责任人|帮扶责任人|护林员|组长|村医|派出所|卫生院|各村|各组组长"
    "|[\u4e00-\u9fff]{1,2}示例(?!镇|县|村|州|》|）)"
)
# the doer opens the sentence; a place or time before it would be no blank one understands
OPENING = re.compile(
    rf"^(?P<who>{PARTIES})(?=(?:在[^，。]{{2,10}}下)?(?:应当|应(?!急)|要|负责|牵头|承担|每|立即|统一|决定|携带|编制|组织|指导|建立|明确|整合|配合|核实|统筹|依托|按照|根据|摸清|接到|接令后|发现|履行|拨打|轮流|派|把|看|管))"
)
# 由张示例审核 由县按规定统一发布 · near miss: 由1名
BY = re.compile(
    rf"(?<=由)(?P<who>{PARTIES})(?=(?:担任|负责|牵头|审核|审定|编排|统一|顶替|宣布|决定|组织|下令|审签|批准|汇总|带领|复核|确定))"
)


@dataclass(frozen=True, slots=True)
class Party:
    """A doer in a text; offsets count in the text."""

    start: int
    end: int
    printed: str


def find_parties(text: str) -> Iterator[Party]:
    """Yield the doers of a text of whom it says what they do."""
    for pattern in (OPENING, BY):
        for found in pattern.finditer(text):
            if text.count(found["who"]) == 1:
                yield Party(found.start("who"), found.end("who"), found["who"])


def others(printed: str, known: Iterable[str], text: str) -> list[str]:
    """Return other doers of the same sort of which none is part of another, and none stands in the text."""
    is_person = printed.endswith("示例")
    found = [one for one in known if one.endswith("示例") == is_person and one not in text]
    return [one for one in found if one not in printed and printed not in one]
