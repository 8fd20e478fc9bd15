"""The post (岗位): one person on duty at one place for one shift."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel


class PostKind(StrEnum):
    """What a person on duty does; who leads comes first."""

    LEADER = "leader"  # 带班领导
    DEPUTY = "deputy"  # 副班、备班
    STAFF = "staff"  # 值班员


class Origin(StrEnum):
    """Where a post comes from."""

    TABLE = "table"  # 值班表
    PATTERN = "pattern"  # 轮班
    OVERRIDE = "override"  # 加人、换人、临时值班表
    SWAP = "swap"  # 换班


class Post(SQLModel, table=True):
    """One person on duty."""

    __tablename__ = "post"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    region: str = Field(default="", max_length=255, index=True)
    """Path of the place; empty where only the unit is known."""
    unit: str = ""
    """Office that keeps the roster (示例镇应急办)."""
    day: date = Field(index=True)
    """The day in China on which the shift begins."""
    kind: str = Field(max_length=16)
    person_id: int = Field(foreign_key="person.id", index=True)
    starts_at: datetime
    ends_at: datetime = Field(index=True)
    room_phone: str = ""
    """Telephone of the duty room (值班电话), which anybody may know."""
    origin: str = Field(default=Origin.TABLE.value, max_length=16)
    """What a change of the roster may replace: a swap between two persons stays."""
