"""Traditional characters (繁体字) become simplified ones before anything is understood; quotes are never touched."""

import re
from functools import cache
from typing import Any

import opencc

WRITTEN = re.compile(r"(?<![显卓昭编论名专巨遗土原译合])著(?![名作书称述者录])")
"""著 that stands for 着 (著火, 拿著), which the general table leaves alone · near miss: 显著, 著名, 专著"""


def simplified(text: str) -> str:
    """Return `text` in simplified characters: 救援隊 → 救援队, 著火 → 着火.

    Simplified text comes back as it is, so the function may be applied twice; half characters, as broken phones send
    them, become ?. Source of the table: OpenCC t2s.
    """
    return WRITTEN.sub("着", _converter().convert(text.encode("utf-8", "replace").decode("utf-8")))


@cache
def _converter() -> Any:
    return opencc.OpenCC("t2s")
