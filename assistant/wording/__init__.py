"""Every sentence that a user reads (措辞), in plain and polite Chinese."""

from assistant.wording import sentences
from assistant.wording.aligned import aligned_text, counterpart_links
from assistant.wording.answers import answer_text, label, links, source_text
from assistant.wording.errors import explain
from assistant.wording.parts import MESSAGE_BYTES, in_parts

__all__ = [
    "MESSAGE_BYTES",
    "aligned_text",
    "answer_text",
    "counterpart_links",
    "explain",
    "in_parts",
    "label",
    "links",
    "sentences",
    "source_text",
]
