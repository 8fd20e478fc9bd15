"""What is said in fixed words about duplicates, rewards, identities and one's own data: one door for the desk."""

from collections.abc import Callable

from assistant.desk import datawork, identitywork, mergework, rewardwork
from assistant.people import Person
from assistant.ports import Incoming, Outgoing
from assistant.rules import Rules
from assistant.store import Work

Part = Callable[[str, Incoming, Person, Work, Rules], list[Outgoing] | None]
PARTS: tuple[Part, ...] = (mergework.attend, identitywork.attend, rewardwork.attend, datawork.attend)


def attend(text: str, incoming: Incoming, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Attend to a message, None where it is for none of these parts."""
    for part in PARTS:
        replies = part(text, incoming, person, work, rules)
        if replies is not None:
            return replies
    return None
