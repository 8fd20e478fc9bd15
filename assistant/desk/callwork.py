"""Warnings at the desk (预警叫应): relay and call, take answers, follow the silent, say who has answered."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from assistant.desk import callnotices as notices
from assistant.events import RULE
from assistant.people import Person
from assistant.store import Work
from assistant.store.warnings import WARNING
from assistant.warnings import RelayedWarning, calling
from assistant.wording import warnings as wording


def issue_warning(  # noqa: PLR0913  (everything that a relayed warning says)
    work: Work,
    title: str,
    area: str,
    region: str,
    issued_at: datetime,
    ack_within: timedelta,
    persons: Iterable[Person],
) -> RelayedWarning:
    """Relay a warning: one call for each person, due from the moment of issue on; duty hears whom no message reaches."""
    warning = RelayedWarning(number=work.next_number(WARNING))
    issued = work.append(warning, calling.issue(title, area, region, issued_at, ack_within), RULE)
    people = list({person.id: person for person in persons}.values())
    for count, person in enumerate(people, 1):
        made, event = notices.add_call(work, warning, person, count)
        notices.send(work, event, "call", [person], wording.call(warning, made), *wording.CALL_CHOICES)
    notices.tell_unreachable(work, warning, issued, people)
    return warning
