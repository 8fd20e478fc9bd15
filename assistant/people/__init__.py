"""People and places (人员与地点): who somebody is, what they may do, and where things are."""

from assistant.people.deputies import deputies, deputy
from assistant.people.locating import locate
from assistant.people.masking import masked
from assistant.people.person import Grant, Identity, Invitation, Person, Rank, Role
from assistant.people.place import Place, PlaceLevel, PlaceName
from assistant.people.resolving import resolve

__all__ = [
    "Grant",
    "Identity",
    "Invitation",
    "Person",
    "Place",
    "PlaceLevel",
    "PlaceName",
    "Rank",
    "Role",
    "deputies",
    "deputy",
    "locate",
    "masked",
    "resolve",
]
