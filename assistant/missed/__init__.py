"""The question log (问题记录): which questions were missed, without identities, and how an editor settles them."""

from assistant.missed.attaching import attach, put_out_of_scope
from assistant.missed.entry import MissedQuestion, Origin, Settlement, county, missed, question_key
from assistant.missed.grouping import alike

__all__ = [
    "Origin",
    "MissedQuestion",
    "Settlement",
    "alike",
    "attach",
    "county",
    "missed",
    "put_out_of_scope",
    "question_key",
]
