"""People and places (人员与地点): who somebody is, what they may do, and where things are."""

from assistant.people.person import Grant, Identity, Invitation, Person, Rank, Role
from assistant.people.place import Place, PlaceLevel, PlaceName

__all__ = ["Grant", "Identity", "Invitation", "Person", "Place", "PlaceLevel", "PlaceName", "Rank", "Role"]
