"""The call sheet of a warning (叫应单): what stands on it, from what is known now."""

from assistant.desk.callview import Row, View
from assistant.exports import callsheet
from assistant.exports.callsheet import Line
from assistant.exports.tables import Table
from assistant.warnings.climbing import Outcome
from assistant.wording import callpages as words

UNANSWERED = (Outcome.OPEN, Outcome.UNREACHABLE, Outcome.CLOSED)


def table(view: View) -> Table:
    """Return the sheet with everybody, and the knock list of those who have not answered."""
    return callsheet.sheet(words.sheet_title(view.warning), [_line(row) for row in view.rows])


def _line(row: Row) -> Line:
    return Line(
        region=row.call.region,
        name=row.who.name,
        phone=row.who.phone,
        deputies=words.deputies([(one.name, one.phone) for one in row.deputies]),
        so_far=words.so_far(row.call, row.outcome),
        is_open=row.outcome in UNANSWERED,
    )
