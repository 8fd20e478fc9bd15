"""Where a warning's ladder begins to move people (避险转移): the seam to whoever keeps the household rolls."""

from assistant.desk import callnotices as notices
from assistant.desk import evacuationwork
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
