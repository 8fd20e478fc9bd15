"""What a message is (研判结果)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.triage.danger import Danger


class Intent(StrEnum):
    """What the writer wants."""

    HAZARD = "hazard"
    """隐患: a risk was seen."""
    INCIDENT = "incident"
    """突发事件: an emergency now."""
    QUESTION = "question"
    """提问."""
    ACK = "ack"
    """应答预警: received, passed on, at the post."""
    STATUS = "status"
    """问进度: what became of a report."""
    CANCEL = "cancel"
    """撤回: the report is settled or was a mistake."""
    HELP = "help"
    """问用法: menu words and commands."""
    SMALLTALK = "smalltalk"
    """闲聊: greetings, thanks, jokes, abuse, attempts to change the rules."""


class Category(StrEnum):
    """The class of a hazard or an incident: it follows what would do the harm."""

    GEOLOGICAL = "geological"
    """地质灾害."""
    FLOOD = "flood"
    """洪涝."""
    FIRE = "fire"
    """消防."""
    FOREST_FIRE = "forest_fire"
    """森林草原防火."""
    GAS = "gas"
    """燃气."""
    BUILDING = "building"
    """房屋建筑."""
    TRAFFIC = "traffic"
    """交通."""
    MINE = "mine"
    """矿山."""
    CHEMICAL = "chemical"
    """危险化学品."""
    LIMITED_SPACE = "limited_space"
    """有限空间."""
    ELECTRICITY = "electricity"
    """用电."""
    PUBLIC_FACILITY = "public_facility"
    """公共设施."""
    WEATHER = "weather"
    """气象."""
    WATER_SAFETY = "water_safety"
    """涉水安全."""
    OTHER = "other"
    """其他."""


class Urgency(StrEnum):
    """How soon somebody must act."""

    EMERGENCY = "emergency"
    """Within minutes or hours somebody may die."""
    URGENT = "urgent"
    """The same day."""
    ROUTINE = "routine"
    """At the ordinary round of checks."""


class Guard(StrEnum):
    """Why a message, or a part of it, is to be declined politely."""

    INJECTION = "injection"
    """It tries to change the rules or the role of the service."""
    PRIVATE_DATA = "private_data"
    """It asks for somebody's private data."""


REPORTS = frozenset({Intent.HAZARD, Intent.INCIDENT})
"""These tell of something; category, urgency and casualties belong to them alone."""
PLACELESS = frozenset({Intent.QUESTION, Intent.HELP, Intent.SMALLTALK})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message, or a part of one, is."""

    text: str
    intent: Intent
    category: Category | None
    """Of reports only, like `urgency` and `casualties`."""
    urgency: Urgency | None
    place: str | None
    """Where, in exactly the words of `text`."""
    casualties: bool | None
    """True: people are hurt, trapped or missing. False: the text says that nobody is."""
    danger: Danger | None
    """By rule, whatever the rest says: the advice to be given at once."""
    guard: Guard | None
    confidence: float
    """Of the intent, 0 to 1."""
    intents: Mapping[Intent, float]
    """Probability of each intent; they sum to 1."""
    emergency: float
    """Probability that this is an emergency, 0 to 1."""

    @property
    def is_report(self) -> bool:
        """Say whether the message tells of a hazard or an incident."""
        return self.intent in REPORTS

    @property
    def is_emergency(self) -> bool:
        """Say whether somebody may die unless something is done at once."""
        return self.urgency is Urgency.EMERGENCY
