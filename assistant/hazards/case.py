"""The hazard (隐患) as a case: its row, its states, and how events change it."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Index

from assistant.events import Case


class HazardState(StrEnum):
    """Where a hazard stands; a draft (草稿) lives in the reporter's conversation and is no case yet."""

    REGISTERED = "registered"  # 已登记
    REJECTED = "rejected"  # 不属实
    DUPLICATE = "duplicate"  # 重复
    WITHDRAWN = "withdrawn"  # 已撤回
    ACCEPTED = "accepted"  # 已立案
    ASSIGNED = "assigned"  # 已派单
    SIGNED = "signed"  # 已签收
    RECTIFYING = "rectifying"  # 整改中
    SUBMITTED = "submitted"  # 待复查
    CLOSED = "closed"  # 已销号
    CALLED_BACK = "called_back"  # 已回访
    REOPENED = "reopened"  # 已重开


class Hazard(Case, table=True):
    """One hazard; only events change it."""

    __tablename__ = "hazard"
    # open cases of a place, and those closed lately: what a new report is compared with
    __table_args__ = (Index("ix_hazard_place", "state", "region"), Index("ix_hazard_closed", "state", "closed_at"))

    state: str = Field(default=HazardState.REGISTERED.value, max_length=16)
    category: str = Field(default="", max_length=16)
    urgency: str = Field(default="", max_length=16)
    region: str = Field(default="", max_length=255)
    """Path of the place that is in charge."""
    place: str = ""
    """Where, in the reporter's words."""
    lat: float | None = None
    lon: float | None = None
    """Of the hazard, WGS-84."""
    text: str = ""
    """What was reported, all of it, in the reporter's words, one message a line."""
    casualties: bool | None = None
    is_anonymous: bool = False
    wishes: str = ""
    """What the reporter asks for (不打电话), in plain words."""
    reporter: str = Field(default="", max_length=40, index=True)
    """Token of the sealed identity."""
    registered_at: datetime | None = None
    unit: str = Field(default="", index=True)
    """Who has to see to it: department or village."""
    owner: int | None = Field(default=None, index=True)
    """Person id."""
    rectifier: int | None = None
    """Person id of who submitted the repair: somebody else must close."""
    due_at: datetime | None = Field(default=None, index=True)
    due_rule: str = ""
    """Id of the rule that set the deadline, `extension`, or `assigned` for the day of whoever gave it."""
    wanted_until: datetime | None = None
    """By when whoever has given it wants it done; the rule's own deadline stays the latest."""
    remind_at: datetime | None = None
    """When the one in charge is reminded of the deadline; none once it is done."""
    backstop: int | None = None
    """Person id of who takes the case over where it is refused (兜底)."""
    backstop_unit: str = ""
    extension_until: datetime | None = None
    """Asked for and not yet decided."""
    is_overdue: bool = False
    climbs: int = 0
    """Superiors that have been told since the deadline passed."""
    climb_at: datetime | None = None
    """When the next superior is told."""
    supervisor: int | None = None
    """Person id of the superior who is named on the overdue case."""
    called: str = ""
    """Who was called to the case by whistle (吹哨): a JSON list of `whistling.Called`."""
    closed_at: datetime | None = None
    main: str = ""
    """Number of the case of which this is a duplicate."""
    incident: str = ""
    """Number of the incident that it became."""
    clause: str = ""
    """Unit id of the clause that obliges someone to act."""
    reward: str = Field(default="none", max_length=16)
