"""Other articles (无关稿件) on the same page: news leads, bylines, credit lines, and text unlike the document's."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from statistics import median

from assistant.ingest.characters import is_han
from assistant.ingest.printed import label_of

# 本报讯（记者 张三） · 新华社北京10月9日电 · 新华社北京10月8日电 is a credit when it stands in brackets
LEAD = re.compile(
    r"(?:本报|本网|本台|新华社|中新社|人民网|新华网|据新华社|据中新社|据[一-鿿]{2,6}报)(?:[^，。；（）]{0,14}[0-9]{1,2}日)?(?:[讯电]|专电|消息)(?: |（|$|[一-鿿])"
    r"|(?:本报|新华社|本台|中新社)(?:特约)?(?:记者|评论员|通讯员|时评|见习记者)"
    r"|[一-鿿]{2,5}[0-9]{1,2}月[0-9]{1,2}日电|（(?:本报)?(?:记者|通讯员)[^）]{0,40}）|(?:记者|通讯员) ?[^，。]{2,20}(?:报道|摄|摄影)$"
    r"|[^。]{0,30}记者[^。]{0,20}(?:获悉|了解到|看到|采访)"
)
# （新华社北京10月8日电） · （2025年4月4日，云南日报） · （2025年3月26日）
CREDIT = re.compile(
    r"[（(](?:据)?(?:新华社|中新社|本报)[^）)]{0,20}[电讯][）)]|[（(][0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日，?[^）)]{2,14}(?:报|网|社|客户端|公众号)[）)]"
    r"|[（(](?:来源|转自|据|摘自|原载)[:： ]?[^）)]{2,20}[）)]|[（(]完[）)]"
)
HEADLINE = 40
FAR = 3
ENOUGH = 25
"""Different character pairs; a text with fewer is too short to be judged."""
FEW = 5
"""Clauses; a shorter document has no vocabulary to speak of."""
UNLIKE = 0.7
"""Share of the usual familiarity. Of 105 clauses of five documents one is below it (0.62), of 32 paragraphs of the articles
around them 28 (median 0.40)."""
QUITE_UNLIKE = 0.45
SCRAP = 10
"""Different character pairs; a headline has about that many, and says nothing by itself."""


def is_article_head(texts: Sequence[str]) -> bool:
    """Say whether another article begins here: a news lead, or one to three headlines above one."""
    for text in texts[: FAR + 1]:
        if LEAD.match(text):
            return True
        if len(text) > HEADLINE or re.search(r"[。；]", text) or text.startswith("|") or label_of(text) is not None:
            return False
    return False


def is_credit(text: str) -> bool:
    """Say whether a line names the news agency or paper and ends the document: （新华社北京10月8日电）."""
    return bool(CREDIT.fullmatch(text))


def trailing_credit(text: str) -> int:
    """Return where a credit begins at the end of a paragraph, or the length of the text."""
    return next((found.start() for found in CREDIT.finditer(text) if found.end() == len(text)), len(text))


def pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring Chinese characters in `text`."""
    return {a + b for a, b in zip(text, text[1:], strict=False) if is_han(a) and is_han(b)}


class Vocabulary:
    """The character pairs of a document by clause: tells whether a text could be its own."""

    def __init__(self, clauses: Sequence[str]) -> None:
        self.clauses = [pairs(text) for text in clauses]
        self.count = Counter(pair for clause in self.clauses for pair in clause)
        long = [
            familiarity
            for clause in self.clauses
            if len(clause) >= ENOUGH
            for familiarity in [self._share(clause, [clause])]
        ]
        self.usual = median(long) if len(long) >= FEW else 0.0

    def is_short(self, text: str) -> bool:
        """Say whether there is too little of `text` to judge it."""
        return len(pairs(text)) < ENOUGH

    def is_scrap(self, text: str) -> bool:
        """Say whether `text` is no more than a headline, which says nothing by itself."""
        return len(pairs(text)) < SCRAP

    def is_foreign(self, text: str, within: Collection[int | None] = (), *, shared: bool = False) -> bool:
        """Say whether `text`, now part of the clauses `within`, is unlike all others.

        A short text must be quite unlike to be judged, and so must one that two copies share.
        """
        own = pairs(text)
        if len(own) < SCRAP:
            return False
        share = QUITE_UNLIKE if shared or len(own) < ENOUGH else UNLIKE
        return self._share(own, [self.clauses[i] for i in set(within) if i is not None]) < self.usual * share

    def _share(self, own: set[str], without: Sequence[set[str]]) -> float:
        return sum(self.count[pair] > sum(pair in clause for clause in without) for pair in own) / len(own)
