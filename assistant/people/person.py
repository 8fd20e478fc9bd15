"""Persons (人员), their channel identities, roles and invitations."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel


class Role(StrEnum):
    """What a person does in a place; whoever has none is a villager."""

    VILLAGER = "villager"  # 村民
    GRID = "grid"  # 网格员
    REPORTER = "reporter"  # 信息员
    DUTY = "duty"  # 值班员
    LEADER = "leader"  # 带班领导
    DIRECTOR = "director"  # 应急负责人（督办）
    DISPATCHER = "dispatcher"  # 调度员
    TRAINER = "trainer"  # 培训员
    ADMIN = "admin"  # 管理员
    CUSTODIAN = "custodian"  # 保密员：唯一能查看举报人身份的人


class Rank(StrEnum):
    """A has the role, B stands in (A/B 角)."""

    A = "A"
    B = "B"


class Person(SQLModel, table=True):
    """One human being; the name of a villager may be empty."""

    __tablename__ = "person"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    name: str = ""
    phone: str = ""
    unit: str = ""
    """Department or organisation (城管委, 上河村村委会)."""
    region: str = ""
    """Path of the place: 云南省/示例州/示例县/示例镇/上河村."""
    created_at: datetime
    is_active: bool = True


class Identity(SQLModel, table=True):
    """A person on a channel."""

    __tablename__ = "identity"

    channel: str = Field(primary_key=True, max_length=32)
    sender: str = Field(primary_key=True, max_length=128)
    person_id: int = Field(foreign_key="person.id", index=True)
    is_verified: bool = False
    """Bound by an invitation code."""
    last_seen_at: datetime
    lost_at: datetime | None = None
    """Since when the platform says that nothing reaches the person there: blocked or left. The next message ends it."""


class Grant(SQLModel, table=True):
    """A role of a person within a place and all below it."""

    __tablename__ = "grant"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str = Field(max_length=16, index=True)
    region: str = ""
    categories: str = ""
    """Hazard classes apart by commas; empty for all."""
    rank: str = Rank.A.value
    since: date | None = None
    until: date | None = None


class Invitation(SQLModel, table=True):
    """A code that binds a channel identity to a person, once."""

    __tablename__ = "invitation"

    digest: str = Field(primary_key=True, max_length=64)
    """SHA-256 of the code; the code itself is not kept."""
    person_id: int = Field(foreign_key="person.id", index=True)
    expires_at: datetime
    used_at: datetime | None = None
