"""The parts of a message (拆分): several hazards in one message, or a question beside a report."""

import re
from collections.abc import Iterator

from assistant.triage.read import read, read_intents
from assistant.triage.reader import Reader
from assistant.triage.reading import REPORTS, Intent, Reading, Urgency

CLAUSES = re.compile(r"[^\s,，.。;；!！?？~…]+[\s,，.。;；!！?？~…]*")
STRONG = re.compile(r"[。;；!！?？…\n]\s*$")
OPENERS = re.compile(
    r"^(?:另外|此外|还有|一(?:个|件|条|处)(?:就?是|在)(?!.{0,4}[人老娃孩婆爷奶])|再就是|再有|再一个|再者|然后(?:就是)?|对了|顺便|顺带|第[二三四]|其[二三]|[二三四两]是|[2-4２-４](?:[.、，)）]|$)|[②③④]|[二三四][、.]|哦对|噢对)"
)
"""另外，对了，第二件 open a new matter · 还有人在里头 (with a person, or a number of them) does not."""
GOES_ON = re.compile(
    r"^还有(?:人|个人|[一二两三四五六七八九十几0-9]+(?:多|来)?(?:个|户|口|家|名)(?!事|问题|隐患|地方|情况)|[老小]人|娃|孩|就?在|没)"
)
ASKED = re.compile(
    r"(?:想|要|请|先|顺便|顺带|还|再|也|帮我?|替.{0,4})问|问(?:一下|下|哈|句|声|个)|请问|请教|打听|咨询|了解一下|想(?:知道|晓得)|我就?问"
)
"""想问哈 请问 打听一下: the writer says that a question follows."""
FORM = re.compile(
    r"[?？]|[吗么不没冇未呢啵](?:[有得嘛啊呀哦]{0,2})\W*$|什么|啥|怎么|怎样|咋|如何|哪[个里些种家位]?|谁|几[个天点号时]|多少|多久|多大|是不是|能不能|可不可以|要不要|有没[有得]|算不算|归.{0,4}管"
)
RISK = re.compile(
    r"会不会|会(?:炸|塌|垮|倒|漏|着|爆|死|掉|断|烧|淹|冲)|正不?正常|(?:要不要|不?)紧|危不?险|怕不怕|有没有?得?(?:事|危险|问题)|安不?安全|咋个?[办整弄]|怎么(?:办|弄|整)|得行不|行不行|能不能(?:来|派|快|赶|帮|修|换|处理|管)|(?:什么时候|几时|啥时候|哪天)(?:来|修|弄|派|处理)|管不管|有没有人?(?:来)?管|(?:谁|哪个)来(?:管|修|看|处理)"
)
"""A risk or a call for help put as a question belongs to the report · 有没有奖励 does not."""
LEAST_ASKED, LEAST_UNASKED = 0.15, 0.4
"""Probability that a part is a question: where it says that it asks, and where it does not."""
LEAST_REPORT = 0.5
LONGEST_OPENER = 7
MOST_TRIED = 12
"""Places at which a message is tried to be parted."""


def clauses(text: str) -> list[str]:
    """Return what stands between marks and blanks, each with the marks behind it; together they are the text."""
    found = CLAUSES.findall(text)
    rest = text[: len(text) - sum(map(len, found))]
    return [rest + found[0], *found[1:]] if found else [text]


def _whole_clauses(text: str) -> list[str]:
    """Return the clauses, a bare opener (还有个事，) together with what it opens."""
    found: list[str] = []
    for clause in clauses(text):
        if found and _opens(found[-1]) and len(found[-1]) <= LONGEST_OPENER:
            found[-1] += clause
        else:
            found.append(clause)
    return found


def report_and_question(text: str, reader: Reader) -> tuple[str, str]:
    """Return the part of a message that reports and the part that asks; an empty string for what there is not.

    A message that is one thing only comes back whole.
    """
    best = max(_tried(text, reader), key=lambda tried: tried[0], default=None)
    if best is not None:
        return best[1], best[2]
    is_report = read(text, reader).is_report
    return (text, "") if is_report else ("", text)


def _tried(text: str, reader: Reader) -> Iterator[tuple[float, str, str]]:
    """Return the ways to part a message: how likely, the report, the question."""
    own = _whole_clauses(text)
    borders = [place for place in range(1, len(own)) if _may_part(own[place - 1], own[place])]
    for place in borders[-MOST_TRIED:]:
        before, after = "".join(own[:place]), "".join(own[place:])
        for report, question in ((before, after), (after, before)):
            likely = _is_question(question, reader) * _is_report(report, reader)
            if likely:
                yield likely, report, question


def _may_part(before: str, after: str) -> bool:
    return bool(STRONG.search(before) or _opens(after) or ASKED.search(after[:6]) or FORM.search(after))


def _is_question(part: str, reader: Reader) -> float:
    if not FORM.search(part) or RISK.search(part):
        return 0.0
    intents = read_intents(_unopened(part), reader)
    is_asked = ASKED.search(part) is not None
    share = intents[Intent.QUESTION]
    return (share + is_asked) if share >= (LEAST_ASKED if is_asked else LEAST_UNASKED) else 0.0


def _is_report(part: str, reader: Reader) -> float:
    if ASKED.search(part) and FORM.search(part):
        return 0.0
    share = sum(share for intent, share in read_intents(part, reader).items() if intent in REPORTS)
    return share if share >= LEAST_REPORT else 0.0


def read_all(text: str, reader: Reader) -> tuple[Reading, ...]:
    """Return a reading for each matter of a message, gravest first; mostly there is one, that of the whole.

    Parts that are no report of their own are read with the one before them; a question stands by itself.
    """
    whole = read(text, reader)
    report, question = report_and_question(text, reader)
    if not report:
        return (whole,)
    matters = (
        [read(_unopened(part), reader) for part in _matters(report, reader)] if question or _opens_any(report) else []
    )
    reports = [matter for matter in matters if matter.is_report]
    if not question and len(reports) < 2:
        return (whole,)
    if whole.is_emergency and not any(one.is_emergency for one in reports):
        # nothing becomes harmless by being cut
        reports = [whole]
    found = reports or [read(report, reader)]
    if question:
        found.append(read(_unopened(question), reader))
    return tuple(sorted(found, key=_gravity))


def _opens(clause: str) -> bool:
    return OPENERS.match(clause) is not None and GOES_ON.match(clause) is None


def _unopened(part: str) -> str:
    """Return a part without the words that open it: 另外河边护栏断了 → 河边护栏断了."""
    opener = OPENERS.match(part)
    return part[opener.end() :].lstrip(" ，,、：:") or part if opener and _opens(part) else part


def _opens_any(text: str) -> bool:
    return any(_opens(clause) for clause in _whole_clauses(text)[1:]) or "\n" in text.strip()


def _matters(text: str, reader: Reader) -> list[str]:
    """Return the stretches of a message that begin with an opener or on a new line and are reports of their own."""
    found: list[str] = []
    is_new = True
    for clause in _whole_clauses(text):
        if found and not (is_new or _opens(clause)):
            found[-1] += clause
        else:
            found.append(clause)
        is_new = "\n" in clause
    together: list[str] = []
    for part in found:
        if together and not _is_report(part, reader):
            together[-1] += part
        else:
            together.append(part)
    return together


def _gravity(reading: Reading) -> int:
    if reading.urgency is None:
        return len(Urgency)
    return list(Urgency).index(reading.urgency)
