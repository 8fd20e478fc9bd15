"""The household roll (避险明白卡): who lives where, who cannot go alone, who helps, which way and where to."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from sqlmodel import Field, SQLModel, UniqueConstraint

from assistant.rules import covers


class Vulnerable(StrEnum):
    """Why somebody of a household has to be moved early, or carried."""

    ELDER_ALONE = "elder_alone"  # 独居老人
    ELDER = "elder"  # 老人
    DISABLED = "disabled"  # 失能人员、残疾人
    CHILD = "child"  # 儿童
    PREGNANT = "pregnant"  # 孕产妇
    SICK = "sick"  # 病人


class Household(SQLModel, table=True):
    """One household that is to be moved when danger comes near."""

    __tablename__ = "household"
    __table_args__ = (UniqueConstraint("region", "head"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    region: str = Field(default="", max_length=255, index=True)
    """Path of the village or group."""
    head: str = Field(default="", max_length=32)
    """Who answers for it (户主)."""
    known_as: str = ""
    """Other names by which the village calls it or somebody in it (马老三, 王奶奶), apart by commas."""
    phone: str = ""
    """Read whole only by the helper and by duty."""
    members: int = 1
    vulnerable: str = ""
    """Values of Vulnerable, apart by commas."""
    helper_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    backup_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    """Takes over from the helper."""
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    """Somebody of the household who has an account here."""
    route: str = ""
    shelter: str = ""
    keeper_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    """Who keeps the shelter (安置点负责人)."""
    zone: str = ""
    """The hazard points or areas that threaten it, apart by commas."""
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All names by which it may be called, the head's first."""
        return tuple(dict.fromkeys(filter(None, (self.head, *self.known_as.split(",")))))

    @property
    def weak(self) -> tuple[Vulnerable, ...]:
        """Who of it has to be moved early."""
        return tuple(Vulnerable(one) for one in self.vulnerable.split(",") if one)


def threatened(households: Iterable[Household], places: Collection[str], area: str) -> list[Household]:
    """Return the households that a warning means, by place and number.

    places: paths of all that it warns; area: its own words; where they name zones of the roll, only these zones are meant, and whoever has none.
    """
    inside = [one for one in households if any(covers(place, one.region) for place in places)]
    named = {zone for one in inside for zone in one.zone.split(",") if zone and zone in area}
    chosen = [one for one in inside if not named or not one.zone or named & set(one.zone.split(","))]
    return sorted(chosen, key=lambda one: (one.region, one.id or 0))
