"""Does a question ask to compare (对照), whose documents, and about what matter."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.answers.model import Request
from assistant.clauses.references import find_references
from assistant.documents import Catalogue, Document, Level, ladder
from assistant.search.exact import CENTRE, documents_named, local_names, names_of, places_of
from assistant.search.terms import FUNCTION_CHARACTERS, fold

MARK = "◇"
"""Stands where a document or place was named."""
NEAR_MARK = rf"{MARK}(?:的|里|上|那边|那份|方面)*(?:规定|文件|要求|意见|预案|说法|做法)?(?:里|中)?"
LIST = re.compile(rf"{NEAR_MARK}(?:和|与|跟|同|、|及|以及|还有|，|比)(?:我们)?{MARK}")
"""云南和北京, 中央、云南 · near miss: 北京的干部到云南"""
REFERS = re.compile(
    rf"(?:和|跟|与|同|比|较|对照|对比)(?:我们)?{MARK}(?!人|的?干部|的?队)|{MARK}(?:也|有没有|是不是也|是否也)"
)
"""Measures something by what is named: 比中央, 北京也有吗."""
CUE = re.compile(
    r"不同|不一样|一样|一致(?!时)|相同|异同|区别|差别|差异|出入|比一比|比起来|对比|对照|相比|比较(?!大|小|多|少|难|好|严重|高|低|快|慢|近|远|麻烦)"
    rf"|比{MARK}|{MARK}比|(?:谁|哪个|哪份|哪边|哪里|哪一?级)[^，。？]{{0,10}}?(?:严|松|宽|多|少|高|低|细|全|写|提|有)"
    r"|[严宽多细高新]在(?:哪|什么)|分别|各(?:自)?(?:是|怎么|怎样|如何|有|写|说)|也(?:有|是|这么|要)[^，。？]{0,8}[吗么没不]"
    rf"|(?:有没有|有无|是否)(?:类似|相当|相应|对应|同样|规定)|{MARK}呢"
)
HOW = re.compile(r"(?:怎么|怎样|如何)(?:说|定|规定|要求|写|讲)")
_DIFFERS = "不同|不一样|一样|一致(?!时)|异同|区别|差别|差异|出入"
RULES_DIFFER = re.compile(
    rf"{HOW.pattern}|对照|比一比|对比|(?:规定|文件|要求|预案)[^，。？]{{0,8}}比|[严宽多细]在(?:哪|什么)"
    rf"|(?:规定|文件|要求|意见|预案|标准|[说定写讲]的?)[^，。？]{{0,10}}(?:{_DIFFERS})|(?:{_DIFFERS})[^，。？]{{0,4}}(?:规定|要求)"
)
"""What must be said where no document is named: 我们村的预案跟镇上的有啥不一样 · near miss: 我们村和镇上的路牌不一样"""
ALL_OPINIONS = re.compile(r"(?:这|那)?(?:三份|三个|这几份|这几个|各份|各个)(?:文件|意见|实施意见)(?:里|中)?")
"""三份文件 · near miss: 交几份文件"""
OWN_OPINIONS = re.compile(r"(?:这|那)?(?:两份|两个)(?:文件|意见|实施意见)(?:里|中)?")
EVERY_LEVEL = re.compile(
    r"(?:各|每一?|上下)级(?:的)?(?:文件(?:里|中)?|规定|要求)|各级(?=对|怎么|是怎么|分别|都怎么)|从中央到(?:地方|基层|镇里?|村里?)"
)
"""各级文件, 各级对演练的规定 · near miss: 各级政府分别负什么责任"""
ABOVE = "上面|上级|上头"
SPOKEN: Mapping[str, tuple[str, ...]] = {
    "省": ("省", "自治区", "市"),
    "州": ("州",),
    "市": ("市", "州"),
    "县": ("县", "市", "区", "旗"),
    "区": ("区",),
    "镇": ("镇", "乡", "街道"),
    "乡": ("乡", "镇", "街道"),
    "村": ("村", "社区"),
}
"""How people name a level → endings of the names of such places."""
OURS = "我们?|咱们?|本|俺们?"
_LEVELS = "".join(SPOKEN)
_SPOKEN_NAME = rf"(?:(?:{OURS})(?P<own>[{_LEVELS}])|(?P<plain>[{_LEVELS}])(?:里|上|头)|(?P<above>{ABOVE}))"
_TAIL = r"(?:的|那份|说的?|定的?|写的?|讲的?)*(?:规定|文件|要求|意见|预案)?"
_LINK = "和|与|跟|同|比|较|、|，|及|以及|还有|各|分别|都|也|$"
SPOKEN_BEFORE = re.compile(rf"(?:^|(?<=[和与跟同比较、，及对]))(?:我们的?)?{_SPOKEN_NAME}")
SPOKEN_AFTER = re.compile(rf"{_SPOKEN_NAME}(?={_TAIL}(?:{_LINK}))")
BARE = re.compile(rf"(?<=[{MARK}、和与])(?P<plain>[{_LEVELS}])(?=[、和与]|[两三四]级)")
"""中央、省、镇三级"""
PROVINCES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 "
    "陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门"
).split()
NOISE = re.compile(
    r"(?:都)?(?:有没有|有无|有|到底|究竟)?(?:什么|啥子?|何|哪些|哪里|哪样|哪儿)?(?:的)?(?:不同|不一样|异同|区别|差别|差异|出入)"
    r"(?:之处|的地方|点)?(?:在哪里?|吗|么|没有|不)?|一不一样|(?:规定|说|说的|写)?得?(?:是否|是不是)?一[样致](?:吗|不|么|否)?|相同"
    r"|对比(?:一下)?|比较(?:一下)?|对照(?:一下|着)?|比一比|相比(?:较)?|比起来|(?:分别|各自|各)(?:都)?(?:是|怎么|怎样|如何|有|写|说|规定|要求)*"
    r"|(?:都)?(?:是)?怎么(?:规定|要求|说|写|定|讲)(?:的)?|(?:谁|哪个|哪份|哪边|哪一?级)(?:的)?(?:管|要求|规定|写|说)?(?:得)?(?:更)?(?:严|松|宽|多|少|高|低|细|全|写了?|提到?了?)?"
    r"|[严宽多细高新]在(?:哪里?|什么地方)|(?:多|新)(?:写|提出|提|规定|加)?了?(?:什么|啥|哪些)(?:内容|硬要求|要求|规定|新?提法)?"
    r"|(?:有|有没有|有无)(?:什么|哪些|啥)?(?:新提法|提法|类似的?|相当的?|对应的?)(?:内容|规定)?|分别|表述|说法|写法|提法|条款|规定|要求|硬要求|文件|意见"
    r"|(?:也|都)?(?:有|说|写|提)(?:了|到)?(?:吗|么|没有)|严不严|是多少|是什么|说的是|这个数|这个事|这件事|这块|方面|关于|什么|呢"
)
EDGE = "的对在于上里中和与跟同比较及各都也了是说给把，。？！、：；,.?!: " + MARK
ASKS = re.compile("(?:分别|写)?(?:在|是)?(?:多少|多久|哪一?条|几次|几回|定)")
"""What is left of 分别是多少, 分别写在哪一条."""
SHORTEST_MATTER = 2
EMPTY = frozenset("管严松宽写提")
"""Characters that are left of 哪个管得严 and name no matter."""


@dataclass(frozen=True, slots=True)
class Side:
    """One place's documents, as one party to a comparison."""

    region: str
    level: Level
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be compared."""

    sides: tuple[Side, ...]
    """Highest level first, the asker's own province before others."""
    matter: str
    """What about; empty where the question names nothing."""
    not_held: tuple[str, ...] = ()
    """Places named of which there is no document."""
    implied: tuple[str, ...] = ()
    """Regions that the question does not name itself (三份文件)."""


def read_comparison(request: Request, catalogue: Catalogue) -> Wanted | None:
    """Return what a question wants compared; None where it asks for no comparison."""
    question = re.sub(r"[《》\s]", "", request.question)
    if find_references(question):
        return None
    named = [d for d in documents_named(question, catalogue, request.region) if d.in_force(request.on)]
    marked = _marked(question, named, request.region)
    strangers = [p for p in PROVINCES if p in question and not any(p in d.region for d in catalogue.values())]
    for place in strangers:
        marked = re.sub(f"{place}[省市]?", MARK, marked)
    spoken, marked, missing = _spoken(marked, request, catalogue, is_clear=len({d.region for d in named}) > 1)
    explicit = _places([*named, *spoken])
    if explicit and len(explicit) + len(strangers) + len(missing) > 1:
        found = explicit if _asks(marked, len(_places(named)) + len(strangers)) else None
    elif (together := _together(marked, request, catalogue)) is not None:
        found = together
    else:
        found = _beside(explicit, marked, request, catalogue) if named or RULES_DIFFER.search(marked) else None
    if found is None:
        return None
    for pattern in (ALL_OPINIONS, OWN_OPINIONS, EVERY_LEVEL):
        marked = pattern.sub(MARK, marked)
    implied = tuple(region for region in found if region not in explicit and region not in ladder(request.region))
    sides = sides_of((document for documents in found.values() for document in documents), request.region)
    return Wanted(sides, matter_of(marked), tuple(dict.fromkeys([*strangers, *missing])), implied)


Places = dict[str, list[Document]]


def _asks(marked: str, names: int) -> bool:
    """Say whether the parties are to be compared; the fewer of them are named outright, the clearer it must be said."""
    if names > 1:
        return bool(CUE.search(marked) or LIST.search(marked))
    return bool(CUE.search(marked) or HOW.search(marked)) if names else bool(RULES_DIFFER.search(marked))


def _marked(question: str, named: Iterable[Document], region: str) -> str:
    """Put a mark in the place of every name of a document or its place."""
    names: set[str] = set()
    for document in named:
        names |= {*names_of(document), *local_names(document), *places_of(document.region)} - {""}
        names |= set(CENTRE) if document.level is Level.CENTRAL else set()
    for name in sorted(names, key=lambda name: (-len(name), name)):
        question = question.replace(re.sub(r"[《》\s]", "", name), MARK)
    return re.sub(f"(?:{MARK}(?:省|市)?)+(?:的?(?:实施)?意见)?", MARK, question)


def _spoken(
    marked: str, request: Request, catalogue: Catalogue, *, is_clear: bool
) -> tuple[list[Document], str, list[str]]:
    """Return the documents of places named by their level (省里, 我们镇), the text with marks, and what is not held.

    is_clear: two places stand there by name; then 村里 is where something happens and only 我们村 is a party.
    """
    found: list[Document] = []
    missing: list[str] = []
    for pattern in (SPOKEN_BEFORE, SPOKEN_AFTER, BARE):
        for match in reversed(list(pattern.finditer(marked))):
            groups = match.groupdict()
            if is_clear and not groups.get("own"):
                continue
            documents = _of_level(groups, request, catalogue)
            found += documents
            if not documents:
                missing.append(match.group().removeprefix("我们"))
            marked = marked[: match.start()] + MARK + marked[match.end() :]
    return found, marked, missing


def _of_level(groups: Mapping[str, str | None], request: Request, catalogue: Catalogue) -> list[Document]:
    places = ladder(request.region)
    if groups.get("above"):
        return _nearest(places[1:], request, catalogue)
    endings = SPOKEN[groups.get("own") or groups.get("plain") or ""]
    return _nearest([place for place in places if place.endswith(endings)][-1:], request, catalogue)


def _nearest(places: Iterable[str], request: Request, catalogue: Catalogue) -> list[Document]:
    """Return the documents of the first of `places` that has any."""
    for place in places:
        documents = [d for d in catalogue.values() if d.region == place and d.in_force(request.on)]
        if documents:
            return documents
    return []


def _places(documents: Iterable[Document]) -> Places:
    places: Places = {}
    for document in documents:
        of_place = places.setdefault(document.region, [])
        if document not in of_place:
            of_place.append(document)
    return places


def _together(marked: str, request: Request, catalogue: Catalogue) -> Places | None:
    """Return the documents that 三份文件, 两个意见, 各级文件 mean."""
    held = [d for d in catalogue.values() if d.in_force(request.on)]
    own = ladder(request.region)
    if ALL_OPINIONS.search(marked):
        return _places(d for d in held if d.kind == "opinion")
    if OWN_OPINIONS.search(marked) and CUE.search(marked):
        return _places(d for d in held if d.kind == "opinion" and d.region in own)
    if EVERY_LEVEL.search(marked) and CUE.search(marked):
        return _places(d for d in held if d.region in own)
    return None


def _beside(explicit: Places, marked: str, request: Request, catalogue: Catalogue) -> Places | None:
    """Return what is named and what it is measured against: the asker's own place, of the same level where it is strange."""
    if len(explicit) != 1 or not REFERS.search(marked) or not CUE.search(marked):
        return None
    ((region, documents),) = explicit.items()
    own = ladder(request.region)
    if region not in own:
        level = documents[0].level
        peers = [p for p in own if any(d.region == p and d.level is level for d in catalogue.values())]
        other = _nearest(peers or own, request, catalogue)
    else:
        other = _nearest(own[: own.index(region)], request, catalogue)
    return {region: documents, **_places(other)} if other else None


def sides_of(documents: Iterable[Document], region: str) -> tuple[Side, ...]:
    """Return one side for each place, from the centre down; of one level the asker's own (`region`) first."""
    order, own = list(Level), ladder(region)
    sides = [Side(place, held[0].level, tuple(held)) for place, held in _places(documents).items()]
    return tuple(sorted(sides, key=lambda side: (order.index(side.level), side.region not in own, side.region)))


def matter_of(marked: str) -> str:
    """Return what a question is about, without the parties and the words of comparing; "" where nothing is left."""
    parts = [part.strip(EDGE) for part in re.split(f"[{MARK}，。？！；]", NOISE.sub(MARK, marked))]
    told = [part for part in parts if set(fold(part)) - FUNCTION_CHARACTERS - EMPTY and not ASKS.fullmatch(part)]
    matter = " ".join(told)
    return matter if len(set(fold(matter)) - FUNCTION_CHARACTERS - EMPTY) >= SHORTEST_MATTER else ""
