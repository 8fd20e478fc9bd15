"""Opening a sealed identity by chat: 查看报告人 YH… 因为发奖."""

import re

from assistant.desk.notices import plain
from assistant.desk.orders import NUMBER, tidy
from assistant.errors import BadInput
from assistant.people import Person
from assistant.ports import Incoming, Outgoing
from assistant.rules import Rules
from assistant.store import Work
from assistant.store.sealed import open_identities
from assistant.wording import explain
from assistant.wording import privacy as wording

# 查看报告人YH20260701-01因为发奖 · 谁报的YH20260701-01
ORDER = re.compile(
    rf"(?:查看?|打开|核实)(?:举?报告?人|报的人)(?:的?身份|是谁)?(?P<case>{NUMBER})(?:[，,：:]?(?:因为|原因是?|理由是?|由于)?(?P<reason>.*))?"
    rf"|(?:查看?)?(?P<case2>{NUMBER})的?(?:举?报告?人|报的人)(?:是谁|身份)?(?:[，,：:]?(?:因为|原因是?|理由是?|由于)(?P<reason2>.*))?"
    rf"|(?P<case3>{NUMBER})是谁报的"
)


def attend(text: str, incoming: Incoming, person: Person, work: Work, _rules: Rules) -> list[Outgoing] | None:
    """Attend to an order to open an identity; None where a message is none."""
    found = ORDER.fullmatch(tidy(text))
    if found is None:
        return None
    number = found["case"] or found["case2"] or found["case3"]
    try:
        opened = open_identities(work, number, person, found["reason"] or found["reason2"] or "", incoming.channel)
    except BadInput as error:
        return [plain(explain(error))]
    return [plain(wording.identities(number, opened))]
