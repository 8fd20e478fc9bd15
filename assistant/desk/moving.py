"""Where a warning's calls meet the household rolls (避险转移): a wave begins, a list follows the call to the deputy and back."""

from assistant.desk import callnotices as notices
from assistant.desk import evacuationwork
from assistant.people import Person
from assistant.rules import load_rules
from assistant.store import Work
from assistant.warnings import RelayedWarning
from assistant.warnings.ladder import Wave
from assistant.wording import relays as words


def start(work: Work, warning: RelayedWarning, wave: Wave) -> None:
    """Begin to move households for a wave: their helpers get their lists; duty and leader of the place are told.

    wave: moves the vulnerable or all, as in ladders.toml; an exercise never comes here.
    """
    evacuationwork.start(work, warning, wave.moves, wave.rule)
    event = work.events(warning.number)[-1]
    notices.send(work, event, "move", notices.in_charge(work, warning), words.move(warning, wave.moves))


def pass_on(work: Work, warning: RelayedWarning, absent: int, to: Person) -> None:
    """Give the households of somebody who is not there, or stays silent, to the deputy who is called in this place."""
    evacuationwork.pass_on(work, warning.number, work.person_by_id(absent), to, load_rules())


def give_back(work: Work, warning: RelayedWarning, deputy: int, to: Person) -> None:
    """Give a helper who has answered late the own households back from a deputy who is let go."""
    evacuationwork.give_back(work, warning.number, work.person_by_id(deputy), to, load_rules())
