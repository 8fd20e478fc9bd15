"""The message reader (研判): what a message is, danger words first."""

from assistant.triage.danger import Danger, danger
from assistant.triage.examples import Example, is_message_file, load_examples, read_examples, read_messages
from assistant.triage.guard import guard
from assistant.triage.letters import is_letter, read_letter, read_letter_all
from assistant.triage.parts import read_all, report_and_question
from assistant.triage.read import read
from assistant.triage.reader import Reader, build_reader
from assistant.triage.reading import PLACELESS, REPORTS, Category, Guard, Intent, Reading, Urgency

__all__ = [
    "PLACELESS",
    "REPORTS",
    "Category",
    "Danger",
    "Example",
    "Guard",
    "Intent",
    "Reader",
    "Reading",
    "Urgency",
    "build_reader",
    "danger",
    "guard",
    "is_letter",
    "is_message_file",
    "load_examples",
    "read",
    "read_all",
    "read_letter",
    "read_letter_all",
    "read_examples",
    "read_messages",
    "report_and_question",
]
