"""A letter (长信): the matter is in a few sentences, and much of what burns in it burned long ago."""

import re
from collections import Counter
from dataclasses import replace

from assistant.triage.danger import danger
from assistant.triage.read import read
from assistant.triage.reader import Reader
from assistant.triage.reading import Category, Intent, Reading, Urgency

LONG = 350
"""Characters; who is in danger this minute does not write more."""
SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?\n]*")
# 一九八六年 那年 去年 大前年 · 今年 明年
PAST = re.compile(
    r"(?:19|20)\d\d年|[一二][九〇零]\S{0,3}年|[七八九]几年|那[一]?年|当年|去年|前年|往年|早年|年前|以前|从前|过去(?:快|的|有|了)|小时候|年轻(?:的)?时候|那(?:个)?时候?|那回|那次|上回|解放前|几十年|公社"
)
# 现在 今天 前天 这个月 · 现在想
NOW = re.compile(
    r"现在(?!想|回想|还在)|正在|这会儿|今[天晚早]|昨[天晚]|前天|这两天|最近|这个?月|本月|刚才|刚刚|马上|眼下"
)
AT_ONCE = re.compile(r"现在|正在|这会儿|刚才|刚刚|马上|快来|救命|救人")
MATTERS = re.compile(r"重点|第[一二三]|总之|要讲的|要说的|要报的|请你们|希望|求你们")
SURE = 0.9
"""Of a sentence that makes a matter of its own."""
MARKED = 2
"""Weight of a sentence that says that it is the point of the letter."""


def is_letter(text: str) -> bool:
    """Say whether a text is so long, and of so many sentences, that it must be read sentence by sentence."""
    return len(text) > LONG and len(SENTENCE.findall(text)) > 3


def read_letter(text: str, reader: Reader) -> Reading:
    """Return the reading of a letter: its gravest matter of today; what was long ago is no emergency."""
    whole = read(text, reader)
    # what is said again and again counts once
    told = [(sentence, read(sentence, reader)) for sentence in dict.fromkeys(_today(text))]
    reports = [(sentence, reading) for sentence, reading in told if reading.is_report]
    if not reports:
        return replace(whole, danger=None) if not whole.is_report else whole
    urgent = [reading for sentence, reading in reports if reading.is_emergency and AT_ONCE.search(sentence)]
    alarm = next((danger(sentence) for sentence, _ in told if AT_ONCE.search(sentence) and danger(sentence)), None)
    is_emergency = bool(urgent) and alarm is not None
    category = _weighed(reports)
    return replace(
        whole,
        intent=Intent.INCIDENT if is_emergency else Intent.HAZARD,
        category=category,
        urgency=Urgency.EMERGENCY if is_emergency else _urgency(reports),
        place=_place(reports, category, text),
        casualties=True if is_emergency and any(r.casualties for _, r in reports) else None,
        danger=alarm if is_emergency else None,
    )


def read_letter_all(text: str, reader: Reader) -> tuple[Reading, ...]:
    """Return a reading for each matter of a letter: the one of which most is said, whole, then the others in their sentences.

    Another class is a matter where two sentences are surely of it and one of them says where.
    """
    first = read_letter(text, reader)
    if not first.is_report:
        return (first,)
    told = [read(sentence, reader) for sentence in dict.fromkeys(_today(text))]
    sure = [one for one in told if one.is_report and one.confidence >= SURE and one.category]
    found = [first]
    for category in dict.fromkeys(one.category for one in sure if one.category is not first.category):
        own = [one for one in sure if one.category is category]
        if len(own) >= MARKED and any(one.place for one in own):
            found.append(read("".join(one.text for one in own), reader))
    return tuple(found)


def _today(text: str) -> list[str]:
    """Return the sentences that tell of now; a paragraph that begins long ago is about long ago."""
    kept: list[str] = []
    for paragraph in filter(None, map(str.strip, text.split("\n"))):
        sentences = SENTENCE.findall(paragraph)
        is_past = bool(PAST.search(sentences[0])) and not NOW.search(sentences[0])
        for sentence in sentences:
            if not PAST.search(sentence) and (not is_past or NOW.search(sentence)):
                kept.append(sentence)
    return kept or [text]


def _weighed(reports: list[tuple[str, Reading]]) -> Category | None:
    """Return the class of which most is said, what is marked as the point counting double."""
    counted: dict[Category, float] = {}
    for sentence, reading in reports:
        if reading.category is not None:
            weight = (MARKED if MATTERS.search(sentence) else 1) * reading.confidence
            counted[reading.category] = counted.get(reading.category, 0.0) + weight
    return max(counted, key=lambda category: counted[category], default=None)


def _urgency(reports: list[tuple[str, Reading]]) -> Urgency:
    is_routine = all(reading.urgency is Urgency.ROUTINE for _, reading in reports)
    return Urgency.ROUTINE if is_routine else Urgency.URGENT


def _place(reports: list[tuple[str, Reading]], category: Category | None, text: str) -> str | None:
    """Return the place that is named most fully: of the words for one spot the longest, of the matter that counts most."""
    own = [(sentence, reading) for sentence, reading in reports if reading.category is category] or reports
    places = Counter(reading.place for _, reading in own if reading.place)
    marked = [reading.place for sentence, reading in own if reading.place and MATTERS.search(sentence)]
    fuller = [place for place in places if any(spot in place for spot in marked)]
    known = [place for place in fuller or marked or places if place and place in text]
    return max(known, key=lambda place: (len(place), places[place]), default=None)
