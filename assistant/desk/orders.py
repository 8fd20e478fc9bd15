"""Orders in fixed words (口令), tidied so that blanks, full stops and old forms of a number make no difference."""

import re

from assistant.dialogue.phrases import CASE_NUMBER
from assistant.script import simplified

NUMBER = r"(?:YH|SJ)\d{8}-\d{2,4}"
BLANKS = re.compile(r"[\s　]+")
ENDING = re.compile(r"[。！!～~.]+$")


def tidy(text: str) -> str:
    """Return an order without blanks and final stops, its numbers as they are printed.

    >>> tidy("yh 20260701-02 并到YH20260701—01。")
    'YH20260701-02并到YH20260701-01'
    """
    printed = CASE_NUMBER.sub(lambda m: f"{m['kind'].upper()}{m['day']}-{m['count']}", simplified(text))
    return ENDING.sub("", BLANKS.sub("", printed))
