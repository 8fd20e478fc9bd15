"""The desk (值班台): receive(incoming, now); the only place where knowledge and ledger meet."""

from assistant.desk.desk import Desk
from assistant.desk.gallery import Gallery
from assistant.desk.knowledge import Page
from assistant.desk.opening import open_desk
from assistant.desk.sending import Sender

__all__ = ["Desk", "Gallery", "Page", "Sender", "open_desk"]
