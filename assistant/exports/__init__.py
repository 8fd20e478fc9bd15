"""Exports (导出): the ledgers as tables, points and records; telephone numbers and reporters stand in none of them."""

from assistant.exports.entries import Entry, entries
from assistant.exports.ledgers import FORMATS, LEDGERS, Order, export
from assistant.exports.tables import Column, Table

__all__ = ["FORMATS", "LEDGERS", "Column", "Entry", "Order", "Table", "entries", "export"]
