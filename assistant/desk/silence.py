"""Silence in the middle of a report (说到一半): what was told is not lost, the duty desk hears of it."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import col, select

from assistant.desk.notices import plain
from assistant.dialogue.talk import Draft, dump_talk, load_talk
from assistant.hazards.moments import utc
from assistant.people import Person, Role
from assistant.rules import Rules
from assistant.store import Lane, Work
from assistant.store import hazards as stored
from assistant.store.work import ConversationRow
from assistant.wording import dialogue as words

RULE = "draft.tell_duty"
DRAFT = '"draft":{'
"""Stands in the state of a conversation in which something is left half-said."""


def due(work: Work, rules: Rules) -> int:
    """Tell the duty desk of each draft with a grave matter whose writer has fallen silent; return how many there were."""
    told = 0
    has_draft = col(ConversationRow.state).contains(DRAFT, autoescape=True)
    for row in work.session.exec(select(ConversationRow).where(has_draft).with_for_update()).all():
        talk = load_talk(row.state)
        draft = talk.draft
        if draft is None or draft.is_told or draft.urgency not in words.GRAVE or not draft.texts:
            continue
        person = work.person_by_id(row.person_id)
        silent = utc(work.now) - utc(row.updated_at)
        if silent >= rules.find(RULE, person.region, utc(work.now).date()).duration:
            _tell(work, person, draft, silent)
            work.keep_state(row, dump_talk(replace(talk, draft=replace(draft, is_told=True))))
            told += 1
    return told


def _tell(work: Work, person: Person, draft: Draft, silent: timedelta) -> None:
    text = words.silent_draft(draft, person.region, int(silent.total_seconds() // 60))
    for role in (Role.DUTY, Role.LEADER, Role.DIRECTOR):
        people = stored.nearest_holders(work, role, person.region)
        for one in people:
            key = f"draft/{person.id}/{draft.started_at:%Y%m%d%H%M%S}"
            work.tell(one, plain(text), key=key, lane=Lane.URGENT)
        if people:
            return
