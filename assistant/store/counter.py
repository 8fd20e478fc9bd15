"""Counters (计数): the last number of a day, and what tells one state of a table from another."""

from sqlmodel import Field, SQLModel


class CounterRow(SQLModel, table=True):
    """The last number that was given out under a name."""

    __tablename__ = "counter"

    name: str = Field(primary_key=True, max_length=32)
    value: int = 0
