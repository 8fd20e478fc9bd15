"""Evacuation at the desk (转移避险): what somebody says of households, or orders about them."""

from assistant.desk import evacuationasking as asking
from assistant.desk import evacuationorders as orders
from assistant.desk import evacuationtelling as telling
from assistant.desk.evacuationlists import Begun, give_back, pass_on
from assistant.desk.evacuationlists import order as ordered
from assistant.desk.evacuationlists import start as begin
from assistant.dialogue import phrases
from assistant.evacuation import Transfer, Wave
from assistant.evacuation import telling as telling_of
from assistant.people import Person
from assistant.ports import Incoming, Outgoing
from assistant.rules import Rules, load_rules
from assistant.store import Work
from assistant.store import evacuation as stored
from assistant.warnings import RelayedWarning

__all__ = ["attend", "give_back", "pass_on", "start"]


def start(work: Work, warning: RelayedWarning, wave: Wave | str, rule: str = "") -> list[Transfer]:
    """Begin a wave of a warning; empty where the place has no roll, or everybody is on the move already.

    rule: id of the rule by which the warning's ladder begins it, before nightfall where it must; an order without one
    is widened by the night itself.
    """
    if rule:
        return begin(work, warning, Begun(Wave(wave), rule), load_rules())
    return ordered(work, warning, Wave(wave), load_rules())


def attend(text: str, incoming: Incoming, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Take what somebody says of households, or orders about them; None where the message is for somebody else."""
    replies = orders.attend(text, person, work, rules) or asking.attend(text, person, work)
    if replies is not None:
        return replies
    may_concern = telling_of.may_concern(text) or phrases.number_in(text) is not None
    if not may_concern or not stored.is_anything_open(work.session):
        return None
    return telling.attend(text, incoming, person, work, rules)
