"""What time demands (到点): everything overdue, each once, whatever is asked again."""

from datetime import datetime
from time import sleep

from assistant.desk import (
    callwork,
    drilldue,
    evacuationdue,
    hazardwork,
    incidentdue,
    latework,
    quizdue,
    rosterwork,
    shiftwork,
    silence,
    spotcheckwork,
    swapwork,
    trainingdue,
)
from assistant.rules import Rules
from assistant.store import Store, Work, acklinks, logins, secrets

BREATH_S = 0.05
"""How long the database is left to others between two slices."""


def tick(store: Store, rules: Rules, now: datetime) -> None:
    """Do all that is due, in as many transactions as it takes; other work gets in between them."""
    is_more = store.attempt(now, lambda work: due(work, rules))
    while is_more:
        sleep(BREATH_S)
        is_more = store.attempt(now, go_on)


def due(work: Work, rules: Rules) -> bool:
    """Remind, climb, and follow up what was left half-said; a second call at the same moment does nothing.

    Returns whether more of it is due than fits one transaction: `go_on` does that.
    """
    work.is_clock = True
    latework.due(work, rules)
    incidentdue.due(work, rules)
    done = callwork.due(work)
    shiftwork.due(work, rules)
    swapwork.due(work)
    spotcheckwork.due(work, rules)
    evacuationdue.due(work, rules)
    hazardwork.due(work, rules)
    drilldue.due(work, rules)
    quizdue.due(work, rules)
    trainingdue.due(work, rules)
    silence.due(work, rules)
    rosterwork.due(work, rules)
    acklinks.purge(work.session, work.now)
    logins.purge(work.session, work.now)
    secrets.purge(work.session, work.now)
    return done > 0 and callwork.is_more(work)


def go_on(work: Work) -> bool:
    """Do the next slice of what was too much for one transaction; return whether there is still more.

    A slice that does nothing is the last one, whatever there is.
    """
    return callwork.due(work, is_first=False) > 0 and callwork.is_more(work)
