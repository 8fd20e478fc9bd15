"""Markdown tables of figures, and their places in the two READMEs: between <!-- NAME --> and <!-- end -->."""

import re
from collections.abc import Mapping, Sequence

from tests.quality.corpora import ROOT

READMES = ("README.md", "README.zh-CN.md")
END = "<!-- end -->"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [heads, ["---"] * len(heads), *rows])


def share(value: float) -> str:
    """Return a share as it is printed everywhere: 0.94."""
    return f"{value:.2f}"


def part(readme: str, name: str) -> str:
    """Return what stands between the marks."""
    return readme.split(f"<!-- {name} -->\n")[1].split(END)[0]


def replaced(readme: str, name: str, text: str) -> str:
    """Return a README with `text` between the marks."""
    before, after = readme.split(f"<!-- {name} -->\n")
    return f"{before}<!-- {name} -->\n{text.strip()}\n{after[after.index(END) :]}"


def tables(text: str) -> list[list[list[str]]]:
    """Return the cells of each table of a part, heads first, without the line of dashes."""
    found = re.findall(r"(?:^\|.*\n?)+", text, re.M)
    lines = [[line for line in one.splitlines() if not line.startswith("| ---")] for one in found]
    return [[[cell.strip() for cell in line.strip("|").split("|")] for line in one] for one in lines]


def publish(name: str, texts: Mapping[str, str], *, write: bool) -> None:
    """Print the English text, or write both where they belong."""
    if not write:
        print(texts[READMES[0]])
        return
    for file, text in texts.items():
        readme = (ROOT / file).read_text(encoding="utf-8")
        (ROOT / file).write_text(replaced(readme, name, text), encoding="utf-8")
