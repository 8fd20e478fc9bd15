"""Waves (转移批次): so long before onset, those whom the ladder names are told, and households begin to be moved."""

from assistant.desk import fanning, moving
from assistant.events import CLOCK, Event
from assistant.people import Role
from assistant.store import Work, fanout
from assistant.store import warnings as stored
from assistant.store.fanout import Owed
from assistant.warnings import CallState, RelayedWarning, climbing
from assistant.warnings.ladder import Wave, plan_of


def begin(work: Work) -> None:
    """Begin the waves whose moment has come; of several that were missed only the last is told, for it holds the others.

    Not before everybody has been called: who is called later would not hear of the wave.
    """
    for warning in stored.live(work.session):
        plan = plan_of(warning.plan)
        begun = warning.waves.split(",")
        due = [one for one in (plan.waves if plan else ()) if one.name not in begun and one.moment <= work.now]
        if due and fanout.is_owed(work.session, Owed.CALL, warning=warning.number):
            continue
        for one in due:
            event = work.append(warning, climbing.wave_begun(warning, one.name, one.rule), CLOCK)
            if one is due[-1]:
                _begin(work, warning, one, event)


def _begin(work: Work, warning: RelayedWarning, wave: Wave, event: Event) -> None:
    ids = {grant.person_id for role in wave.tell for grant in work.grants_of(Role(role))}
    calls = stored.calls_of(work.session, warning.number)
    told = [
        made.person for made in calls if made.person in ids and (made.is_open or made.state == CallState.ACTED.value)
    ]
    fanning.tell_wave(work, warning, dict.fromkeys(told), event, wave.name)
    if wave.moves:
        moving.start(work, warning, wave)
