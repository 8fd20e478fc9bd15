"""One message in its conversation: the move is decided, then done."""

from collections.abc import Callable
from dataclasses import replace

from assistant.desk import (
    callwork,
    conversing,
    drillwork,
    duplicatework,
    emergencies,
    hazardwork,
    quiztaking,
    reported,
    reporting,
    trainingwork,
)
from assistant.desk.commands import Command, Wish
from assistant.desk.knowledge import plain
from assistant.desk.scene import Scene, Spoken, asks, prompt, says
from assistant.dialogue import asides, phrases
from assistant.dialogue.heard import SHORT, Known, Move
from assistant.dialogue.moves import COMES_DOWN, decide
from assistant.dialogue.talk import Draft, Prompt, Question, Talk
from assistant.hazards import Hazard, HazardState
from assistant.hazards.moments import utc
from assistant.incidents import Incident, fitting
from assistant.ports import Outgoing
from assistant.script import simplified
from assistant.triage import Guard, Intent
from assistant.warnings import AnswerKind
from assistant.warnings.answers import answer_kind
from assistant.wording import dialogue as words

BRIEF = 2
"""Characters; 好 and 是的 answer any question."""
ENDED = ("rejected", "withdrawn", "closed", "called_back", "final")


def focused(scene: Scene) -> Scene:
    """Return the scene about the report that somebody with several points at (井盖那个 …, or whether to bring people away)."""
    named = [one for one in phrases.case_numbers(scene.heard.words) if one in scene.work.numbers_of(scene.person)]
    if len(named) == 1:
        return replace(scene, talk=scene.talk.about(named[0], scene.now))
    current = scene.current() or _only_own(scene)
    if current is not None and not scene.talk.case:
        scene = replace(scene, talk=replace(scene.talk, case=current.number))
    if current is None or scene.talk.draft is not None or scene.heard.reading.danger is not None:
        return scene
    found = phrases.POINTED.match(scene.heard.words) or phrases.NAMED_BEFORE.search(scene.heard.words)
    hint = found["hint"] if found else ""
    is_leaving = phrases.EVACUATE.search(scene.heard.words) is not None and current.category not in COMES_DOWN
    if not is_leaving and (len(hint) < BRIEF or hint in f"{current.place}{current.text}"):
        return scene
    own = [case for number in scene.work.numbers_of(scene.person) if (case := scene.case(number)).state not in ENDED]
    meant = [one for one in own if (one.category in COMES_DOWN if is_leaving else hint in f"{one.place}{one.text}")]
    return replace(scene, talk=scene.talk.about(meant[0].number, scene.now)) if len(meant) == 1 else scene


def _only_own(scene: Scene) -> Hazard | Incident | None:
    """Return the only open report of somebody who speaks of what they reported, though not in this conversation."""
    if scene.talk.draft is not None or not asides.MINE.search(scene.heard.words):
        return None
    own = [case for number in scene.work.numbers_of(scene.person) if (case := scene.case(number)).state not in ENDED]
    return own[0] if len(own) == 1 else None


def move_of(scene: Scene) -> Move:
    """Return what the message does; a question about what somebody has reported is one only where there is such a report."""
    if trainingwork.is_meant(scene):
        return Move.OTHER
    move = decide(scene.talk, scene.heard, known_of(scene.current()), scene.now, scene.ear)
    if move is Move.EMERGENCY and (_answers_call(scene) or drillwork.is_drilling(scene)):
        return Move.OTHER
    is_of_others = asides.OTHERS_REPORT.search(scene.heard.words) and asides.PROGRESS.search(scene.heard.words)
    if move in (Move.STATUS, Move.QUESTION, Move.OTHER) and is_of_others:
        return Move.NOT_THEIRS
    is_own = move in (Move.QUESTION, Move.OTHER) and _is_of_own(scene)
    is_short = len(scene.heard.words) <= SHORT
    return Move.STATUS if is_own and (is_short or scene.work.numbers_of(scene.person)) else move


def _answers_call(scene: Scene) -> bool:
    """Say whether words that read like an emergency are those of somebody called who is at the post (到桥头守着了)."""
    read, said = scene.heard.reading, scene.heard.words
    if read.danger is not None or read.casualties is True or fitting(said):
        return False
    is_answer = answer_kind(said) in (AnswerKind.AT_POST, AnswerKind.TOLD)
    return is_answer and bool(callwork.live_calls(scene.work, scene.person))


def _is_of_own(scene: Scene) -> bool:
    words = scene.heard.words
    is_asked = asides.PROGRESS.search(words) or phrases.ASKED.search(words)
    is_ruled = phrases.RULES.search(words) is not None
    return asides.MINE.search(words) is not None and bool(is_asked) and not is_ruled


def first_move(scene: Scene) -> Move:
    """Return the move of the gravest part of a message that tells of several matters."""
    move = move_of(scene)
    return move if move in REPORTING else Move.FILL


def next_move(scene: Scene) -> Move:
    """Return the move of a further part: a matter of its own, never a supplement to the one before it."""
    return Move.EMERGENCY if scene.heard.reading.danger is not None else Move.FILL


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


def confirmed(scene: Scene) -> Spoken | None:
    """Take a word about a repair that the desk has asked after (弄好了吗): a number, or 还是漏; None for anything else.

    A number, and a word that would answer anything, belong to whichever question was asked last.
    """
    case = _asked_after(scene)
    if case is None:
        return _found_broken(scene)
    number, open_prompt = phrases.number_in(scene.heard.words), scene.talk.prompt
    is_last = open_prompt is None or open_prompt.asked_at < utc(case.closed_at or scene.now)
    if not is_last and (number is not None or len(scene.heard.words) <= BRIEF):
        return None
    if number is None and scene.talk.draft is not None:
        return None
    is_good = {1: True, 2: False}.get(number) if number is not None else hazardwork.read_confirmation(scene.heard.text)
    if is_good is None:
        return says(scene.talk, _still_repaired(case)) if number is not None else None
    spoken = _repaired(scene, case, is_good=is_good)
    return replace(spoken, replies=(*spoken.replies, *_still_open(spoken.talk), *conversing.reminder(spoken.talk)))


def _found_broken(scene: Scene) -> Spoken | None:
    """Open a case again of whose repair the reporter says later, by its number, that it does not hold."""
    case = scene.current() if phrases.case_numbers(scene.heard.words) else None
    is_ended = isinstance(case, Hazard) and case.state == HazardState.CALLED_BACK
    if not is_ended or not isinstance(case, Hazard) or case.number not in scene.work.numbers_of(scene.person):
        return None
    is_asked = phrases.ASKED.search(scene.heard.words) is not None
    is_broken = hazardwork.read_confirmation(phrases.CASE_NUMBER.sub("", scene.heard.text)) is False
    return _repaired(scene, case, is_good=False) if is_broken and not is_asked else None


def _asked_after(scene: Scene) -> Hazard | None:
    """Return the case of which somebody was asked last whether it is repaired."""
    asked = hazardwork.awaiting_confirmation(scene.work, scene.person)
    return max(asked, key=lambda case: utc(case.closed_at or scene.now), default=None)


def _repaired(scene: Scene, case: Hazard, *, is_good: bool) -> Spoken:
    talk, said = scene.talk.about(case.number, scene.now), scene.heard.text
    hazardwork.reporter_confirms(scene.work, case, scene.person, scene.rules, is_good=is_good, words=said)
    return says(talk, (words.SATISFIED if is_good else words.REOPENED).format(number=case.number))


def _still_repaired(case: Hazard) -> str:
    return words.STILL_REPAIRED.format(number=case.number, short=words.short(case))


def _still_open(talk: Talk) -> tuple[Outgoing, ...]:
    """Return the numbered question that is open beside the one that was answered."""
    if talk.prompt is None:
        return ()
    shown = words.prompt_text(words.QUESTIONS[talk.prompt.question], talk.prompt.options)
    return (plain(words.STILL_OPEN.format(question=shown), *talk.prompt.options),)


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
    spoken = CHOSEN[open_prompt.question](answered, number, open_prompt)
    case = _asked_after(scene) if spoken.talk.prompt is None and open_prompt.question is not Question.MENU else None
    return replace(spoken, replies=(*spoken.replies, plain(_still_repaired(case)))) if case else spoken


def _chosen(scene: Scene) -> int | None:
    heard, options = scene.heard.words, scene.talk.prompt.options if scene.talk.prompt else ()
    number = phrases.number_in(heard)
    if number is not None:
        return number
    if heard in options:
        return options.index(heard) + 1
    return 1 if phrases.YES.fullmatch(heard) or phrases.NOW_YES.fullmatch(heard) else 2


def _chosen_withdraw(scene: Scene, number: int, asked: Prompt) -> Spoken:
    case = scene.work.hazard(asked.about[0])
    if number == 1:
        return reported.withdrawn(case, asked.said, scene)
    return says(
        scene.talk.about(case.number, scene.now), words.KEPT.format(number=case.number, state=words.state(case))
    )


def _chosen_which(scene: Scene, number: int, asked: Prompt) -> Spoken:
    return reported.confirm_withdrawal(scene.work.hazard(asked.about[number - 1]), scene, asked.said)


def _chosen_same_spot(scene: Scene, number: int, asked: Prompt) -> Spoken:
    hazard, main = (scene.work.hazard(one) for one in asked.about)
    if number == 1:
        root = duplicatework.join(scene.work, hazard, main, scene.person, scene.rules)
        return says(scene.talk.about(root.number, scene.now), words.JOINED.format(main=root.number))
    duplicatework.deny(scene.work, hazard, main, scene.person)
    return says(scene.talk.about(hazard.number, scene.now), words.NOT_JOINED.format(number=hazard.number))


def _chosen_menu(scene: Scene, number: int, asked: Prompt) -> Spoken:
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


def not_yours(scene: Scene) -> Spoken:
    """Decline to set a case to a state by somebody's word."""
    return says(scene.talk, words.NOT_YOURS)


def alarming_emoji(scene: Scene) -> Spoken:
    """Ask whether somebody is in danger who sends only pictures of it."""
    return says(scene.talk, words.ALARMING_EMOJI)


def not_theirs(scene: Scene) -> Spoken:
    """Decline to say how far somebody else's report has come."""
    return says(scene.talk, words.OTHERS_REPORT)


def foreign(scene: Scene) -> Spoken:
    """Answer somebody who writes without Chinese characters."""
    return says(scene.talk, words.CHINESE_ONLY)


def emoji(scene: Scene) -> Spoken:
    """Answer a face."""
    return says(scene.talk, words.EMOJI)


def _chosen_now(scene: Scene, number: int, asked: Prompt) -> Spoken:
    """Take what was asked about as a report, where it is happening now."""
    if number != 1:
        return says(scene.talk, words.JUST_ASKING)
    talk = replace(scene.talk, topic="", topic_at=None)
    heard = replace(scene.heard, text=asked.said, words=simplified(asked.said), reading=scene.ear(asked.said))
    told = replace(scene, talk=talk, heard=heard)
    is_grave = heard.reading.danger is not None or heard.reading.intent is Intent.INCIDENT
    return emergencies.emergency(told) if is_grave else reporting.fill(told)


CHOSEN: dict[Question, Callable[[Scene, int, Prompt], Spoken]] = {
    Question.WITHDRAW: _chosen_withdraw,
    Question.SAME_SPOT: _chosen_same_spot,
    Question.WHICH: _chosen_which,
    Question.MENU: _chosen_menu,
    Question.NOW: _chosen_now,
    Question.QUIZ: quiztaking.choose,
}
MOVES: dict[Move, Callable[[Scene], Spoken]] = {
    Move.CHOOSE: choose,
    Move.STRAY: stray,
    Move.CRY: emergencies.cry,
    Move.WORSE: reporting.worse,
    Move.WHETHER: reporting.whether,
    Move.GO_BACK: reporting.go_back,
    Move.REMIND: reporting.remind,
    Move.IN_EARNEST: emergencies.in_earnest,
    Move.EMERGENCY: emergencies.emergency,
    Move.REFUSE: refuse,
    Move.NOT_YOURS: not_yours,
    Move.ANONYMOUS: reported.anonymous,
    Move.DROP: reported.drop,
    Move.KEEP: reported.keep,
    Move.CORRECT: reported.correct,
    Move.WITHDRAW: reported.withdraw,
    Move.RETRACT: emergencies.retract,
    Move.NEXT_STEP: emergencies.next_step,
    Move.REINSTATE: reported.reinstate,
    Move.RECEIVED: reported.received,
    Move.TIMING: reported.timing,
    Move.WISH: reported.wish,
    Move.STATUS: reported.status,
    Move.FILL: reporting.fill,
    Move.ANOTHER: reporting.another,
    Move.SUPPLEMENT: reporting.supplement,
    Move.UNCLEAR: reporting.unclear,
    Move.NOD: reported.nod,
    Move.THANKED: reported.thanked,
    Move.WAIT: reporting.wait,
    Move.WHAT_NOW: reporting.what_now,
    Move.ARRIVAL: emergencies.arrival,
    Move.CALL_YOURSELF: emergencies.call_yourself,
    Move.FOREIGN: foreign,
    Move.NOT_THEIRS: not_theirs,
    Move.ALARMING_EMOJI: alarming_emoji,
    Move.EMOJI: emoji,
}
"""QUESTION and OTHER are the knowledge half's."""
LIFE = frozenset({Move.EMERGENCY, Move.CRY, Move.WORSE})
"""Nothing comes before these."""
REPORTING = frozenset({Move.FILL, Move.EMERGENCY})
"""These tell of something: a message may tell of two."""
BOUND = frozenset(
    {
        Move.EMERGENCY,
        Move.CRY,
        Move.WORSE,
        Move.WHETHER,
        Move.GO_BACK,
        Move.IN_EARNEST,
        Move.CHOOSE,
        Move.CORRECT,
        Move.REINSTATE,
        Move.NOD,
        Move.KEEP,
        Move.REFUSE,
    }
)
"""A word that is also a command (好的) is no command where it answers something."""


ASIDE = frozenset({Move.STATUS, Move.TIMING, Move.WISH, Move.REFUSE, Move.STRAY, Move.NOD, Move.EMOJI})
"""These are answered, and the draft goes on."""


def chosen_command(scene: Scene) -> Command | None:
    """Return the command that a choice from the menu is, where it is none of the dialogue's."""
    open_prompt = scene.talk.prompt
    is_menu = open_prompt is not None and open_prompt.question is Question.MENU
    return Command(Wish.HAND_OVER) if is_menu and _chosen(scene) == words.HAND_OVER_CHOICE else None


def _report(scene: Scene, value: str) -> Spoken:
    """报隐患, alone or with what is to be reported behind it."""
    if not value:
        return begin(scene)
    heard = replace(scene.heard, text=value, words=value, reading=scene.ear(value))
    return reporting.fill(replace(scene, heard=heard))


def _cancel(scene: Scene, value: str) -> Spoken:
    return reported.drop(scene) if scene.talk.draft is not None else reported.withdraw(scene)


def _unknown(scene: Scene, value: str) -> Spoken:
    return says(scene.talk, words.UNKNOWN_COMMAND.format(command=value))


WISHES: dict[Wish, Callable[[Scene, str], Spoken]] = {
    Wish.MENU: lambda scene, value: menu(scene),
    Wish.WELCOME: lambda scene, value: says(scene.talk, words.WELCOME),
    Wish.REPORT: _report,
    Wish.STATUS: lambda scene, value: reported.status(scene),
    Wish.CANCEL: _cancel,
    Wish.UNKNOWN: _unknown,
}
