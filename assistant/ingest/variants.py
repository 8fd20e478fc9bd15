"""Variant readings (异文): where copies differ, what was chosen and on what ground; the table of `sources/variants.md`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Ground(StrEnum):
    """Why a reading was chosen, from the surest to the least sure."""

    MAJORITY = "majority"
    OVERRULED = "overruled"
    """Several related documents quote the minority's reading word for word."""
    QUOTED = "quoted"
    CLEANER = "cleaner"
    COMBINED = "combined"
    """Every copy differs, and character by character most of them agree."""
    SEQUENCE = "sequence"
    """A printed number that contradicts its neighbours."""
    FULLER = "fuller"
    """One of two copies lacks a long passage that the other has."""
    PLAUSIBLE = "plausible"


DOUBTFUL = {Ground.CLEANER, Ground.COMBINED, Ground.FULLER, Ground.PLAUSIBLE}
GROUNDS = {
    Ground.MAJORITY: "多数一致",
    Ground.OVERRULED: "多份相关文件逐字引用，从少数",
    Ground.QUOTED: "相关文件逐字引用",
    Ground.CLEANER: "从差错较少的来源",
    Ground.COMBINED: "逐字比对，从多数",
    Ground.SEQUENCE: "按序号先后订正",
    Ground.FULLER: "一份来源脱漏，从完整的",
    Ground.PLAUSIBLE: "按全文用词习惯取舍",
}
CONTEXT = 8


@dataclass(frozen=True, slots=True)
class Variant:
    """One place of variation; `readings` maps the name of each copy that has the place to what it prints there."""

    place: str
    """The printed number of the clause, or 标题, 题注, 引言."""
    readings: Mapping[str, str]
    choice: str
    reason: Ground
    before: str = ""
    """The chosen text just before and after the place."""
    after: str = ""

    @property
    def is_doubtful(self) -> bool:
        """No agreement and no quotation decided it."""
        return self.reason in DOUBTFUL


def variants_markdown(variants: Sequence[Variant], names: Sequence[str]) -> str:
    """Return the table of all places of variation in Chinese, in the order of the document."""
    columns = ["序号", "位置", "上下文", *names, "采用", "依据"]
    rows = [_row(i, variant, names) for i, variant in enumerate(variants, 1)]
    doubtful = sum(variant.is_doubtful for variant in variants)
    head = f"# 异文表\n\n共{len(variants)}处异文，其中{doubtful}处无多数一致、也无相关文件引证，须人工核对（标*）。〔〕为异文所在，“（无）”表示该来源此处没有文字，“—”表示该来源缺这一段。\n\n"
    return head + "\n".join([_line(columns), _line(["---"] * len(columns)), *rows]) + "\n"


def _row(number: int, variant: Variant, names: Sequence[str]) -> str:
    readings = [_shown(variant.readings[name]) if name in variant.readings else "—" for name in names]
    context = f"{variant.before}〔〕{variant.after}"
    mark = "*" if variant.is_doubtful else ""
    return _line(
        [f"{number}{mark}", variant.place, context, *readings, _shown(variant.choice), GROUNDS[variant.reason]]
    )


def _shown(reading: str) -> str:
    return reading.replace("\n", "¶") or "（无）"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", "¶") for cell in cells) + " |"
