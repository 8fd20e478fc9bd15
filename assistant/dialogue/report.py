"""A report (上报): what a conversation has gathered, ready for the ledger."""

from dataclasses import dataclass

from assistant.ports import Attachment, Location


@dataclass(frozen=True, slots=True)
class Report:
    """One hazard or incident in the reporter's words."""

    text: str
    """One message a line."""
    category: str
    urgency: str
    region: str
    """Path of the place that is in charge."""
    place: str = ""
    casualties: bool | None = None
    location: Location | None = None
    attachments: tuple[Attachment, ...] = ()
    is_anonymous: bool = False
    wishes: str = ""
    """What the reporter asks for (不打电话), in plain words."""
    danger: str = ""
    """A `triage.Danger`, where a rule saw one."""
    hazard: str = ""
    """Number of the hazard that turned into this incident."""
