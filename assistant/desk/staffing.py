"""Staff work (办件): whoever has a role is heard by the parts of the desk that belong to it, one after another."""

from assistant.desk.scene import Scene, Spoken


def staffed(scene: Scene) -> Spoken | None:
    """Return what staff work answers, None where the message is none of it."""
    return None
