"""Pictures and voice messages (照片和语音): what a file is, what it tells of time and place, a copy that tells nothing."""

from assistant.media.pictures import Evidence, Picture, bits_apart, look, shared_copy
from assistant.media.sniffing import Kind, Sort, sniff

__all__ = ["Evidence", "Kind", "Picture", "Sort", "bits_apart", "look", "shared_copy", "sniff"]
