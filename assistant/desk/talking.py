"""One message in its conversation: the move is decided, then done."""

from collections.abc import Callable
from dataclasses import replace

from assistant.desk import emergencies, hazardwork, reported, reporting
from assistant.desk.scene import Scene, Spoken, asks, prompt, says
from assistant.dialogue import phrases
from assistant.dialogue.moves import Known, Move, decide
from assistant.dialogue.talk import Draft, Question, Talk
from assistant.hazards import Hazard, HazardState
from assistant.incidents import Incident
from assistant.triage import Guard
from assistant.wording import dialogue as words

ENDED = ("rejected", "withdrawn", "closed", "called_back", "final")


def move_of(scene: Scene) -> Move:
    """Return what the message does."""
    return decide(scene.talk, scene.heard, known_of(scene.current()), scene.now, scene.ear)


def known_of(case: Hazard | Incident | None) -> Known | None:
    """Return a case as the dialogue sees it."""
    if case is None:
        return None
    return Known(
        number=case.number,
        is_incident=isinstance(case, Incident),
        is_open=case.state not in ENDED,
        is_withdrawn=case.state == HazardState.WITHDRAWN.value,
        category=case.category,
        place=case.place,
        text=case.text,
    )


def choose(scene: Scene) -> Spoken:
    """Take the answer to the numbered question that is open; it is then closed."""
    open_prompt = scene.talk.prompt
    if open_prompt is None:
        return stray(scene)
    number = _chosen(scene)
    if number is None or not 1 <= number <= len(open_prompt.options):
        is_menu = open_prompt.question is Question.MENU and number == 0
        text = words.MENU_NONE.format(last=len(open_prompt.options)) if is_menu else words.out_of_range(open_prompt)
        return says(scene.talk, text)
    answered = replace(scene, talk=replace(scene.talk, prompt=None))
    return CHOSEN[open_prompt.question](answered, number, open_prompt.about)


def _chosen(scene: Scene) -> int | None:
    heard, options = scene.heard.words, scene.talk.prompt.options if scene.talk.prompt else ()
    number = phrases.number_in(heard)
    if number is not None:
        return number
    if heard in options:
        return options.index(heard) + 1
    return 1 if phrases.YES.fullmatch(heard) else 2


def _chosen_withdraw(scene: Scene, number: int, about: tuple[str, ...]) -> Spoken:
    case = scene.work.hazard(about[0])
    if number == 1:
        return reported.withdrawn(case, scene.heard.text, scene)
    return says(
        scene.talk.about(case.number, scene.now), words.KEPT.format(number=case.number, state=words.state(case))
    )


def _chosen_repaired(scene: Scene, number: int, about: tuple[str, ...]) -> Spoken:
    case = scene.work.hazard(about[0])
    talk = scene.talk.about(case.number, scene.now)
    if number == 1:
        hazardwork.reporter_confirms(scene.work, case, scene.person, scene.heard.text, scene.rules)
        return says(talk, words.SATISFIED.format(number=case.number))
    hazardwork.reopen(scene.work, case, scene.person, scene.heard.text, scene.rules)
    return says(talk, words.REOPENED.format(number=case.number))


def _chosen_which(scene: Scene, number: int, about: tuple[str, ...]) -> Spoken:
    return reported.confirm_withdrawal(scene.work.hazard(about[number - 1]), scene)


def _chosen_menu(scene: Scene, number: int, about: tuple[str, ...]) -> Spoken:
    if number == 1:
        return begin(scene)
    return reported.status(scene) if number == 2 else says(scene.talk, words.MENU_ASK)


def begin(scene: Scene) -> Spoken:
    """Open an empty draft: 报隐患 without saying what."""
    draft = scene.talk.draft or Draft(scene.now)
    return says(replace(scene.talk, draft=draft, prompt=None), words.ASK_MATTER)


def menu(scene: Scene) -> Spoken:
    """Show what can be done, by number."""
    shown = prompt(scene, Question.MENU, words.MENU_OPTIONS)
    spoken = asks(scene.talk, shown, words.MENU)
    return replace(spoken, replies=(replace(spoken.replies[0], text=f"{spoken.replies[0].text}\n{words.MENU_END}"),))


def stray(scene: Scene) -> Spoken:
    """Answer a number that belongs to no question."""
    return says(scene.talk, words.STRAY_NUMBER)


def refuse(scene: Scene) -> Spoken:
    """Decline politely, whatever rank is claimed."""
    guard = scene.heard.reading.guard or Guard.PRIVATE_DATA
    return says(replace(scene.talk, refused_at=scene.now), words.REFUSED[guard.value])


def alarming_emoji(scene: Scene) -> Spoken:
    """Ask whether somebody is in danger who sends only pictures of it."""
    return says(scene.talk, words.ALARMING_EMOJI)


def emoji(scene: Scene) -> Spoken:
    """Answer a face."""
    return says(scene.talk, words.EMOJI)


CHOSEN: dict[Question, Callable[[Scene, int, tuple[str, ...]], Spoken]] = {
    Question.WITHDRAW: _chosen_withdraw,
    Question.REPAIRED: _chosen_repaired,
    Question.WHICH: _chosen_which,
    Question.MENU: _chosen_menu,
}
MOVES: dict[Move, Callable[[Scene], Spoken]] = {
    Move.CHOOSE: choose,
    Move.STRAY: stray,
    Move.CRY: emergencies.cry,
    Move.EMERGENCY: emergencies.emergency,
    Move.REFUSE: refuse,
    Move.ANONYMOUS: reported.anonymous,
    Move.DROP: reported.drop,
    Move.CORRECT: reported.correct,
    Move.WITHDRAW: reported.withdraw,
    Move.REINSTATE: reported.reinstate,
    Move.RECEIVED: reported.received,
    Move.TIMING: reported.timing,
    Move.WISH: reported.wish,
    Move.STATUS: reported.status,
    Move.FILL: reporting.fill,
    Move.SUPPLEMENT: reporting.supplement,
    Move.UNCLEAR: reporting.unclear,
    Move.NOD: reported.nod,
    Move.ALARMING_EMOJI: alarming_emoji,
    Move.EMOJI: emoji,
}
"""QUESTION and OTHER are the knowledge half's."""


def heard_at(talk: Talk, scene: Scene) -> Talk:
    """Return the state with the moment at which the person was heard last."""
    return replace(talk, heard_at=scene.now)
