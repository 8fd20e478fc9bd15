"""What is read of a message (可读部分): bounded, so that none keeps the others waiting; the inbox keeps it word for word.

Patterns look at long runs again and again: four thousand full stops took four seconds, twenty thousand digits a minute.
"""

import re

LONGEST = 4096
"""Characters; what Telegram takes, and twice what the chat page does."""
END = 600
"""Of a longer message, so many characters of its end are read too."""
# aaaa…, 。。。。 · near miss: 好好好好, which no pattern stumbles over
RUN = re.compile(r"([^\u4e00-\u9fff])\1{19,}", re.DOTALL)
# digits and numerals without an end · near miss: a telephone number, two bank accounts
DIGITS = re.compile(r"[\d一二三四五六七八九十百千万零〇](?:\s?[\d一二三四五六七八九十百千万零〇]){39,}")


def readable(text: str) -> str:
    """Return a message without endless runs, and of a very long one its beginning and its end.

    >>> readable("。" * 50)
    '。。。。。。。。。。。。。。。。。。。。'
    """
    text = DIGITS.sub(lambda found: found[0][:40], RUN.sub(lambda found: found[1] * 20, text))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - END]}\n{text[-END:]}"
