"""Tables (表格) as Markdown rows."""

from collections.abc import Sequence


def markdown_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return `| a | b |` per row with the rule after the first; short rows are filled, pipes escaped, blanks single."""
    width = max((len(row) for row in rows), default=0)
    if width == 0:
        return []
    lines = [_row([*row, *[""] * (width - len(row))]) for row in rows]
    return [lines[0], _row(["---"] * width), *lines[1:]]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"
