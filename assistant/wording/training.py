"""What people read about quizzes (测验): the draft, the questions one by one, right or wrong with the clause, the results."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.events import utc
from assistant.ports import Link
from assistant.training import Paper, Question, QuestionKind, Quiz, QuizState
from assistant.training.paper import Turn
from assistant.training.results import Results

LOCAL = ZoneInfo("Asia/Shanghai")
STATES = {
    QuizState.DRAFT: "待发布",
    QuizState.RELEASED: "答题中",
    QuizState.CLOSED: "已收卷",
}
PAPER_STATES = {
    "invited": "还没答",
    "going": "答了一部分",
    "answered": "答完",
    "missed": "到时间没答完",
    "again": "错题再练中",
}
KINDS = {
    QuestionKind.NUMBER: "填数字",
    QuestionKind.PARTY: "谁来做",
    QuestionKind.CLAIM: "对不对",
    QuestionKind.WHERE: "看哪一条",
}
CLAIM_CHOICES = ("对", "错")
ASKS = {
    QuestionKind.NUMBER: "《{title}》{heading}：“{text}。”横线上应该填什么？",
    QuestionKind.PARTY: "《{title}》{heading}：“{text}。”横线上应该填谁？",
    QuestionKind.CLAIM: "《{title}》{heading}：“{text}。”这句话和文件写的一样吗？对还是错？",
    QuestionKind.WHERE: "有人问：“{text}”应该看《{title}》的哪一条？",
}
DRAFTED = (
    "{number}出好了，共{count}题。请您先看一遍，再发布：\n{questions}\n"
    "不要某一题，发“{number} 删第1题”；换一题，发“{number} 换第1题”。"
    "发布要写清给谁、答到哪天，例如“发布 {number} 给全镇网格员 {day}前”。"
)
FEWER = "只出得了{count}题：可用的条文里，合适的句子就这么多。"
NO_QUESTIONS = "没有出成题：{what}里没有合适的条文（要有数字、时限或者明确由谁来做）。换个说法，或者只发“出题 5道”。"
ANYTHING = "可用的文件"
NO_DOCUMENT = "没有找到叫“{name}”的文件。发“有哪些文件”可以看全部名字。"
SHOWN = "{number}（{state}），共{count}题{due}：\n{questions}"
DUE = "，答到{due}"
DROPPED = "第{at}题删掉了。{number}还有{count}题：\n{questions}"
SWAPPED = "第{at}题换成了：\n{question}"
NOTHING_ELSE = "换不了，没有别的题可以换了。可以删掉它：“{number} 删第{at}题”。"
NO_SUCH_QUESTION = "{number}没有第{at}题，一共{count}题。"
LAST_QUESTION = "{number}只剩这一题了，不能再删。不要这份题，不发布就行。"
SAY_WHOM = "请写清给谁、答到哪天，例如“发布 {number} 给全镇网格员 {day}前”，也可以写村名，或者写几个人的姓名。"
NOBODY = "“{audience}”里没有找到可以答题的人，没有发布。请核对姓名、村名或者身份。"
NO_SUCH_PERSON = "没有找到“{name}”，没有发布。请核对姓名。"
SEVERAL_PERSONS = "叫“{name}”的不止一个人，没有发布。请写村名，或者请管理员核对名单。"
PAST_DAY = "{day}已经过了，没有发布。请写后面的日子。"
RELEASED = "{number}发布了：{count}人，{due}前答完。看进度和成绩，发“{number} 成绩”。"
SILENT = "{names}没有绑定聊天账号，收不到，没有算在内。"
INVITED = "【答题】{who}请您答{count}道应急题（{number}），{due}前答完。现在就答，回“开始答题”；中间有事可以停，回“继续答题”接着答。"
REMINDED = "【答题提醒】{number}还有{left}题没有答，{due}前答完。回“{word}”就可以答。"
START, GO_ON = "开始答题", "继续答题"
ASKED = "第{place}题（共{of}题）{again}\n{text}"
IS_AGAIN = "，上次答错的"
HOW = "回数字就行。"
RIGHT = "答对了。"
WRONG = "答错了，应该是：{right}。"
WRONG_CLAIM = "答错了，这句话和文件写的一样。"
WRONG_CLAIM_CHANGED = "答错了，这句话和文件不一样，文件写的是“{right}”。"
RIGHT_CLAIM_CHANGED = "答对了，文件写的是“{right}”。"
BASIS = "原文：{quotes}——《{title}》{label}"
FINISHED = "答完了。{count}题答对{right}题。{again}"
COME_AGAIN = "答错的{count}题，过{days}天再请您练一次。"
ALL_RIGHT = "全对。"
FINISHED_AGAIN = "错题练完了，{count}题答对{right}题。"
PAUSED = "好，先停在这里。回“继续答题”接着答，{due}前答完就行。"
PAUSED_AGAIN = "好，先停在这里。回“继续答题”接着练。"
NOTHING_TO_ANSWER = "现在没有等您答的题。"
OVER = "这份题已经收卷了，不能再答。"
CALL_FIRST = "您有一条预警还没有办完，先办预警，题过后再答。"
REPORT_FIRST = "您刚才报的情况还没有说完，先把它说完，再答题。不报了就回“取消”。"
ANOTHER_WAITS = "还有{number}等您答，回“继续答题”。"
AGAIN = "【错题再练】{number}上次答错的{count}题，再练一次。回“继续答题”开始。"
CLOSED = "{number}收卷了。\n{results}"
ALL_DONE = "{number}都答完了，提前收卷。\n{results}"
RESULTS = "{number}（{state}）：{finished}/{asked}人答完，{mean}。"
MEAN = "平均{mean:.0f}分"
NO_MEAN = "还没有平均分"
SILENT_PEOPLE = "没答：{names}。"
HALFWAY = "没答完：{names}。"
MOST_WRONG = "错得多的题：\n{lines}"
WRONG_LINE = "第{at}题 {wrong}/{finished}人错：{text}"
NOBODY_WRONG = "答完的人没有错题。"
SCORES = "成绩：{lines}。"
SCORE = "{name}{score:.0f}分"
OWN = "您的成绩：\n{lines}"
OWN_LINE = "{number} {state}，{count}题答对{right}题"
OWN_NONE = "您还没有答过题。"
QUIZZES = "测验（最近{count}份）：\n{lines}"
QUIZ_LINE = "{number} {state}，{count}题，{day}出的{audience}"
FOR = "，给{audience}"
NO_QUIZZES = "还没有出过题。出题发“出题 5道”。"
UNKNOWN = "姓名不详"
UNKNOWN_ACT = "没看懂要做什么，请从页面上的按钮里选一个。"
SAY_LAST_DAY = "请填答到哪一天。"
MOST_LINES = 5
LONGEST = 60


def choices(question: Question) -> tuple[str, ...]:
    """Return the choices as people read them."""
    return question.choices or CLAIM_CHOICES


def asked(question: Question) -> str:
    """Return a question without its choices."""
    text = question.text.rstrip("。") if question.kind is not QuestionKind.WHERE else question.text
    title = question.citations[0].title
    return ASKS[question.kind].format(title=title, heading=question.heading, text=text)


def numbered(question: Question) -> str:
    """Return the choices, one a line."""
    return "\n".join(f"{at}. {one}" for at, one in enumerate(choices(question), 1))


def basis(question: Question) -> str:
    """Return the clause's own words, with document and number."""
    quotes = "".join(f"“{citation.quote}”" for citation in question.citations)
    last = question.citations[-1]
    return BASIS.format(quotes=quotes, title=last.title, label=last.label)


def links(question: Question) -> tuple[Link, ...]:
    """Return the clause as a tap target."""
    last = question.citations[-1]
    spans = tuple(sorted((one.start, one.end) for one in question.citations))
    return (Link(f"《{last.title}》{last.label}", question.unit, spans),)


def whole(at: int, question: Question) -> str:
    """Return a question for the trainer: with its choices, the right one marked, and the clause."""
    marked = "　".join(
        f"{number}. {one}{'（√）' if number == question.answer + 1 else ''}"
        for number, one in enumerate(choices(question), 1)
    )
    return f"{at}. {asked(question)}\n{marked}\n{basis(question)}"


def listing(questions: Sequence[Question]) -> str:
    """Return the questions for the trainer."""
    return "\n".join(whole(at, question) for at, question in enumerate(questions, 1))


def moment(at: datetime | None) -> str:
    """Return a moment as one says it: 7月10日20点."""
    local = utc(at).astimezone(LOCAL) if at is not None else None
    return f"{local.month}月{local.day}日{local.hour}点" if local is not None else ""


def drafted(quiz: Quiz, wanted: int, day: str) -> str:
    """Return a new quiz for the trainer to look at."""
    questions = quiz.asked
    text = DRAFTED.format(number=quiz.number, count=len(questions), questions=listing(questions), day=day)
    return f"{text}\n{FEWER.format(count=len(questions))}" if len(questions) < wanted else text


def shown(quiz: Quiz) -> str:
    """Return a quiz with its answers, for the trainer."""
    due = DUE.format(due=moment(quiz.due_at)) if quiz.due_at is not None else ""
    questions = quiz.asked
    return SHOWN.format(
        number=quiz.number,
        state=STATES[QuizState(quiz.state)],
        count=len(questions),
        due=due,
        questions=listing(questions),
    )


def put(question: Question, turn: Turn, *, is_again: bool) -> str:
    """Return a question to who answers it, with its choices one a line."""
    head = ASKED.format(place=turn.place, of=turn.of, again=IS_AGAIN if is_again else "", text=asked(question))
    return f"{head}\n{numbered(question)}"


def judged(question: Question, choice: int) -> str:
    """Return right or wrong, with the clause."""
    is_right = question.answer == choice
    if question.kind is QuestionKind.CLAIM:
        changed = RIGHT_CLAIM_CHANGED if is_right else WRONG_CLAIM_CHANGED
        plain = RIGHT if is_right else WRONG_CLAIM
        said = changed.format(right=question.right) if question.right else plain
    else:
        said = RIGHT if is_right else WRONG.format(right=question.choices[question.answer])
    return f"{said}\n{basis(question)}"


def finished(paper: Paper, count: int, days: int) -> str:
    """Return what somebody reads after the last question."""
    if paper.mistakes:
        again = COME_AGAIN.format(count=len(paper.mistakes), days=days)
    else:
        again = ALL_RIGHT
    return FINISHED.format(count=count, right=paper.right, again=again)


def results(quiz: Quiz, found: Results, names: Mapping[int, str], scores: Sequence[tuple[str, float]]) -> str:
    """Return the results of a quiz; scores: name and points of who has finished, the best first."""
    mean = MEAN.format(mean=found.mean) if found.mean is not None else NO_MEAN
    state = STATES[QuizState(quiz.state)]
    lines = [
        RESULTS.format(number=quiz.number, state=state, finished=found.finished, asked=found.asked, mean=mean),
    ]
    if found.silent:
        lines.append(SILENT_PEOPLE.format(names=_names(found.silent, names)))
    if found.halfway:
        lines.append(HALFWAY.format(names=_names(found.halfway, names)))
    if scores:
        shown_scores = "，".join(SCORE.format(name=name, score=score) for name, score in scores)
        lines.append(SCORES.format(lines=shown_scores))
    if found.wrong:
        lines.append(MOST_WRONG.format(lines="\n".join(_wrong_lines(quiz, found))))
    elif found.finished:
        lines.append(NOBODY_WRONG)
    return "\n".join(lines)


def _wrong_lines(quiz: Quiz, found: Results) -> list[str]:
    questions = quiz.asked
    return [
        WRONG_LINE.format(at=at, wrong=wrong, finished=found.finished, text=clipped(asked(questions[at - 1])))
        for at, wrong in found.wrong[:MOST_LINES]
    ]


def _names(people: Sequence[int], names: Mapping[int, str]) -> str:
    return "、".join(names.get(one) or UNKNOWN for one in people)


def clipped(text: str) -> str:
    """Return a text that fits on a line."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def own(papers: Sequence[tuple[Paper, int]]) -> str:
    """Return somebody's own results; with each paper how many questions it has."""
    if not papers:
        return OWN_NONE
    lines = [
        OWN_LINE.format(number=paper.quiz, state=PAPER_STATES[paper.state], count=count, right=paper.right)
        for paper, count in papers
    ]
    return OWN.format(lines="\n".join(lines))


def quizzes(rows: Sequence[Quiz], days: Mapping[str, str]) -> str:
    """Return quizzes one a line, the newest first; days: when each was made, by number."""
    if not rows:
        return NO_QUIZZES
    lines = [
        QUIZ_LINE.format(
            number=one.number,
            state=STATES[QuizState(one.state)],
            count=len(one.asked),
            day=days.get(one.number, ""),
            audience=FOR.format(audience=one.audience) if one.audience else "",
        )
        for one in rows
    ]
    return QUIZZES.format(count=len(rows), lines="\n".join(lines))
