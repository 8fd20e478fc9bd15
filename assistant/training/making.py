"""Making a quiz (出题): questions by rule from clauses, each verified; the same seed makes the same quiz."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from assistant.citations import verify
from assistant.clauses import Outline
from assistant.documents import Document
from assistant.training.material import Passage, Titled, grams, is_cut, likeness, passages, titled
from assistant.training.numbers import SIZE, Number, find_numbers, window
from assistant.training.parties import OPENING, Party, find_parties, others
from assistant.training.question import BLANK, Question, QuestionKind

ALIKE = 0.5
"""From this likeness on two passages speak of the same matter."""
OBVIOUS = 0.34
"""A title that shares more with a question, or a question with a title, gives the answer away."""
COVERED, FOREIGN = 0.55, 0.3
"""Which share of a question's words its own clause must hold at least, and another one at most."""
NUMBERED = re.compile(r"第?[（(]?[\d一二三四五六七八九十]+[）)]?[条款项]")
"""A question that names the clause by its number (第16条对…) gives the answer away."""
WORDY = (8, 34)
"""Characters of a question that somebody asks."""
MIX = (QuestionKind.NUMBER, QuestionKind.PARTY, QuestionKind.NUMBER, QuestionKind.CLAIM, QuestionKind.WHERE)
"""The kinds in turn, so that a quiz of five has each."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What one quiz may be made from."""

    passages: tuple[Passage, ...]
    """All of its documents: a wrong answer must be right nowhere in them."""
    chosen: tuple[Passage, ...]
    """Those of which something is asked."""
    parties: Mapping[str, tuple[str, ...]]
    """The doers that a document names, by document id."""
    titled: Mapping[str, tuple[Titled, ...]]
    asked: Mapping[str, tuple[str, ...]]
    """How people ask for a clause, by unit id."""
    outlines: Mapping[str, Outline]
    documents: Mapping[str, Document]


def gather(
    documents: Sequence[Document], outlines: Mapping[str, Outline], asked: Mapping[str, tuple[str, ...]]
) -> Stock:
    """Return what can be asked of some documents."""
    found = tuple(passages(documents, outlines))
    parties: dict[str, dict[str, None]] = {}
    for passage in found:
        parties.setdefault(passage.document, {}).update({one.printed: None for one in find_parties(passage.text)})
    clauses = {document.id: tuple(titled(document, outlines[document.id])) for document in documents}
    by_id = {document.id: document for document in documents}
    return Stock(found, found, {key: tuple(names) for key, names in parties.items()}, clauses, asked, outlines, by_id)


def about(stock: Stock, topic: str) -> Stock:
    """Return what a stock holds on a topic, by the words of sentence, heading or question; all of it for no topic."""
    if not topic:
        return stock
    chosen = tuple(one for one in stock.passages if topic in f"{one.heading}{one.lead}{one.text}")
    headings = {one.unit for clauses in stock.titled.values() for one in clauses if topic in one.title}
    asked = {
        unit: tuple(one for one in questions if topic in one or unit in headings)
        for unit, questions in stock.asked.items()
    }
    return replace(stock, chosen=chosen, asked=asked)


def draw(stock: Stock, count: int, seed: int, *, but: Iterable[str] = ()) -> tuple[Question, ...]:
    """Return up to `count` questions of mixed kinds from different sentences.

    but: quoted words of which nothing is asked: those of questions that were dropped or stand in the quiz already.
    """
    random = Random(seed)  # noqa: S311  (the same seed makes the same quiz)
    used, found = set(but), list[Question]()
    supply = {kind: _supply(kind, stock, random) for kind in dict.fromkeys(MIX)}
    turn = seed
    while len(found) < count and supply:
        kind = MIX[turn % len(MIX)]
        turn += 1
        question = next((one for one in supply.get(kind, iter(())) if not _is_used(one, used)), None)
        if question is None:
            supply.pop(kind, None)
            continue
        used.add(question.source)
        found.append(verified(question, stock))
    return tuple(found)


def verified(question: Question, stock: Stock) -> Question:
    """Return a question of which every citation stands in the stored source; raises QuoteMismatch."""
    for citation in question.citations:
        verify(citation, stock.documents, stock.outlines)
    return question


def _is_used(question: Question, used: Iterable[str]) -> bool:
    bag = grams(question.source)
    return any(question.source == one or likeness(bag, grams(one)) > ALIKE for one in used)


def _supply(kind: QuestionKind, stock: Stock, random: Random) -> Iterator[Question]:
    """Yield every question of a kind, in an order that the seed decides."""
    own = Random(random.random())  # noqa: S311  (drawn from the seed)
    if kind is QuestionKind.WHERE:
        yield from _wheres(stock, own)
        return
    shuffled = list(stock.chosen)
    own.shuffle(shuffled)
    for passage in shuffled:
        blanks = _blanks(passage)
        if kind is QuestionKind.NUMBER:
            blanks = [one for one in blanks if isinstance(one, Number)]
        elif kind is QuestionKind.PARTY:
            blanks = [one for one in blanks if isinstance(one, Party)]
        if blanks:
            made = _asked(kind, passage, own.choice(blanks), stock, own)
            if made is not None:
                yield made


def _blanks(passage: Passage) -> list[Number | Party]:
    numbers = find_numbers(passage.text)
    return [*numbers, *(() if is_cut(passage.text) else find_parties(passage.text))]


def _asked(
    kind: QuestionKind, passage: Passage, blank: Number | Party, stock: Stock, random: Random
) -> Question | None:
    choices = _numbers(blank, passage, stock, random) if isinstance(blank, Number) else ()
    if isinstance(blank, Party):
        choices = _parties(blank, passage, stock, random)
    if len(choices) < SIZE - 1:
        return None
    if kind is QuestionKind.CLAIM:
        return _claim(passage, blank, choices, random)
    text = _filled(passage, blank, BLANK)
    return Question(kind, text, choices, choices.index(blank.printed), passage.citations, passage.heading)


def _claim(passage: Passage, blank: Number | Party, choices: tuple[str, ...], random: Random) -> Question:
    is_right = random.random() < 0.5
    wrong = random.choice([one for one in choices if one != blank.printed])
    text = _filled(passage, blank, blank.printed if is_right else wrong)
    right = "" if is_right else blank.printed
    return Question(QuestionKind.CLAIM, text, (), int(not is_right), passage.citations, passage.heading, right)


def _filled(passage: Passage, blank: Number | Party, words: str) -> str:
    text = passage.text
    if not is_cut(text):
        return f"{passage.lead}{text[: blank.start]}{words}{text[blank.end :]}"
    first = max(text.rfind(mark, 0, blank.start) for mark in "，；") + 1
    after = [at for mark in "，；" if (at := text.find(mark, blank.end)) >= 0]
    part = f"{text[first : blank.start]}{words}{text[blank.end : min(after, default=len(text))]}"
    opening = OPENING.match(text)
    return f"{opening['who']}……{part}" if opening is not None and first else part


def _numbers(blank: Number, passage: Passage, stock: Stock, random: Random) -> tuple[str, ...]:
    """Return the right number among others; one that stands in a passage on the same matter is no wrong answer."""
    alike = [one.text for one in stock.passages if one is not passage and likeness(one.grams, passage.grams) >= ALIKE]
    said = " ".join([*alike, passage.lead, passage.text])
    kept = tuple(one for one in blank.ladder if one == blank.printed or not _stands_in(one, said))
    if len(kept) < SIZE:
        return ()
    return window(Number(blank.start, blank.end, blank.printed, kept), random)


def _stands_in(number: str, text: str) -> bool:
    at = text.find(number)
    while at > 0 and text[at - 1].isdigit():
        at = text.find(number, at + 1)
    return at >= 0


def _parties(blank: Party, passage: Passage, stock: Stock, random: Random) -> tuple[str, ...]:
    """Return the right doer among others of the document; one who does the same elsewhere is no wrong answer."""
    whole = f"{passage.lead}{passage.text}"
    alike = [one.text for one in stock.passages if one is not passage and likeness(one.grams, passage.grams) >= ALIKE]
    known = others(blank.printed, stock.parties[passage.document], whole)
    free = [one for one in known if not any(one in text for text in alike)]
    chosen = _apart(blank.printed, random.sample(free, len(free)))[: SIZE - 1]
    if len(chosen) < SIZE - 1:
        return ()
    choices = [blank.printed, *chosen]
    random.shuffle(choices)
    return tuple(choices)


def _apart(right: str, wrong: Iterable[str]) -> list[str]:
    """Return those of which none is part of another, and none tells itself by its length."""
    found: list[str] = []
    for one in sorted(wrong, key=lambda name: abs(len(name) - len(right)) > 2):
        if not any(one in other or other in one for other in found):
            found.append(one)
    return found


def _wheres(stock: Stock, random: Random) -> Iterator[Question]:
    """Yield which clause answers what people ask."""
    asked = [
        (document_id, clause, question)
        for document_id, clauses in stock.titled.items()
        for clause in clauses
        for question in stock.asked.get(clause.unit, ())
        if WORDY[0] <= len(question) <= WORDY[1] and not NUMBERED.search(question)
    ]
    random.shuffle(asked)
    for document_id, clause, question in asked:
        made = _where(question, clause, stock.titled[document_id], random)
        if made is not None:
            yield made


def _where(question: str, right: Titled, clauses: Sequence[Titled], random: Random) -> Question | None:
    words = grams(question)
    title = grams(right.title)
    is_told = max(_share(words, title), _share(title, words)) > OBVIOUS
    if len(words) < SIZE or is_told or _share(words, grams(right.plain)) < COVERED:
        return None
    bags = [(one, grams(one.plain)) for one in clauses if one.unit != right.unit]
    foreign = [one for one, bag in bags if _share(words, bag | grams(one.title)) <= FOREIGN]
    near = [one for one in foreign if abs(len(one.title) - len(right.title)) <= max(3, len(right.title) // 2)]
    if len(near) < SIZE - 1 or len(foreign) < len(bags):
        return None
    chosen = [right, *random.sample(near, SIZE - 1)]
    random.shuffle(chosen)
    best = max(right.citations, key=lambda citation: _share(words, grams(citation.quote)))
    choices = tuple(one.heading for one in chosen)
    return Question(QuestionKind.WHERE, question, choices, chosen.index(right), (best,))


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part & whole) / max(1, len(part))
