"""What time demands (到点): everything overdue, each once, whatever is asked again."""

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
from assistant.store import Work, logins, secrets


def due(work: Work, rules: Rules) -> None:
    """Remind, climb, and follow up what was left half-said; a second call at the same moment does nothing."""
    latework.due(work, rules)
    incidentdue.due(work, rules)
    callwork.due(work)
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
    logins.purge(work.session, work.now)
    secrets.purge(work.session, work.now)
