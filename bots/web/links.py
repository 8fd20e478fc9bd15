"""Where things are on the web pages: anchors of units, links to clauses, spans to mark."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from assistant.ports import Link

Span = tuple[int, int]
"""Start and end, as character offsets in `Document.text`."""

ONE_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
# 12-80 matches; -3-9 and 12-80x do not.
MOST_SPANS = 100


def anchor(address: str) -> str:
    """Return the HTML id of a unit.

    Addresses hold letters, digits, hyphens, dots and slashes, so the result is unique within a document.

    >>> anchor("13"), anchor("3.2.1"), anchor("a1/3")
    ('u-13', 'u-3_2_1', 'u-a1__3')
    """
    return "u-" + address.replace("/", "__").replace(".", "_")


def clause_path(link: Link) -> str:
    """Return the path, query and fragment that open a cited clause with its quotes marked.

    >>> clause_path(Link(label="《中央意见》（十三）", unit="central-2024/13", spans=((10, 20), (30, 44))))
    '/d/central-2024?q=10-20,30-44#u-13'
    """
    document, _, address = link.unit.partition("/")
    query = ",".join(f"{start}-{end}" for start, end in link.spans)
    fragment = f"#{anchor(address)}" if address else ""
    return f"/d/{quote(document)}{'?q=' + query if query else ''}{fragment}"


def parse_spans(query: str, length: int) -> tuple[Span, ...]:
    """Return the spans of `q=`, ascending and apart; what is no span within `length` characters is ignored.

    >>> parse_spans("30-44,10-20,18-22,9-9,5-4,abc,40-9999", 100)
    ((10, 22), (30, 44))
    """
    found = (ONE_SPAN.fullmatch(part) for part in query.split(",", MOST_SPANS)[:MOST_SPANS])
    spans = [(int(match[1]), int(match[2])) for match in found if match]
    return merge(span for span in spans if span[0] < span[1] <= length)


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return `spans` ascending, with those that overlap or touch as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)
