"""Staff work (办件): the parts of the desk that belong to people with a role, asked one after another."""

from dataclasses import replace
from datetime import datetime

from assistant.desk import (
    callwork,
    casework,
    drillwork,
    duecalendar,
    dutyspans,
    dutywork,
    evacuationcalls,
    evacuationwork,
    incidentorders,
    obligationwork,
    ondutywork,
    privacywork,
    quiztaking,
    quizwork,
    rehearsalorders,
    relayorders,
    rosterorders,
    rosterwork,
    trainingwork,
)
from assistant.desk.casewords import read
from assistant.desk.scene import Scene, Spoken
from assistant.dialogue import asides, phrases
from assistant.duty.shiftorders import ShiftOrder
from assistant.ports import Attachment
from assistant.triage import danger

ORDERS = (privacywork.attend, rosterwork.attend, incidentorders.draft_with, incidentorders.attend)


def staffed(scene: Scene) -> Spoken | None:
    """Return what staff work answers, None where the message is none of it.

    A bare number belongs to whoever has asked last: the dialogue or staff work.
    """
    checked = _on_duty(scene, ondutywork.CODES)
    if checked is not None or _is_for_dialogue(scene):
        return checked
    for part in PARTS:
        spoken = part(scene)
        if spoken is not None:
            return spoken
    return None


def _text(scene: Scene) -> str:
    return scene.heard.text.removeprefix("/")


def _is_on_it(scene: Scene) -> bool:
    return phrases.ON_IT.search(scene.heard.words) is not None and scene.heard.reading.danger is None


def _rostered(scene: Scene) -> Spoken | None:
    """Take a change of the roster (排班); what is shown waits for a yes, which belongs to nothing else."""
    if scene.heard.reading.danger is not None:
        return None
    replies = rosterorders.attend(_text(scene), scene.incoming, scene.person, scene.work)
    return None if replies is None else Spoken(tuple(replies), scene.talk)


def _of_shift(scene: Scene) -> Spoken | None:
    """Take what can only be about a shift (接班, 交班, 换班, 查岗)."""
    return _on_duty(scene, ondutywork.CERTAIN)


def _come(scene: Scene) -> Spoken | None:
    """Take 收到 and 到岗 for a shift, where nothing else waits for them."""
    return _on_duty(scene, ondutywork.AT_LAST)


def _on_duty(scene: Scene, wanted: frozenset[ShiftOrder]) -> Spoken | None:
    replies = ondutywork.attend(_text(scene), wanted, scene.person, scene.work, scene.rules)
    return None if replies is None else Spoken(tuple(replies), scene.talk)


def moving(scene: Scene) -> Spoken | None:
    """Take from somebody on a household roll what is only guessed to be danger (我妈走不动): the helper and duty hear it."""
    return _evacuating(scene) if danger(scene.heard.text) is None else None


def _evacuating(scene: Scene) -> Spoken | None:
    """Take what is said of households on the move; the same words answer the call that waits for them."""
    replies = evacuationwork.attend(_text(scene), scene.incoming, scene.person, scene.work, scene.rules)
    if replies is None:
        return None
    evacuationcalls.answer(scene.work, scene.person, _text(scene), scene.heard.reading)
    return Spoken(tuple(replies), scene.talk)


def _relayed(scene: Scene) -> Spoken | None:
    """Take an order about a warning: relay, cancel, lift, enter an answer, name somebody else."""
    replies = relayorders.attend(_text(scene), scene.incoming, scene.person, scene.work, scene.rules)
    return None if replies is None else Spoken(tuple(replies), scene.talk)


def _rehearsed(scene: Scene) -> Spoken | None:
    """Take an order about a rehearsal of a warning: begin, end, result, count it."""
    replies = rehearsalorders.attend(_text(scene), scene.incoming, scene.person, scene.work, scene.rules)
    return None if replies is None else Spoken(tuple(replies), scene.talk)


def _called(scene: Scene) -> Spoken | None:
    """Take the answer of somebody whom a warning calls."""
    replies = callwork.attend(_text(scene), scene.incoming, scene.person, scene.work, scene.heard.reading)
    if replies is None and _is_on_it(scene):
        replies = callwork.going_on(_text(scene), scene.person, scene.work)
    return None if replies is None else Spoken(tuple(replies), scene.talk)


def asked_of_roster(scene: Scene) -> Spoken | None:
    """Answer who is on duty; None where something else is asked."""
    if scene.talk.draft is not None and scene.heard.is_place:
        return None  # the answer to 在什么地方
    said = (_text(scene), scene.incoming, scene.person, scene.work, scene.talk.roster)
    asked = dutyspans.attend(*said) or dutywork.attend(*said)
    return None if asked is None else Spoken(tuple(asked[0]), replace(scene.talk, roster=asked[1]))


def _obliged(scene: Scene) -> Spoken | None:
    """Show and decide what documents oblige to (职责清单)."""
    replies = duecalendar.attend(_text(scene), scene.person, scene.work)
    if replies is None:
        replies = obligationwork.attend(_text(scene), scene.incoming, scene.person, scene.work)
    return None if replies is None else Spoken(tuple(replies), scene.talk)


def _ordered(scene: Scene) -> Spoken | None:
    for attend in ORDERS:
        replies = attend(_text(scene), scene.incoming, scene.person, scene.work, scene.rules)
        if replies is not None:
            is_asking = any(reply.choices for reply in replies)
            return Spoken(tuple(replies), replace(scene.talk, prompt=None) if is_asking else scene.talk)
    return None


def _acknowledged(scene: Scene) -> Spoken | None:
    """Take 收到，我带人过去 for what waits for this person."""
    if not _is_on_it(scene):
        return None
    replies = incidentorders.acknowledge(_text(scene), scene.person, scene.work, scene.rules)
    return None if replies is None else Spoken(tuple(replies), scene.talk)


def _on_scene(scene: Scene) -> Spoken | None:
    """Take what somebody who has an incident in hand tells of the scene, in whatever words (现场看过，已浇灭)."""
    said = scene.heard.words
    is_told = scene.heard.reading.danger is None and phrases.ASKED.search(said) is None and asides.ON_SCENE.search(said)
    if not is_told or not incidentorders.in_hand_of(scene.work, scene.person):
        return None
    noted = f"进展：{_text(scene)}"
    replies = incidentorders.attend(noted, scene.incoming, scene.person, scene.work, scene.rules)
    return None if replies is None else Spoken(tuple(replies), scene.talk)


def _casework(scene: Scene) -> Spoken | None:
    before = _pictures_before(scene)
    incoming = replace(scene.incoming, attachments=(*before, *scene.incoming.attachments))
    done = casework.attend(_text(scene), incoming, scene.person, scene.work, scene.rules, scene.talk.staff)
    if done is None:
        return None
    # what staff work has asked is now the last question
    talk = replace(scene.talk, staff=done.memory, prompt=None if done.memory.get("asked") else scene.talk.prompt)
    talk = replace(talk, draft=None) if before and done.memory.get("takes_pictures") else talk
    return Spoken(tuple(done.replies), talk)


def _pictures_before(scene: Scene) -> tuple[Attachment, ...]:
    """Return pictures that came without a word and wait for one (［照片］ … 焊好了，照片刚发)."""
    draft, said = scene.talk.draft, read(scene.heard.text)
    is_theirs = draft is not None and not draft.texts and said is not None and said.wish in casework.PICTURED
    return draft.attachments if draft is not None and is_theirs else ()


def _is_for_dialogue(scene: Scene) -> bool:
    prompt, asked_at = scene.talk.prompt, scene.talk.staff.get("at", "")
    if prompt is not None and quiztaking.is_quiz(scene.talk) and scene.heard.words in prompt.options:
        return True
    if prompt is None or phrases.number_in(scene.heard.words) is None:
        return False
    return not asked_at or not scene.talk.staff.get("asked") or prompt.asked_at >= datetime.fromisoformat(asked_at)


PARTS = (
    _rostered,
    _relayed,
    _rehearsed,
    _of_shift,
    _evacuating,
    _called,
    asked_of_roster,
    _obliged,
    trainingwork.attend,
    drillwork.attend,
    quizwork.attend,
    _ordered,
    _acknowledged,
    _casework,
    _on_scene,
    _come,
)
"""In this order each is asked; the first that answers has the message."""
