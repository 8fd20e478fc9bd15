"""Routes (派单规则): which place and class of hazard goes to whom, and who catches what is refused."""

from collections.abc import Iterable

from sqlmodel import Field, SQLModel

from assistant.rules import covers


class Route(SQLModel, table=True):
    """Place and class → who is in charge (a person, or a unit as text), and the backstop (兜底)."""

    __tablename__ = "route"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    region: str = Field(default="", max_length=255, index=True)
    """Path of the place; it holds for all below it."""
    category: str = Field(default="", max_length=16)
    """Class of hazard; empty for all."""
    owner: int | None = None
    """Person id."""
    unit: str = ""
    backstop: int | None = None
    """Person id."""
    backstop_unit: str = ""


def nearest(routes: Iterable[Route], region: str, category: str) -> Route | None:
    """Return the route of the nearest place; there, the one of that very class before the one for all."""
    fits = [route for route in routes if covers(route.region, region) and route.category in ("", category)]
    fits = [route for route in fits if route.owner is not None or route.unit]
    return max(fits, key=lambda route: (len(route.region), bool(route.category), -(route.id or 0)), default=None)
