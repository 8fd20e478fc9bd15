"""Where something is (地点), out of what was said: first words, answers to 在什么地方, and what completes them later."""

from assistant.desk.scene import Scene
from assistant.dialogue import asides, phrases, places
from assistant.dialogue.heard import overlapping
from assistant.dialogue.talk import Draft, Wanted
from assistant.hazards import Hazard
from assistant.script import simplified

NEARER = 4
"""Characters; a shorter place names no spot within the one that is known."""
SHORTEST = 3
"""Characters; 成 and 是的 in front of a report say nothing of where."""


def draft_place(draft: Draft, scene: Scene) -> str:
    """Return the place after a message: read from it, or the message itself where a place was asked for."""
    heard = scene.heard
    found = told_place(scene)
    if not draft.texts or places.is_enough(draft.place, scene.region):
        return draft.place or found
    if phrases.NO_PLACE.search(heard.words):
        near = phrases.BESIDE.search(heard.words)
        return places.beside(draft.place, near.group()) if near else draft.place
    is_answer = draft.wanted is not Wanted.MATTER and phrases.GOING_BACK.search(heard.words) is None
    if is_answer and len(heard.words) <= places.LONGEST and not (phrases.ASSENT.match(heard.words) and not found):
        found = place_in(scene) or found
    return places.joined(draft.place, found)


def told_place(scene: Scene) -> str:
    """Return the place of a report: people say where before they say what, so the first clauses count more."""
    heard = scene.heard
    found = heard.reading.place or ""
    pieces = phrases.PIECE.split(heard.text.strip())
    first = next((piece for piece in pieces if len(piece) > SHORTEST), pieces[0])
    if found and found not in first and len(first) < len(heard.text) and places.SETTLEMENT.search(found) is None:
        opening = scene.ear(first).place or ""
        found = opening if places.is_enough(opening, scene.region) else found
    found = places.mended(found, heard.text) if found else places.named(heard.text)
    found = places.extended(found, heard.text)
    if found and places.OWN.match(simplified(found)):  # 我家房子 … 老粮站旁边
        named = next((piece for piece in pieces if piece not in found and _is_spot(piece, scene)), "")
        found = places.joined(found, named)
    return found


def _is_spot(piece: str, scene: Scene) -> bool:
    """Say whether a piece of a message is a place and nothing else."""
    where = scene.ear.where(places.TOLD.format(piece)) if SHORTEST < len(piece) <= places.NAME else ""
    is_own = places.OWN.match(simplified(piece)) is not None
    return bool(where) and not is_own and places.is_only(where, simplified(piece))


def place_in(scene: Scene) -> str:
    """Return what of a short answer to 在哪里 says where."""
    pieces = [places.answered(piece) for piece in phrases.PIECE.split(scene.heard.text) if piece.strip()]
    where = [
        piece
        for piece in pieces
        if piece
        and not phrases.MEASURE.match(piece)
        and not asides.PRESSING.search(piece)
        and scene.ear.where(places.TOLD.format(piece))
    ]
    is_spot = phrases.LOCATED.match(scene.heard.words) or (pieces and places.SPOT.fullmatch(pieces[0]))
    if not where and len(pieces) == 1 and len(pieces[0]) <= places.NAME and is_spot:
        return pieces[0]
    return "，".join(where)


def completed_place(hazard: Hazard, scene: Scene) -> str:
    """Return a better place where a supplement has one, else nothing."""
    heard = scene.heard
    better = _better_place(hazard, scene)
    if better:
        return better
    near = phrases.BESIDE.search(heard.words)
    is_aside = not heard.reading.is_report or phrases.NO_PLACE.search(heard.words)
    if near and hazard.place and near.group() not in hazard.place and is_aside:
        return places.beside(hazard.place, near.group())
    more = told_place(scene) if asides.JUST_THERE.match(heard.words) else ""
    if more and overlapping(more, hazard.place) and len(more) > NEARER and more not in hazard.place:
        return places.joined(hazard.place, more)
    if heard.is_place and hazard.place and (heard.reading.place or "") not in hazard.place:
        return places.beside(hazard.place, heard.reading.place or "")
    return ""


def _better_place(hazard: Hazard, scene: Scene) -> str:
    """Return a place with a name where the one that is known has none (水池边边 … 在小围埂), else nothing."""
    heard = scene.heard
    if places.is_enough(hazard.place, scene.region) or not heard.words:
        return ""
    said = phrases.RECALLED.sub("", heard.words)
    is_where = heard.is_place or phrases.LOCATED.match(said) or asides.JUST_THERE.match(said)
    found = (place_in(scene) if is_where and len(heard.words) <= places.LONGEST else "") or told_place(scene)
    is_better = bool(found) and (places.is_enough(found, scene.region) or not hazard.place)
    return places.joined(hazard.place, found) if is_better and found not in hazard.place else ""
