"""What is said beside a report (旁答): advice before an answer, clauses or plainly that nothing fits, and small talk."""

from dataclasses import replace

from assistant.desk.knowledge import plain
from assistant.desk.scene import Attended, Scene, Spoken, prompt, says
from assistant.dialogue import asides, phrases
from assistant.dialogue.heard import FRESH, LIVE
from assistant.dialogue.life import is_wondering
from assistant.dialogue.moves import VERY_SURE
from assistant.dialogue.talk import Question, Talk
from assistant.incidents import advise, fitting, tip
from assistant.ports import Outgoing
from assistant.script import simplified
from assistant.triage import Intent
from assistant.wording import dialogue as words
from assistant.wording.advice import advice_text, tip_text

FEW_WORDS = 8
"""Characters; a longer message may ask without the form of a question."""


def warning(scene: Scene) -> tuple[Outgoing, ...]:
    """Return advice by rule before an answer: to somebody in danger, or near one (炕裂缝冒烟算不算隐患)."""
    heard = scene.heard
    if phrases.RUMOUR.search(heard.words):
        return (plain(words.RUMOUR),)  # a rumour is not made true by telling people to run
    if heard.reading.danger is not None or _has_cards(scene):
        return (plain(advice_text(advise(heard.text, heard.reading.danger, "")), decision="danger"),)
    near = tip("\n".join(filter(None, (scene.talk.topic_within(scene.now, FRESH), heard.text))), "")
    return (plain(tip_text(near)),) if near else ()


def _has_cards(scene: Scene) -> bool:
    return is_wondering(scene.heard) and bool(fitting(scene.heard.words))


def is_question(scene: Scene) -> bool:
    """Say whether something is asked, in whatever form."""
    return scene.heard.reading.intent is Intent.QUESTION or is_wondering(scene.heard)


def in_doubt(scene: Scene, attended: Attended) -> Attended:
    """Ask whether what was asked about is happening now; nothing is registered before that is said."""
    asked = prompt(scene, Question.NOW, words.NOW_OPTIONS, said=scene.heard.text)
    shown = plain(words.prompt_text(words.IS_NOW, asked.options), *asked.options)
    return replace(attended, replies=(*attended.replies, shown), talk=replace(attended.talk, prompt=asked))


def reminder(talk: Talk) -> tuple[Outgoing, ...]:
    """Return the question that a draft still waits for, after something else was answered."""
    asked = words.still_asks(talk.draft) if talk.draft else ""
    return (plain(asked),) if asked else ()


def instead(scene: Scene, found: tuple[Outgoing, ...], *, is_answered: bool) -> tuple[Outgoing, ...]:
    """Return what is said to a question: the clauses, or plainly that nothing fits.

    Who asks in fear, or in the middle of a report, is not given clauses that are merely near.
    """
    words_said = scene.heard.words
    is_rumour = phrases.RUMOUR.search(words_said) and not phrases.RULES.search(words_said)
    if is_rumour:
        return ()  # the warning has said all
    is_told = is_wondering(scene.heard) and phrases.RULES.search(words_said) is None
    if is_told and (scene.heard.reading.danger is not None or _has_cards(scene)):
        return ()  # so has the advice
    is_ruled = phrases.RULES.search(words_said) is not None
    is_near = scene.talk.draft is not None or scene.talk.is_about_case(scene.now, LIVE) or _has_just_reported(scene)
    if is_near and asides.MAY_I.search(words_said) and not is_ruled:
        return (*_careful(scene), *(replace(one, text=words.NOT_WRITTEN, links=()) for one in found[-1:]))
    if is_answered or is_ruled or not (is_near or asides.PERSONAL.search(words_said)):
        return found
    said = words.NOT_WRITTEN_FEAR if asides.PERSONAL.search(words_said) else words.NOT_WRITTEN
    return tuple(replace(one, text=said, links=()) for one in found[-1:])


def _careful(scene: Scene) -> tuple[Outgoing, ...]:
    """Return what to look out for at the hazard that was reported, to somebody who asks whether he may do something there."""
    case = scene.current()
    advice = tip(case.text, case.category) if case is not None else None
    return (plain(words.NOT_SURE + tip_text(advice)),) if advice else ()


def _has_just_reported(scene: Scene) -> bool:
    """Say whether the talk has hardly stopped since something was reported, though the talk is no longer about it."""
    heard_at = scene.talk.heard_at
    is_fresh = heard_at is not None and scene.now - heard_at <= FRESH
    return is_fresh and bool(scene.work.numbers_of(scene.person))


def is_reproach(question: str) -> bool:
    """Say whether what has the form of a question only scolds (都等着砸死人才来是不是)."""
    return asides.REPROACH.search(simplified(question)) is not None


def is_chat(scene: Scene) -> bool:
    """Say whether words surely neither ask nor name a rule: no clause is looked for."""
    heard = scene.heard
    is_angry = asides.ANGER.search(heard.words) is not None and heard.reading.intent is Intent.SMALLTALK
    is_angry = is_angry or (asides.SCOLDING.search(heard.words) is not None and not heard.reading.is_report)
    if heard.reading.danger is not None or (asides.TOPIC.search(heard.words) and not is_angry):
        return False
    if asides.HEARSAY.search(heard.words) and not heard.reading.place:
        return True
    if heard.reading.intent is Intent.QUESTION and scene.talk.topic_within(scene.now, FRESH):
        return False  # 老寨组嘞 goes on with what was asked
    if is_wondering(heard):
        return False
    if is_angry:
        return True
    if asides.EMPTY_ASK.fullmatch(heard.words) or asides.WHO_ARE_YOU.search(heard.words):
        return True
    is_asked = phrases.ASKED.search(heard.words) is not None
    if heard.reading.intent is Intent.QUESTION:
        is_told = len(heard.words) <= FEW_WORDS or asides.OWN_WORDS.search(heard.words) is not None
        return not is_asked and is_told and bool(heard.words) and asides.WORDLESS.fullmatch(heard.words) is None
    return not is_asked or (heard.reading.intent is Intent.SMALLTALK and heard.reading.confidence >= VERY_SURE)


def chat(scene: Scene) -> Spoken:
    """Answer what is neither a report nor a question."""
    kind, said = scene.heard.reading.intent, scene.heard.words
    answer = next((text for pattern, text in words.CHAT if pattern.search(said)), "")
    if answer:
        return says(scene.talk, answer)
    return says(scene.talk, words.SMALL_TALK.get(kind.value, words.SMALL_TALK["smalltalk"]))
