"""An answer as the text of a message, and its citations as links."""

from assistant.answers import Answer, Decision, Passage, Reason
from assistant.clauses.units import plain
from assistant.documents import Document, Level
from assistant.ports import Link
from assistant.search.explanations import Explanation
from assistant.wording.comparison import comparison_text

NEAREST = "文件没有直接规定，最接近的是："
REFUSED = "在{where}里没有查到这件事的规定。"
OWN = "您所在地区适用的文件"
MAYBE = "可能相关、但不是答案的条款："
NO_CLAUSE = "{title}没有{number}，请核对条款号。"
NOT_HELD = "资料库里没有收录《{title}》，没法引用它的{number}。请查原文，或换个问法问本地的规定。"
NO_WORD = "{where}里逐字查过，没有“{word}”这个说法。"
WORD_ELSEWHERE = "资料库里有这个说法的是：{titles}。"
ONLY_REPEALED = "现行文件没有直接规定，只有已经失效的文件提到过："
REPEALED = "（已失效）"
BASIS = "上位依据："
SHORTENED = "（节录，回复“全文”看整条）"
SAMPLE = "（示例文件，仅供试用）"
UNCHECKED = "（扫描识别，未经校对）"
GAP = "……"
OTHER_PLACE = "资料库里没有{elsewhere}的文件，没法回答那里的规定。"
OTHER_LAW = "资料库里没有收录“{elsewhere}”，没法引用它的规定。请查那部法律的原文。"
NO_AMOUNT = "文件里没有写这个具体数字。"
AMOUNTS_DIFFER = "不同级别的数字不一样，请对照您那一级："
CLOSEST = "最接近的是："
EXPLANATION = "通俗解释·{matter}（不是文件原文，{day:%Y年%-m月%-d日}{by}）："
RESTS_ON = "依据{label}。"
OPENINGS = {
    Reason.UNSURE: NEAREST,
    Reason.ONLY_REPEALED: ONLY_REPEALED,
    Reason.AMOUNTS_DIFFER: AMOUNTS_DIFFER,
    Reason.OTHER_PLACE: OTHER_PLACE + CLOSEST,
    Reason.OTHER_LAW: OTHER_LAW + CLOSEST,
    Reason.NO_AMOUNT: NO_AMOUNT + CLOSEST,
}
REFUSALS = {Reason.OTHER_PLACE: OTHER_PLACE, Reason.OTHER_LAW: OTHER_LAW}
"""What stands before the names of clauses that may be related."""
LEVELS = {
    Level.CENTRAL: "中央",
    Level.PROVINCE: "省级",
    Level.CITY: "市州级",
    Level.COUNTY: "县级",
    Level.TOWNSHIP: "乡镇级",
    Level.VILLAGE: "村级",
}


def answer_text(answer: Answer) -> str:
    """Return the answer as a person reads it: the quotes, each under document and clause number."""
    if answer.comparison is not None:
        return comparison_text(answer.comparison, _passage, is_unsure=answer.decision is not Decision.ANSWER)
    if answer.reason is Reason.NO_SUCH_CLAUSE:
        return "\n".join(NO_CLAUSE.format(title=f"《{t}》" if t else "适用的文件", number=n) for t, n in answer.missing)
    if answer.reason is Reason.NOT_HELD:
        return "\n".join(NOT_HELD.format(title=title, number=number) for title, number in answer.missing)
    if answer.reason is Reason.NO_SUCH_WORD:
        return _without_word(answer)
    if answer.decision is Decision.REFUSED:
        return _refused(answer)
    opening = [OPENINGS[answer.reason].format(elsewhere=answer.elsewhere)] if answer.reason in OPENINGS else []
    own = [_passage(passage) for passage in answer.passages if not passage.is_basis]
    basis = [_passage(passage) for passage in answer.passages if passage.is_basis]
    plainly = [_plainly(explanation, answer.passages[0]) for explanation in answer.explanations]
    return "\n\n".join([*opening, *own, *([BASIS + "\n" + "\n\n".join(basis)] if basis else []), *plainly])


def _plainly(explanation: Explanation, passage: Passage) -> str:
    """Return an explanation of a passage, marked as such, dated and with its source."""
    opening = EXPLANATION.format(matter=explanation.matter, day=explanation.reviewed, by=explanation.reviewed_by)
    return f"{opening}\n{explanation.text}\n{RESTS_ON.format(label=label(passage))}"


def _without_word(answer: Answer) -> str:
    where = "、".join(f"《{_short(title)}》" for title in answer.within) or OWN
    said = [NO_WORD.format(where=where, word=word) for word, _ in answer.missing]
    return "".join(said + [WORD_ELSEWHERE.format(titles=titles) for _, titles in answer.missing if titles])


def _refused(answer: Answer) -> str:
    nearby = "\n".join(_named(passage) for passage in answer.passages)
    why = REFUSALS.get(answer.reason, REFUSED) if answer.reason else REFUSED
    where = "、".join(f"《{_short(title)}》" for title in answer.within) or OWN
    return why.format(elsewhere=answer.elsewhere, where=where) + (f"\n{MAYBE}\n{nearby}" if nearby else "")


def _passage(passage: Passage) -> str:
    if not passage.citations:
        return _named(passage)
    quote = GAP.join(readable(citation.quote) for citation in passage.citations)
    remarks = (
        (SHORTENED, passage.is_shortened),
        (SAMPLE, passage.is_sample),
        (UNCHECKED, passage.is_unchecked),
        (REPEALED, passage.is_repealed),
    )
    return f"{_named(passage)}\n{quote}{''.join(remark for remark, holds in remarks if holds)}"


def readable(quote: str) -> str:
    """Return a quote as chat shows it: the same words, without Markdown marks and empty lines, cells apart by ｜."""
    return "\n".join(_cells(line) if line.startswith("|") else line for line in plain(quote).split("\n"))


def _cells(row: str) -> str:
    return "｜".join(cell.strip() for cell in row.strip("|").split("|"))


def _named(passage: Passage) -> str:
    return f"{label(passage)}{passage.heading}"


def label(passage: Passage) -> str:
    """Return how a message cites a clause: 《云南实施意见》（十七）."""
    return f"《{_short(passage.title)}》{passage.label}"


def _short(title: str) -> str:
    return title.removesuffix("（示例）")


def links(answer: Answer) -> tuple[Link, ...]:
    """Return one link per cited clause, in the order of the text."""
    return tuple(
        Link(label(passage), passage.unit, tuple((c.start, c.end) for c in passage.citations))
        for passage in answer.passages
    )


def source_text(document: Document) -> str:
    """Return where a document comes from (出处), as a message."""
    facts = [
        f"《{document.title}》",
        document.number,
        f"发文机关：{document.issuer}" if document.issuer else "",
        f"级别：{LEVELS[document.level]}{'（' + document.region + '）' if document.region else ''}",
        f"发布：{document.issued:%Y年%-m月%-d日}" if document.issued else "",
        f"来源：{document.source}" if document.source else "",
        "这是示例文件，仅供试用。" if document.sample else "",
        "文字由扫描件识别，未经校对。" if document.unchecked else "",
    ]
    return "\n".join(fact for fact in facts if fact)
