"""What an answer is made of."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.citations import Citation
from assistant.documents import Level
from assistant.search.explanations import Explanation


class Asker(StrEnum):
    """Who asks."""

    CADRE = "cadre"  # 干部
    VILLAGER = "villager"  # 村民
    TRAINER = "trainer"  # 教员


class Decision(StrEnum):
    """How sure the answer is."""

    ANSWER = "answer"  # 直接规定
    NEAREST = "nearest"  # 没有直接规定，最接近的
    REFUSED = "refused"  # 没有查到


class Reason(StrEnum):
    """Why a question was not answered, or was answered with a remark."""

    NOTHING_NEAR = "nothing_near"
    UNSURE = "unsure"
    NO_SUCH_CLAUSE = "no_such_clause"
    NOT_HELD = "not_held"
    NO_SUCH_WORD = "no_such_word"  # asks whether a word is used, and it is not
    ONLY_REPEALED = "only_repealed"
    OTHER_PLACE = "other_place"  # asks for a province of which nothing is held
    OTHER_LAW = "other_law"  # asks for a law that is not held
    NO_AMOUNT = "no_amount"  # asks for a number that no clause holds
    AMOUNTS_DIFFER = "amounts_differ"  # answered, with different numbers for different levels


@dataclass(frozen=True, slots=True)
class Request:
    """A question with what is known of its asker."""

    question: str
    region: str
    asker: Asker
    on: date
    context: tuple[str, ...] = ()
    """Units cited last, for 上一条, 全文 and numbers without a document."""
    last: str = ""
    """The question before, as it was understood; a follow-up (那北京呢) goes on from it."""
    asked: str = ""
    """Of a follow-up, what it asks by itself (钱谁出); empty where the whole question is searched for."""
    behind: str = ""
    """Of such a follow-up, the topic that it goes on from."""
    weight: float = 0.0
    """And how much the topic counts beside what is asked."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The quotes of one clause."""

    unit: str
    title: str
    """The document's short title."""
    label: str
    heading: str
    """The clause's own title; empty where it has none."""
    citations: tuple[Citation, ...]
    is_basis: bool
    """上位依据: a higher level's clause below the asker's own."""
    is_shortened: bool
    """Sentences of the clause were left out."""
    is_sample: bool
    is_unchecked: bool
    is_repealed: bool
    """The document is not in force on the day of the question."""


class Standing(StrEnum):
    """How far a party's documents speak of the matter that is compared."""

    SAYS = "says"
    NEAR = "near"
    NOTHING = "nothing"


class Measure(StrEnum):
    """What a number in a clause counts."""

    PEOPLE = "people"
    RATE = "rate"  # 每年1次
    TIME = "time"
    MONEY = "money"


class Verdict(StrEnum):
    """What two numbers on the same thing say of each other."""

    SAME = "same"
    STRICTER = "stricter"
    MEETS = "meets"  # 22人, where 不少于15人 is asked
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Party:
    """One place's part in a comparison."""

    region: str
    level: Level
    standing: Standing
    passages: tuple[Passage, ...]
    figures: tuple[Citation, ...]
    """Stretches of the quotes that hold a number on the matter."""
    without: Measure | None
    """What the others count and none of this place's documents does."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Numbers on the same thing, compared."""

    verdict: Verdict
    subject: str
    """What is counted, as printed: 综合演练."""
    regions: tuple[str, ...]
    """SAME: all of them; STRICTER, MEETS, SHORT: the place that is so, first, then the place that it is held against."""
    numbers: tuple[str, ...]
    """As printed, of each of `regions`: 22人, 不少于15人."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence of one party to which nothing in the documents of others corresponds."""

    region: str
    citation: Citation
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What several places' documents say on one matter, highest level first."""

    matter: str
    """Empty where the question named none; then the numbers of all clauses are compared."""
    parties: tuple[Party, ...]
    rulings: tuple[Ruling, ...]
    differences: tuple[Difference, ...]
    not_held: tuple[str, ...]
    """Places asked for without a document in the corpus."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A question's passages, best first, the basis at the end."""

    question: str
    decision: Decision
    passages: tuple[Passage, ...]
    ranked: tuple[str, ...]
    """Unit ids of clauses, best first, at most ten, filled whatever the decision."""
    reason: Reason | None = None
    missing: tuple[tuple[str, str], ...] = ()
    """(document's title or "", number) of clauses that were asked for and do not exist, or whose document is not held;
    (word, titles of others that hold it) of a word that is not used."""
    topic: str = ""
    """What a follow-up goes on from: the whole question, or the title of the clause that it names by number."""
    is_follow_up: bool = False
    """`question` is what a short message meant after the question before it."""
    within: tuple[str, ...] = ()
    """Short titles of another place's documents that were searched instead of the asker's own."""
    elsewhere: str = ""
    """The province or law that is not held, where that is the reason."""
    comparison: Comparison | None = None
    """Where the question asked to compare; the passages are those of its parties."""
    explanations: tuple[Explanation, ...] = ()
    """What the first passage means in plain words: at most one for a question; an aid, no citation."""
