"""Quizzes at the desk (测验): made from clauses, looked through, released to named people, and their results."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from assistant.desk import quizdue, quiztaking, quizview
from assistant.desk.acting import called, staff
from assistant.desk.quizwords import LETTER, OF_ANYBODY, Order, Wish, read_order
from assistant.desk.scene import Scene, Spoken, says
from assistant.documents import Document
from assistant.duty.days import when_in
from assistant.errors import BadInput, SeveralPersons, UnknownPerson
from assistant.hazards.moments import day, utc
from assistant.people import Person, Role
from assistant.permissions import TrainingAction
from assistant.rules import Rules
from assistant.search.exact import local_names, names_of
from assistant.store import Work
from assistant.store import training as stored
from assistant.store.drills import villages
from assistant.store.duty import person_named
from assistant.training import Paper, Quiz, paper
from assistant.training import quiz as quizzes
from assistant.training.making import Stock, about, draw
from assistant.wording import explain
from assistant.wording import training as words
from assistant.wording.drills import place as own_name
from assistant.wording.drills import shown as day_words
from assistant.wording.terms import ROLES

LOCAL = ZoneInfo("Asia/Shanghai")
MOST, COUNT = "quiz.most", 5
EVERYBODY = ("全体", "所有人", "全员", "干部", "工作人员", "大家")


def attend(scene: Scene) -> Spoken | None:
    """Take what is said of quizzes; None where the message is for somebody else."""
    text = scene.heard.text.removeprefix("/")
    letter = LETTER.match(text.strip())
    if letter and scene.talk.prompt is not None and quiztaking.is_quiz(scene.talk):
        return _lettered(scene, "ABCD".index(letter["letter"].upper()) + 1)
    order = read_order(text)
    if order is None:
        return None
    if order.wish in OF_ANYBODY:
        return _of_anybody(scene, order)
    if scene.heard.reading.danger is not None:
        return None
    if not quizview.regions(scene.work, scene.person, TrainingAction.RESULTS):
        return None
    try:
        return says(scene.talk, _obey(scene, order))
    except BadInput as error:
        return says(scene.talk, explain(error))


def is_meant(scene: Scene) -> bool:
    """Say whether the words are those with which somebody begins, stops or goes on (继续答题), whatever they resemble."""
    order = read_order(scene.heard.text.removeprefix("/"))
    if order is None or order.wish not in OF_ANYBODY:
        return False
    if order.wish is Wish.STOP:
        return quiztaking.is_quiz(scene.talk)
    return bool(stored.own_papers(scene.work.session, scene.person.id or 0))


def _lettered(scene: Scene, number: int) -> Spoken | None:
    prompt = scene.talk.prompt
    if prompt is None or number > len(prompt.options):
        return None
    return quiztaking.choose(scene, number, prompt)


def _of_anybody(scene: Scene, order: Order) -> Spoken | None:
    if order.wish is Wish.GO:
        return quiztaking.go(scene)
    if order.wish is Wish.STOP:
        return quiztaking.stop(scene)
    return says(scene.talk, quizview.own(scene.work, scene.person))


def _obey(scene: Scene, order: Order) -> str:
    work, person = scene.work, scene.person
    if order.wish is Wish.LIST:
        return quizview.listed(work, person)
    if order.wish is Wish.MAKE:
        return _make(scene, order)
    if order.wish is Wish.RESULTS:
        rows = [] if order.number else quizview.seen(work, person)
        if not order.number and not rows:
            return words.NO_QUIZZES
        return quizview.in_words(quizview.view(work, person, order.number or rows[0].number))
    quiz = stored.quiz(work, order.number)
    quizview.require(work, person, TrainingAction.QUIZ, quiz.region)
    if order.wish is Wish.SHOW:
        return words.shown(quiz)
    if order.wish is Wish.RELEASE:
        return _release(scene, quiz, order.rest)
    return _amend(scene, quiz, order)


def _make(scene: Scene, order: Order) -> str:
    """Draw questions from the documents of the trainer's place, and show them before anybody else sees them."""
    work, today = scene.work, day(scene.now)
    region = quizview.regions(work, scene.person, TrainingAction.QUIZ)[0]
    most = int(scene.rules.find(MOST, region, today).value)
    count = min(order.count or COUNT, most)
    named = _named(scene, order.document, region) if order.document else None
    if order.document and named is None:
        return words.NO_DOCUMENT.format(name=order.document)
    quiz = Quiz(number=work.next_number(stored.QUIZ))
    seed = int(quiz.number.removeprefix(stored.QUIZ).replace("-", ""))
    wanted = named.id if named is not None else ""
    questions = draw(_stock(scene, region, wanted, order.topic), count, seed)
    if not questions:
        what = f"《{named.short_title}》" if named is not None else words.ANYTHING
        return words.NO_QUESTIONS.format(what=f"{what}“{order.topic}”" if order.topic else what)
    told = {"topic": order.topic, "wanted": wanted, "seed": seed}
    fact = quizzes.draft(region, scene.person.id or 0, questions, told)
    work.append(quiz, fact, staff(work, scene.person))
    return words.drafted(quiz, count, _example(scene, region))


def _stock(scene: Scene, region: str, wanted: str, topic: str) -> Stock:
    held = scene.knowledge.held(region, day(scene.now))
    chosen = [one for one in scene.knowledge.documents() if one.id == wanted] if wanted else held
    return about(scene.knowledge.stock(chosen), topic)


def _named(scene: Scene, name: str, region: str) -> Document | None:
    """Return the document that is called so; of several the one of the nearest place."""
    wanted = name.strip("《》 ")
    held = [one for one in scene.knowledge.documents() if one.in_force(day(scene.now))]
    fits = [one for one in held if wanted in (*names_of(one), *local_names(one))]
    fits = fits or [one for one in held if any(wanted in name for name in names_of(one))]
    own = {one.id for one in scene.knowledge.held(region, day(scene.now))}
    return max(fits, key=lambda one: (one.id in own, len(one.region)), default=None)


def _amend(scene: Scene, quiz: Quiz, order: Order) -> str:
    """Take a question out, or put another in its place."""
    work, questions = scene.work, quiz.asked
    if order.wish is Wish.DROP:
        return drop(work, scene.person, quiz, order.at)
    quizzes.require(quiz, "amend_quiz", quizzes.QuizState.DRAFT)
    if not 1 <= order.at <= len(questions):
        return words.NO_SUCH_QUESTION.format(number=quiz.number, at=order.at, count=len(questions))
    used = [*(one.source for one in questions), *quiz.put_aside.split("\n")]
    stock = _stock(scene, quiz.region, quiz.wanted, quiz.topic)
    found = draw(stock, 1, quiz.seed + quiz.version, but=filter(None, used))
    if not found:
        return words.NOTHING_ELSE.format(number=quiz.number, at=order.at)
    work.append(quiz, quizzes.swap(quiz, order.at, found[0]), staff(work, scene.person))
    return words.SWAPPED.format(at=order.at, question=words.whole(order.at, found[0]))


def drop(work: Work, person: Person, quiz: Quiz, at: int) -> str:
    """Take question `at`, from 1, out of a quiz; raises NotAllowed, WrongState."""
    quizview.require(work, person, TrainingAction.QUIZ, quiz.region)
    quizzes.require(quiz, "amend_quiz", quizzes.QuizState.DRAFT)
    count = len(quiz.asked)
    if not 1 <= at <= count:
        return words.NO_SUCH_QUESTION.format(number=quiz.number, at=at, count=count)
    if count == 1:
        return words.LAST_QUESTION.format(number=quiz.number)
    work.append(quiz, quizzes.drop(quiz, at), staff(work, person))
    kept = quiz.asked
    return words.DROPPED.format(at=at, number=quiz.number, count=len(kept), questions=words.listing(kept))


def _release(scene: Scene, quiz: Quiz, rest: str) -> str:
    """Send the quiz out; nothing is sent where a name, place or day is not clear."""
    local = utc(scene.now).astimezone(LOCAL)
    when = when_in(rest, local)
    whom = _whom(rest, when.words if when is not None else "")
    if not whom:
        return words.SAY_WHOM.format(number=quiz.number, day=_example(scene, quiz.region))
    try:
        people = audience(scene.work, whom, quiz.region)
    except UnknownPerson as error:
        return words.NO_SUCH_PERSON.format(name=error.details["name"])
    except SeveralPersons as error:
        return words.SEVERAL_PERSONS.format(name=error.details["name"])
    on = when.day if when is not None else day(scene.now) + _usual(scene.rules, quiz.region, day(scene.now))
    return release(scene.work, scene.person, quiz, (whom, people, on), scene.rules)


def release(work: Work, person: Person, quiz: Quiz, to: tuple[str, list[Person], date], rules: Rules) -> str:
    """Ask people to answer a quiz; to: the audience as said, the people, the last day.

    Raises: NotAllowed, WrongState.
    """
    quizview.require(work, person, TrainingAction.QUIZ, quiz.region)
    whom, everybody, on = to
    due = quizdue.end_of(on, quiz.region, rules)
    if due <= utc(work.now):
        return words.PAST_DAY.format(day=day_words(on.isoformat()))
    others = [one for one in everybody if one.id != quiz.made_by]
    people = [one for one in others if work.has_channel(one)]
    if not people:
        return words.NOBODY.format(audience=whom)
    fact = quizzes.release(quiz, whom, [one.id or 0 for one in people], work.now, due)
    work.append(quiz, fact, staff(work, person))
    for number, one in enumerate(people, 1):
        _invite(work, person, quiz, (number, one, due), rules)
    silent = "、".join(one.name for one in others if one not in people)
    said = words.RELEASED.format(number=quiz.number, count=len(people), due=words.moment(due))
    return f"{said}\n{words.SILENT.format(names=silent)}" if silent else said


def _invite(work: Work, trainer: Person, quiz: Quiz, to: tuple[int, Person, datetime], rules: Rules) -> None:
    number, person, due = to
    made = Paper(number=f"{quiz.number}{stored.SEVERAL}{number}")
    remind_at = quizdue.reminder_of(due, work.now, quiz.region, rules)
    fact = paper.invite(quiz.number, person.id or 0, work.now, due, remind_at)
    event = work.append(made, fact, staff(work, trainer))
    text = words.INVITED.format(
        who=called(work, trainer), count=len(quiz.asked), number=quiz.number, due=words.moment(due)
    )
    quizdue.tell(work, event, "invitation", [person], text, words.START, until=due)


def audience(work: Work, whom: str, region: str) -> list[Person]:
    """Return whom words mean: a role, a village, both, or names; raises UnknownPerson, SeveralPersons."""
    role = next((role for role, word in ROLES.items() if word in whom and role is not Role.VILLAGER), None)
    here = [one for one in villages(work.session, region) if own_name(one) in whom]
    is_all = own_name(region) in whom or any(word in whom for word in ("全镇", "全乡", "全县", "全街道", *EVERYBODY))
    if role is not None or here or is_all:
        ids = [one for place in here or [region] for one in stored.staff_of(work, place, role)]
        return [one for one in work.people_by_id(dict.fromkeys(ids)) if one.name]
    names = [one for one in whom.replace("和", "、").replace("，", "、").replace(" ", "、").split("、") if one]
    return list({one.id: one for name in names if (one := person_named(work.session, name, region))}.values())


def _whom(rest: str, day_said: str) -> str:
    """Return the words for whom a quiz is, without those for the day."""
    whom = rest.replace(day_said, " ") if day_said else rest
    for word in ("发给", "给", "截止到", "截止", "之前", "以前", "前", "答完", "到", "为止", "作答"):
        whom = whom.replace(word, " ") if word in ("发给", "给") else whom.removesuffix(word).strip(" ，,。")
        whom = whom.strip(" ，,。")
    return whom


def _usual(rules: Rules, region: str, today: date) -> timedelta:
    return rules.find(quizdue.DAYS, region, today).duration


def _example(scene: Scene, region: str) -> str:
    today = day(scene.now)
    return day_words((today + _usual(scene.rules, region, today)).isoformat())
