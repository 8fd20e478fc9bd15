"""Follow-ups (追问): what a short message means after the question before it: 那北京呢, 多久一次, 钱谁出."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.amounts import LEVELS
from assistant.documents import Catalogue, Document
from assistant.search.exact import CENTRE, documents_named, places_of, without_names
from assistant.search.terms import fold

LONGEST = 18
"""Characters of a follow-up, without punctuation; longer messages say themselves what they are about."""
REPLACED = 6
"""Characters that are left of a message that asks the same of something else (那不会用手机的呢)."""
BEHIND = ((2, 1.0), (4, 0.4), (7, 0.1), (LONGEST, 0.05))
"""How much the question before counts, by the characters that are left once the words that only ask are taken out."""
POINTED = 0.6
"""How much it counts at least where a word points back (那, 它, 这个)."""
ASKING = re.compile(
    r"多少个?|几[个次回名年天]?|多久|多长时间|一[次回年]|谁来?|哪[个些里儿]?|什么时候|什么|啥|怎么[办样做]?|咋[个样办]?|如何|为什么|为啥"
    r"|是不是|有没[有得]?|要不要|能不能|可不可以|该不该|行不行|是否|是什么|负责|组织|规定|牵头|[吗呢吧啊呀嘛么呐要得有能可以该是的了由来去给把在做办管说讲写出从也都还又再就只]"
)
POINTING = re.compile(
    r"^(?:那么?|还有|另外|要是|如果|然后)|它们?|这[个些种事件块]?|那[个些种边]|他们|她们|其中|上面说的|前面说的|刚才[说问]的"
)
"""那北京呢, 这个谁管 · near miss: 那曲, whose 那 begins a name; too long to be a follow-up"""
SAME = re.compile(
    r"(?:的?[呢嘞捏咧喃哩]|是?(?:怎么|咋个?)(?:说|规定|写|讲)|也一样|一样吗|是怎样|什么情况)[的滴吗呢呐]*$"
)
"""The follow-up asks the same of something else: 那县里呢."""
MATTER = re.compile(
    r"山洪|洪水|大水|涨水|地震|着火|起火|失火|火灾|山火|滑坡|泥石流|塌|台风|暴雨|雷|冰雹|干旱|大雪|燃气|煤气|触电|溺水|中毒|爆炸|危房|水库"
)
"""A message that names such a thing begins a new topic, unless it asks the same of it (那地震呢)."""
ASIDE = re.compile(
    r"(?:多少|几)(?:个?人|名|次|回|天|年|小时|分钟|块?钱)|多久(?:一次|一回)?|一年[要得]?|频次|人数|时限"
    r"|(?:由?谁|哪[个些里儿]|什么时候|什么|啥|怎么[办样]?|咋[个样]?|如何|为什么|为啥|有没有|能不能|是不是|吗|呢|嘛)"
)
"""What only asks: 几个人, 怎么."""
HELD = re.compile(r"有(?:没有?)?(?:这[一个]?条|写|规定|要求)?[吗没]?$")
"""Asks whether another document has the same: 云南意见里有没有."""
SOURCE = re.compile(r"文件|意见|预案|方案|里面?|中|那[边份]|的|上")
"""What is said of a document besides its name: 中央文件里."""
DOCUMENT = re.compile(r"^(?:的?(?:实施意见|意见|文件|规定|预案|方案)(?:里面?|中|上)?|的)[，,：: ]*")
"""What is left of 云南的实施意见里， once the place is taken out."""
GRADE = re.compile(r"[ⅠⅡⅢⅣⅤ一二三四五1-5]级")
ENDING = re.compile(r"[?？。！!，,、 ]+$")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a follow-up means."""

    question: str
    """The whole question."""
    documents: tuple[Document, ...] = ()
    """Where the same is asked of other documents (那北京呢), these."""
    matter: str = ""
    """Then also what it is asked of them: the question before, without the documents that it named."""
    asked: str = ""
    """Where the message asks something else of the same topic (钱谁出), what it asks."""
    behind: str = ""
    """Then also the topic."""
    weight: float = 0.0
    """And how much the topic counts beside what is asked."""


def resolve(question: str, last: str, catalogue: Catalogue, region: str) -> FollowUp | None:
    """Return what a follow-up means after the question `last`; None where it stands for itself.

    question, last: in simplified characters; last is empty where nothing was asked before.
    """
    asked = fold(question).replace(" ", "")
    if not last or not asked or len(asked) > LONGEST:
        return None
    named = documents_named(question, catalogue, region)
    pointed = POINTING.sub("", asked)
    left = len(ASKING.sub("", _without_levels(_without_names(pointed, named))))
    if MATTER.search(asked) and not SAME.search(asked):
        return None
    if named and len(SOURCE.sub("", SAME.sub("", HELD.sub("", _without_names(pointed, named))))) == 0:
        before = DOCUMENT.sub("", _without_names(last, documents_named(last, catalogue, region)))
        # a comma, or 北京 before 县里 would be no province any more
        return FollowUp(f"{SAME.sub('', pointed)}，{before or last}", tuple(named), before or last)
    if SAME.search(asked) and left <= REPLACED:
        return FollowUp(_replaced(SAME.sub("", pointed), last))
    return _about(topic(last), question, left)


def _about(before: str, question: str, left: int) -> FollowUp:
    """Return a message that asks something else of the topic before."""
    asked = POINTING.sub("", question)
    weight = next(weight for most, weight in BEHIND if left <= most)
    weight = max(weight, POINTED) if asked != question else weight
    return FollowUp(f"{before}，{asked}", asked=asked, behind=before, weight=weight)


def _replaced(subject: str, last: str) -> str:
    """Return the last question, asked of another subject: 县里救援队要几个人 for 县里 after 乡上救援队要几个人."""
    if _without_levels(subject) != subject:
        return subject + _without_levels(last)
    if GRADE.fullmatch(subject) and GRADE.search(last):
        return GRADE.sub(subject, last)
    return subject + last


def _without_names(text: str, named: Sequence[Document]) -> str:
    """Return a text without the names of documents and of their places."""
    text = without_names(text, named)
    places = {place for document in named for place in (places_of(document.region) if document.region else CENTRE)}
    for place in sorted(places, key=len, reverse=True):
        text = text.replace(place, "")
    return text


def topic(question: str) -> str:
    """Return what a question is about, without the words that only ask: 乡上救援队 for 乡上救援队要几个人."""
    about = re.sub(r"[要有得能会该在了的由，：]+$", "", ASIDE.sub("", ENDING.sub("", question)))
    return about or question


def _without_levels(text: str) -> str:
    for _, pattern in LEVELS:
        text = re.sub(rf"(?:我们|咱们?)?(?:{pattern.pattern})(?:里|上|头|级|这边|那边)?", "", text)
    return text
