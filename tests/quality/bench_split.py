"""How fast a text is split. Figures, not tests: run it on a quiet machine.

    python tests/quality/bench_split.py [LINES]

Every shape is split with LINES lines (20,000) and with twice as many. The last column is the ratio of the two
times per line: 1 is linear, 2 would be quadratic.
"""

import sys
import time
from collections.abc import Callable

from assistant.clauses import join, split, to_chinese

SHAPES: dict[str, Callable[[int], str]] = {
    "numbers 1.": lambda n: "".join(f"{i % 99 + 1}.甲乙丙。\n" for i in range(n)),
    "brackets （一）": lambda n: "".join(f"（{to_chinese(i % 99 + 1)}）甲乙丙。丁。\n" for i in range(n)),
    "articles": lambda n: "".join(f"第{to_chinese(i % 9000 + 1)}条　甲乙丙。\n" for i in range(n)),
    "paragraphs": lambda n: "第一条　甲。\n" + "乙丙丁。\n" * n,
    "items without a next": lambda n: "第一条　甲：\n1.乙。\n" + "丙。\n" * n,
    "decimals": lambda n: "".join(f"{i // 9 % 99 + 1}.{i % 9 + 1} 甲\n" for i in range(n)),
    "rows": lambda n: "附件1 表\n|a|b|\n|---|---|\n" + "|1|2|\n" * n,
    "annexes": lambda n: "".join(f"附件{i % 99 + 1}\n甲清单\n" for i in range(n // 2)),
    "annex lists": lambda n: "附件：1.甲清单\n" * n,
    "annex and blanks": lambda n: "附件：甲\n\n\n\n" * (n // 4),
    "contents page": lambda n: "目录\n" + "".join(f"甲{i}\n" for i in range(n // 2)) * 2,
    "signatures": lambda n: "一、甲\n" + "某某人民政府\n" * n,
    "headings": lambda n: "# 甲\n" + "## 乙\n丙。\n" * (n // 2),
    "one line of items": lambda n: "（一）甲。" + "一是甲；二是乙；" * (n // 2),
    "one line": lambda n: "甲乙丙丁。" * n,
    "dots": lambda n: "目录\n" + "." * n + "甲" + "…" * n,
    "blanks": lambda n: "（一）甲。\n" * 5 + " " * n + "\n" + "　" * n + "乙",
    "plain lines": lambda n: "乙丙丁戊己庚\n" * n,
}


def seconds(text: str) -> float:
    """Return the better of two runs of splitting and walking through all clauses."""
    return min(_once(text) for _ in range(2))


def _once(text: str) -> float:
    begun = time.perf_counter()
    outline = split(text)
    for unit in outline.clauses():
        outline.clause_span(unit.address)
    took = time.perf_counter() - begun
    assert join(outline) == text
    return took


def main(lines: int) -> None:
    """Print one row a shape."""
    print(f"{'shape':24}{'lines/s':>12}{'MB/s':>8}{'ratio':>8}")
    for name, make in SHAPES.items():
        text = make(lines)
        once, twice = seconds(text), seconds(make(2 * lines))
        speed, volume = lines / once, len(text.encode()) / once / 1e6
        print(f"{name:24}{speed:12,.0f}{volume:8.1f}{twice / once / 2:8.2f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
