"""Answering a quiz (答题): one question at a time as a numbered prompt, judged at once, stopped and taken up again."""

from dataclasses import replace

from assistant.desk import callwork, quizdue
from assistant.desk.acting import staff
from assistant.desk.knowledge import plain
from assistant.desk.quizwords import STOP
from assistant.desk.scene import Scene, Spoken, says
from assistant.dialogue.talk import Prompt, Question, Talk
from assistant.hazards.moments import day
from assistant.ports import Link
from assistant.store import Work
from assistant.store import training as stored
from assistant.training import Paper, Quiz, paper
from assistant.wording import training as words


def is_quiz(talk: Talk) -> bool:
    """Say whether the open prompt is a question of a quiz."""
    return talk.prompt is not None and talk.prompt.question is Question.QUIZ


def interrupted(scene: Scene) -> Scene:
    """Return the scene without its quiz question where something graver has come: a number must not answer that."""
    prompt, heard = scene.talk.prompt, scene.heard
    if prompt is None or prompt.question is not Question.QUIZ:
        return scene
    if heard.words in prompt.options or STOP.match(heard.words):
        return scene
    is_grave = heard.reading.danger is not None or heard.reading.is_report or scene.talk.draft is not None
    if is_grave or callwork.live_calls(scene.work, scene.person):
        return replace(scene, talk=replace(scene.talk, prompt=None))
    return scene


def go(scene: Scene) -> Spoken | None:
    """Begin or go on; None for a villager whom nobody has asked."""
    work, person = scene.work, scene.person
    waiting = stored.open_papers(work.session, person.id or 0)
    if not waiting:
        known = stored.own_papers(work.session, person.id or 0) or work.grants(person)
        return says(scene.talk, words.NOTHING_TO_ANSWER) if known else None
    if callwork.live_calls(work, person):
        return says(replace(scene.talk, prompt=None), words.CALL_FIRST)
    if scene.talk.draft is not None:
        return says(scene.talk, words.REPORT_FIRST)
    return _put(scene, waiting[0], stored.quiz(work, waiting[0].quiz))


def stop(scene: Scene) -> Spoken | None:
    """Stop for now; None where no question of a quiz is open."""
    if not is_quiz(scene.talk) or scene.talk.prompt is None:
        return None
    one = _paper(scene.work, scene, scene.talk.prompt)
    talk = replace(scene.talk, prompt=None)
    if one is None or one.state not in paper.TAKING:
        return says(talk, words.OVER)
    return says(talk, words.PAUSED_AGAIN if one.is_again else words.PAUSED.format(due=words.moment(one.due_at)))


def choose(scene: Scene, number: int, asked: Prompt) -> Spoken:
    """Take the answer to the question that was put: judged, recorded, and the next one put."""
    work = scene.work
    one = _paper(work, scene, asked)
    if one is None or one.state not in paper.TAKING:
        return says(scene.talk, words.OVER)
    quiz = stored.quiz(work, one.quiz)
    turn = paper.turn(one, len(quiz.asked))
    if turn is None or asked.about[1:] != _about(one, turn)[1:]:
        return _put(scene, one, quiz)
    question = quiz.asked[turn.index]
    actor = staff(work, scene.person)
    if one.is_again:
        work.append(one, paper.answer_again(one, quiz.asked, number - 1), actor)
    else:
        again_at = quizdue.again_at(work, quiz.region, scene.rules)
        work.append(one, paper.answer(one, quiz.asked, number - 1, work.now, again_at), actor)
    judged, links = words.judged(question, number - 1), words.links(question)
    if paper.turn(one, len(quiz.asked)) is not None:
        return _put(scene, one, quiz, judged, links)
    return _finished(scene, one, quiz, was_again=turn.of != len(quiz.asked) or bool(one.again), before=(judged, links))


def _finished(scene: Scene, one: Paper, quiz: Quiz, *, was_again: bool, before: tuple[str, tuple[Link, ...]]) -> Spoken:
    """Say how it went; the last who answers ends the quiz."""
    judged, links = before
    if was_again:
        said = words.FINISHED_AGAIN.format(count=len(one.mistakes), right=one.again_right)
    else:
        days = scene.rules.find(paper.AGAIN, quiz.region, day(scene.now)).value
        said = words.finished(one, len(quiz.asked), int(days))
        if not stored.is_anybody_left(scene.work.session, quiz.number):
            quizdue.close(scene.work, quiz, words.ALL_DONE)
    others = [other for other in stored.open_papers(scene.work.session, one.person) if other.number != one.number]
    if others:
        said = f"{said}\n{words.ANOTHER_WAITS.format(number=others[0].quiz)}"
    reply = replace(plain(f"{judged}\n\n{said}"), links=links)
    return Spoken((reply,), scene.talk)


def _put(scene: Scene, one: Paper, quiz: Quiz, judged: str = "", links: tuple[Link, ...] = ()) -> Spoken:
    """Put the question that is next, below what is said of the one before."""
    turn = paper.turn(one, len(quiz.asked))
    if turn is None:
        return says(scene.talk, words.NOTHING_TO_ANSWER)
    question = quiz.asked[turn.index]
    options = words.choices(question)
    text = "\n\n".join(filter(None, (judged, words.put(question, turn, is_again=one.is_again))))
    asked = Prompt(Question.QUIZ, options, scene.now, _about(one, turn))
    return Spoken((replace(plain(text, *options), links=links),), replace(scene.talk, prompt=asked))


def _about(one: Paper, turn: paper.Turn) -> tuple[str, ...]:
    """Return by which a question is known again: an answer that comes late must not count for the next one."""
    return (one.number, str(turn.place), "again" if one.is_again else "first")


def _paper(work: Work, scene: Scene, asked: Prompt) -> Paper | None:
    found = stored.own_papers(work.session, scene.person.id or 0)
    return next((one for one in found if one.number == asked.about[0]), None)
