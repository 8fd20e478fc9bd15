"""Places (地点): province → city → county → township → village → grid, with aliases and landmarks."""

from enum import StrEnum

from sqlmodel import Field, SQLModel


class PlaceLevel(StrEnum):
    """How high a place stands, highest first."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    GRID = "grid"


class Place(SQLModel, table=True):
    """A node of the tree; its path names all above it."""

    __tablename__ = "place"

    path: str = Field(primary_key=True, max_length=255)
    """云南省/示例州/示例县/示例镇/上河村/三组."""
    level: str = Field(max_length=16)
    lat: float | None = None
    lon: float | None = None
    """WGS-84, degrees."""


class PlaceName(SQLModel, table=True):
    """Another name of a place, or a landmark within it (村头大桥, 老粮站)."""

    __tablename__ = "place_name"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    path: str = Field(foreign_key="place.path", index=True, max_length=255)
    name: str
    is_landmark: bool = False
    lat: float | None = None
    lon: float | None = None
