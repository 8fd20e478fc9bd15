"""What a docx's styles.xml and numbering.xml say (样式与编号): heading depth and lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from assistant.ingest.numbering import Level, List
from assistant.ingest.package import child, local, value

# Matches "heading 1", "Heading 2" and "标题 3"; not "TOC Heading".
HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
TITLE_NAMES = frozenset({"title", "标题"})

BODY_DEPTH = 9
"""Outline level (from 0) that Word gives to body text."""


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style."""

    name: str = ""
    based_on: str = ""
    outline: int = BODY_DEPTH
    list_id: str = ""
    depth: int | None = None
    """Level within the list."""


Styles = dict[str, Style]


def read_styles(root: etree._Element | None) -> Styles:
    """Return the styles of styles.xml by id."""
    return {value(element, "styleId"): _style(element) for element in _children(root, "style")}


def _style(element: etree._Element) -> Style:
    properties = child(element, "pPr")
    outline = child(properties, "outlineLvl")
    list_id, depth = list_place(properties)
    return Style(
        name=value(child(element, "name")).strip().lower(),
        based_on=value(child(element, "basedOn")),
        outline=_number(value(outline), BODY_DEPTH),
        list_id=list_id,
        depth=depth,
    )


def list_place(properties: etree._Element | None) -> tuple[str, int | None]:
    """Return list id ("" where none is set, "0" where numbers are switched off) and level of a w:pPr."""
    numbered = child(properties, "numPr")
    depth = child(numbered, "ilvl")
    return value(child(numbered, "numId")), None if depth is None else _number(value(depth), 0)


def lineage(styles: Styles, style_id: str) -> Iterator[tuple[str, Style]]:
    """Yield the style and those it is based on, nearest first, each once."""
    seen: set[str] = set()
    while style_id in styles and style_id not in seen:
        seen.add(style_id)
        yield style_id, styles[style_id]
        style_id = styles[style_id].based_on


def heading_depth(styles: Styles, style_id: str) -> int:
    """Return 1 for a title or first-level heading, 2 …; 0 for body text."""
    for _, style in lineage(styles, style_id):
        if found := HEADING_NAME.fullmatch(style.name):
            return int(found[1])
        if style.name in TITLE_NAMES:
            return 1
        if style.outline < BODY_DEPTH:
            return style.outline + 1
    return 0


def read_lists(root: etree._Element | None) -> dict[str, List]:
    """Return the lists of numbering.xml by the id that paragraphs use."""
    families = {value(family, "abstractNumId"): family for family in _children(root, "abstractNum")}
    by_link = {value(child(family, "styleLink")): key for key, family in families.items()}
    lists = {}
    for element in _children(root, "num"):
        family = value(child(element, "abstractNumId"))
        # an empty family that only points to a list style
        family = by_link.get(value(child(families.get(family), "numStyleLink")) or " ", family)
        lists[value(element, "numId")] = _list(element, family, families.get(family))
    return lists


def _list(element: etree._Element, family: str, definition: etree._Element | None) -> List:
    levels = {_number(value(level, "ilvl"), 0): _level(level) for level in _children(definition, "lvl")}
    restarts = set()
    for override in _children(element, "lvlOverride"):
        depth = _number(value(override, "ilvl"), 0)
        replaced = child(override, "lvl")
        start = child(override, "startOverride")
        if replaced is not None:
            levels[depth] = _level(replaced)
        if start is not None:
            restarts.add(depth)
            levels[depth] = replace(levels.get(depth, Level()), start=_number(value(start), 1))
    return List(family, levels, frozenset(restarts))


def _level(element: etree._Element) -> Level:
    restart = child(element, "lvlRestart")
    legal = child(element, "isLgl")
    return Level(
        start=_number(value(child(element, "start")), 1),
        number_format=value(child(element, "numFmt")) or "decimal",
        pattern=value(child(element, "lvlText")),
        restart=None if restart is None else _number(value(restart), 0),
        all_decimal=legal is not None and is_on(legal),
        suffix=value(child(element, "suff")) or "tab",
        style=value(child(element, "pStyle")),
    )


def is_on(switch: etree._Element) -> bool:
    """Tell whether a switch such as w:vanish is on: present without a value, or with a true one."""
    return value(switch) not in {"0", "false", "off", "none"}


def _children(root: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return (element for element in (root if root is not None else ()) if local(element) == name)


def _number(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else default
