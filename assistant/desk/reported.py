"""What is said about a report that exists (已报的事): corrected, withdrawn, restored, asked after, wished for."""

from dataclasses import replace

from assistant.desk import hazardwork, notices
from assistant.desk.acting import owner_name
from assistant.desk.knowledge import plain
from assistant.desk.reporting import fill, remind, told_more, wishes_in
from assistant.desk.scene import Scene, Spoken, asks, prompt, says
from assistant.dialogue import phrases, places
from assistant.dialogue.heard import FRESH, SURE
from assistant.dialogue.talk import Draft, Question, Talk
from assistant.errors import WrongState
from assistant.hazards import Hazard, HazardState, merging
from assistant.hazards.steps import LIVE
from assistant.incidents import Incident
from assistant.store import hazards as stored
from assistant.triage import Reading
from assistant.wording import dialogue as words
from assistant.wording import terms
from assistant.wording.moments import clock_time

LISTED = 5
BARE = 6
"""Characters; a shorter 取消 gives no reason and is asked back."""
MORE = 8
"""Characters; who takes a report up again in more words tells what has changed."""


def correct(scene: Scene) -> Spoken:
    """Put right what was said wrongly, in the draft or in the report."""
    new, old = _corrected(scene)
    draft, case = scene.talk.draft, scene.current()
    if not new:
        return says(scene.talk, words.NOT_CORRECTED)
    if draft is not None:
        return _corrected_draft(draft, new, old, scene)
    if not isinstance(case, Hazard):
        return says(scene.talk, words.NOT_CORRECTED)
    changes = _changes(case, new, old, scene)
    if changes is None:
        return says(scene.talk, words.NOT_CORRECTED)
    hazardwork.correct(scene.work, case, scene.person, scene.heard.text, changes, scene.rules)
    talk = scene.talk.about(case.number, scene.now)
    return says(talk, words.CORRECTED.format(number=case.number, matter=words.matter(case)))


def _corrected(scene: Scene) -> tuple[str, str]:
    """Return what is right and what was wrong, empty where the words do not say."""
    found = phrases.NOT_BUT.search(scene.heard.words)
    if found:
        return found["new"].strip(), found["old"].strip()
    rest = phrases.MISTAKEN.sub("", scene.heard.words)
    right = phrases.SHOULD_BE.search(rest)
    return (right["new"].strip() if right else places.answered(scene.heard.reading.place or "")), ""


def _corrected_draft(draft: Draft, new: str, old: str, scene: Scene) -> Spoken:
    told = scene.ear(new)
    if _is_matter(told, old, draft.place, scene):
        place = draft.place or told.place or ""
        corrected = replace(draft, place=place, category=told.category or draft.category, urgency=told.urgency or "")
    else:
        corrected = replace(draft, place=places.corrected(draft.place, old, _right_place(new, scene)))
    return fill(replace(scene, talk=replace(scene.talk, draft=corrected)))


def _changes(case: Hazard, new: str, old: str, scene: Scene) -> dict[str, str] | None:
    """Return place or class, whichever the words put right; empty where only the words are others, None for nothing."""
    told = scene.ear(new)
    if _is_matter(told, old, case.place, scene):
        place = {"place": told.place} if told.place and places.is_enough(told.place, scene.region) else {}
        return {"category": told.category.value, **place} if told.category else {}
    whole = scene.ear(f"{scene.heard.text}\n{case.text}")
    if old and old not in case.place and whole.category not in (None, case.category):
        place = {"place": told.place} if told.place else {}
        return {"category": whole.category.value, **place} if whole.category else {}
    right = places.corrected(case.place, old, _right_place(new, scene))
    return {"place": right} if right and right != case.place else None


def _is_matter(told: Reading, old: str, place: str, scene: Scene) -> bool:
    """Say whether a correction puts right what is broken (是路灯杆漏电), not where (是河口村五组)."""
    if not told.is_report or phrases.WHERE.search(scene.heard.words) or (old and old in place):
        return False
    rest = scene.ear(told.text.replace(told.place or "", "", 1))
    return len(told.place or "") * 2 < len(told.text) and rest.is_report and rest.confidence >= SURE


def _right_place(new: str, scene: Scene) -> str:
    """Return the place that a correction names: its first piece, or what of it says where."""
    piece = places.answered(phrases.PIECE.split(new)[0])
    if len(piece) <= places.NAME:
        return piece
    return scene.ear(piece).place or piece


def withdraw(scene: Scene) -> Spoken:
    """Take a report back: with its reason at once, without one after asking."""
    case = scene.current()
    if isinstance(case, Incident):
        return says(scene.talk, words.NOTHING_TO_WITHDRAW)
    if case is None:
        return _withdraw_one_of(_open_reports(scene), scene)
    if case.state == HazardState.WITHDRAWN.value:
        return says(scene.talk, words.ALREADY_WITHDRAWN.format(number=case.number))
    reason = _reason(scene)
    if reason and _is_of_another(case, scene):
        return confirm_withdrawal(case, scene, reason)
    return withdrawn(case, reason, scene) if reason else confirm_withdrawal(case, scene)


def _is_of_another(case: Hazard, scene: Scene) -> bool:
    """Say whether somebody names a thing that the report does not tell of (电线那个不用管了)."""
    found = phrases.POINTED.match(scene.heard.words)
    return found is not None and len(found["hint"]) > 1 and found["hint"] not in f"{case.place}{case.text}"


def _reason(scene: Scene) -> str:
    """Return why something is taken back, in the reporter's words; a bare 取消 gives no reason."""
    is_bare = len(phrases.PARTICLE.sub("", scene.heard.words)) <= BARE and not phrases.SETTLED.search(scene.heard.words)
    return "" if is_bare else scene.heard.text


def _open_reports(scene: Scene) -> list[Hazard]:
    return [case for case in stored.reported_by(scene.work.session, scene.person) if case.state in LIVE]


def _withdraw_one_of(cases: list[Hazard], scene: Scene) -> Spoken:
    if not cases:
        return says(scene.talk, words.NOTHING_TO_WITHDRAW)
    if len(cases) == 1:
        is_settled = phrases.SETTLED.search(scene.heard.words)
        return withdrawn(cases[0], scene.heard.text, scene) if is_settled else confirm_withdrawal(cases[0], scene)
    options = tuple(f"{case.number} {words.short(case)}" for case in cases[:LISTED])
    which = prompt(scene, Question.WHICH, options, *(case.number for case in cases[:LISTED]), said=_reason(scene))
    return asks(scene.talk, which, words.WHICH_WITHDRAW)


def confirm_withdrawal(case: Hazard, scene: Scene, reason: str = "") -> Spoken:
    """Ask before something is taken back; the reason that was given stays with the question."""
    question = words.CONFIRM_WITHDRAW.format(number=case.number, short=words.short(case))
    return asks(
        scene.talk, prompt(scene, Question.WITHDRAW, words.WITHDRAW_OPTIONS, case.number, said=reason), question
    )


def withdrawn(case: Hazard, reason: str, scene: Scene) -> Spoken:
    """Take a report back; nothing is deleted."""
    try:
        hazardwork.withdraw(scene.work, case, scene.person, reason)
    except WrongState:
        return says(scene.talk, words.NOT_WITHDRAWABLE.format(number=case.number, state=words.state(case)))
    talk = scene.talk.about(case.number, scene.now)
    return says(talk, words.withdrawn(case, reason))


def drop(scene: Scene) -> Spoken:
    """Give the draft up; what was asked for is answered meanwhile as a question."""
    is_question = bool(phrases.JUST_ASKING.fullmatch(scene.heard.words))
    talk = replace(scene.talk, draft=None, prompt=None, dropped=scene.talk.draft)
    if scene.talk.draft is not None:
        talk = talk.on_topic(scene.talk.draft.text, scene.now)
    return says(talk, words.JUST_ASKING if is_question else words.DROPPED)


def reinstate(scene: Scene) -> Spoken:
    """Go on with a report that was taken back, or with the draft that was given up."""
    if scene.talk.dropped is not None:
        again = replace(scene, talk=replace(scene.talk, draft=scene.talk.dropped, dropped=None, prompt=None))
        return fill(again) if len(scene.heard.words) > MORE else remind(again)
    case = scene.current()
    if not isinstance(case, Hazard):
        return says(scene.talk, words.STATUS_NONE)
    hazardwork.reopen(scene.work, case, scene.person, scene.heard.text, scene.rules)
    if len(scene.heard.words) > MORE:
        hazardwork.supplement(scene.work, case, scene.person, scene.heard.text)
    talk = scene.talk.about(case.number, scene.now)
    return says(talk, words.REINSTATED.format(number=case.number, state=words.state(case)))


def keep(scene: Scene) -> Spoken:
    """Answer 别给我撤了: nothing is taken back."""
    case, draft = scene.current(), scene.talk.draft
    if draft is not None:
        return says(scene.talk, words.KEPT_DRAFT, words.still_asks(draft))
    if case is None:
        return says(scene.talk, words.STATUS_NONE)
    return says(scene.talk, words.KEPT.format(number=case.number, state=words.state(case)))


def received(scene: Scene) -> Spoken:
    """Say that what was sent has come."""
    case = scene.current()
    draft = scene.talk.draft
    if draft is not None:
        return says(scene.talk, words.RECEIVED_DRAFT, words.still_asks(draft))
    if case is None:
        return says(scene.talk, words.RECEIVED_DRAFT)
    return says(
        scene.talk, words.RECEIVED.format(number=case.number, matter=words.matter(case), state=words.state(case))
    )


def timing(scene: Scene) -> Spoken:
    """Promise no day; pass the question, and the day that presses, to the duty desk."""
    case = scene.current()
    if not isinstance(case, Hazard):
        return status(scene)
    day = phrases.DAY.search(scene.heard.words)
    event = hazardwork.supplement(scene.work, case, scene.person, scene.heard.text, more=told_more(case, scene))
    told = plain(words.TIMING_STAFF.format(number=case.number, text=scene.heard.text))
    notices.send(scene.work, event, "timing", notices.desk_staff(scene.work, case), told)
    noted = words.TIMING_NOTED.format(day=day.group()) if day else words.TIMING_TOLD
    return says(scene.talk, words.TIMING.format(number=case.number, state=words.state(case), noted=noted))


def wish(scene: Scene) -> Spoken:
    """Keep what the reporter asks for besides the repair."""
    case = scene.current()
    wishes = wishes_in(scene.heard.words) or scene.heard.text
    if not isinstance(case, Hazard):
        return says(replace(scene.talk, wishes=wishes), words.WISH_FIRST.format(wishes=wishes))
    hazardwork.supplement(scene.work, case, scene.person, scene.heard.text, more={"wishes": wishes})
    return says(scene.talk.about(case.number, scene.now), words.WISH.format(number=case.number, wishes=wishes))


def anonymous(scene: Scene) -> Spoken:
    """Say who can see what, and keep the name out of it from now on."""
    case = scene.current()
    if isinstance(case, Hazard) and scene.talk.is_about_case(scene.now, FRESH) and not case.is_anonymous:
        hazardwork.correct(scene.work, case, scene.person, "", {"is_anonymous": True}, scene.rules)
        return says(scene.talk, words.ANONYMOUS, words.ANONYMOUS_CASE.format(number=case.number))
    if isinstance(case, Hazard) and case.state in LIVE and scene.talk.is_about_case(scene.now, FRESH):
        hazardwork.supplement(scene.work, case, scene.person, scene.heard.text)  # a number, or what was done to them
        return says(scene.talk.about(case.number, scene.now), words.ANONYMOUS)
    draft = scene.talk.draft
    has_reported = bool(scene.work.numbers_of(scene.person))
    asked = words.still_asks(draft) if draft else "" if has_reported else words.ANONYMOUS_ASK
    return says(replace(scene.talk, is_anonymous=True), words.ANONYMOUS, asked)


def status(scene: Scene) -> Spoken:
    """Say how far the person's own reports have come: the one that is named, or the last ones."""
    own = scene.work.numbers_of(scene.person)
    asked = [number for number in phrases.case_numbers(scene.heard.words)]
    if asked and not set(asked) & set(own):  # whoever presses on is declined again
        return says(replace(scene.talk, refused_at=scene.now), words.STATUS_OTHER)
    chosen = [number for number in asked if number in own] or _shown(own, scene)[-LISTED:]
    if not chosen:
        return says(scene.talk, words.STARTED if scene.talk.draft else words.STATUS_NONE)
    lines = [_status_line(scene.case(number), scene) for number in reversed(chosen)]
    head = words.STATUS_HEAD.format(count=len(lines)) if len(lines) > 1 else ""
    return says(_going_on(scene.talk, chosen[-1], scene), head, *lines)


def _shown(own: list[str], scene: Scene) -> list[str]:
    """Return a person's reports without those that go on in another one of them."""
    cases = [scene.case(number) for number in own]
    return [case.number for case in cases if not (isinstance(case, Hazard) and case.main in own and case.main)]


def _status_line(case: Hazard | Incident, scene: Scene) -> str:
    last = scene.work.events(case.number)[-1].fields.get("reason", "")
    is_ended = case.state in (HazardState.WITHDRAWN.value, HazardState.REJECTED.value)
    line = words.STATUS_ONE.format(
        number=case.number,
        category=terms.CATEGORIES.get(case.category, ""),
        place=words.where(case),
        at=clock_time(case.registered_at, scene.now),
        state=words.state(case),
        reason=words.BECAUSE.format(reason=words.clipped(last)) if is_ended and last else "",
    ) + _in_hand(case, scene)
    events = scene.work.events(case.number)
    suspected = {event.fields["main"] for event in events if event.kind == merging.SUSPECT}
    has_similar = bool(suspected - merging.denied(events))
    return line + (words.STATUS_SIMILAR if has_similar else "")


def _in_hand(case: Hazard | Incident, scene: Scene) -> str:
    """Return who has a case and until when, where somebody has it."""
    owner = owner_name(scene.work, case) if isinstance(case, Hazard) and case.state in LIVE else ""
    if not owner or not isinstance(case, Hazard):
        return ""
    due = words.IN_HAND_UNTIL.format(due=clock_time(case.due_at, scene.now)) if case.due_at else ""
    return words.IN_HAND.format(owner=owner, due=due)


def _going_on(talk: Talk, number: str, scene: Scene) -> Talk:
    return replace(talk, case=talk.case or number, case_at=talk.case_at or scene.now)


def thanked(scene: Scene) -> Spoken:
    """Answer thanks beside a report."""
    case = scene.current()
    if case is None:
        return says(scene.talk, words.THANKED_ALONE)
    return says(scene.talk, words.THANKED.format(number=case.number))


def nod(scene: Scene) -> Spoken:
    """Answer 嗯 and 好的 beside a report."""
    case = scene.current()
    if case is None:
        return says(scene.talk, words.RECEIVED_DRAFT)
    return says(scene.talk, words.NODDED.format(number=case.number, state=words.state(case)))
