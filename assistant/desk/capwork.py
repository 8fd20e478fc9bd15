"""CAP messages at the desk (CAP 收发): kept as they came, relayed, replaced, cancelled; acknowledged and written out."""

import re
from collections.abc import Sequence
from datetime import datetime

from assistant.desk import relaywork
from assistant.desk.relaywork import Relay
from assistant.errors import BadCap, WrongState
from assistant.events import Actor, utc
from assistant.people import PlaceLevel
from assistant.people.locating import distance_m
from assistant.people.spelling import spelled
from assistant.rules import Rules, covers
from assistant.store import Work, cap, place_tree
from assistant.store import warnings as stored
from assistant.store.cap import CapRow
from assistant.warnings import Level, RelayedWarning, WarningState
from assistant.warnings.cap import Node, read_cap, references, write_cap
from assistant.warnings.capshape import circle, is_inside, polygon
from assistant.warnings.ladder import LOCAL
from assistant.warnings.relaying import COLOURS
from assistant.wording import caps as words
from assistant.wording import explain

SEVERITIES = {"Extreme": Level.RED, "Severe": Level.ORANGE, "Moderate": Level.YELLOW, "Minor": Level.BLUE}
COLOUR = re.compile(r"([红橙黄蓝])色|\b(red|orange|yellow|blue)\b", re.IGNORECASE)
# 上河村、松岭村 · 上河村和松岭村 · 和平村
APART = re.compile(r"[、，,;；\s]+|(?<=[村镇乡区县道])[和及]")
LIVE = ("Actual", "Exercise")
SHOWN = 500
"""Characters of a description that are handed on."""


def take(work: Work, content: bytes, rules: Rules, actor: Actor, places: Sequence[str] = ()) -> CapRow:
    """Take a message in: whatever comes is kept, and `said` tells what was done with it.

    places: paths, where the message's own areas are unknown here.
    """
    row = cap.keep(work.session, content, work.now)
    if row.state == cap.TAKEN:
        row.said = words.before(row.warning)
        return row
    try:
        _take(work, row, read_cap(content), rules, actor, places)
    except (BadCap, WrongState) as error:
        row.state, row.said = cap.REFUSED, explain(error)
    work.session.add(row)
    work.session.flush()
    return row


def _take(work: Work, row: CapRow, alert: Node, rules: Rules, actor: Actor, places: Sequence[str]) -> None:  # noqa: PLR0913
    row.sender, row.identifier, row.sent = alert.one("sender"), alert.one("identifier"), alert.one("sent")
    known = cap.taken(work.session, row.sender, row.identifier)
    kind, status = alert.one("msgType"), alert.one("status")
    if known is not None:
        row.state, row.said = cap.KEPT, words.before(known.warning)
    elif status not in LIVE or kind in ("Ack", "Error"):
        row.state, row.said = cap.KEPT, words.kept(status, kind)
    elif kind == "Cancel":
        _cancel(work, row, alert, actor)
    else:
        _relay(work, row, alert, rules, actor, places)


def _cancel(work: Work, row: CapRow, alert: Node, actor: Actor) -> None:
    meant = _meant(work, alert)
    if meant is None:
        row.state, row.said = cap.ASKED, words.UNKNOWN_REFERENCE
        return
    why = alert.one("note") or next((info.one("headline") for info in alert.infos), "")
    relaywork.end(work, meant, WarningState.CANCELLED, why, actor)
    row.state, row.warning, row.said = cap.TAKEN, meant.number, words.cancelled(meant)


def _meant(work: Work, alert: Node) -> RelayedWarning | None:
    """Return the warning that holds and that a message refers to."""
    for sender, identifier, _ in references(alert):
        known = cap.taken(work.session, sender, identifier)
        if known is not None and (warning := stored.warning(work, known.warning)).is_live:
            return warning
    return None


def _relay(work: Work, row: CapRow, alert: Node, rules: Rules, actor: Actor, places: Sequence[str]) -> None:  # noqa: PLR0913
    info = _chinese(alert.infos)
    found, unknown = (list(places), []) if places else _places(work, info)
    if unknown or not found:
        row.state, row.said = cap.ASKED, words.unknown(unknown)
        return
    level, is_named = _level(info)
    before = _meant(work, alert) if alert.one("msgType") == "Update" else None
    one = Relay(
        title=info.one("headline") or info.one("event"),
        event=info.one("event"),
        level=level,
        places=tuple(found),
        issued_at=alert.time("sent") or work.now,
        sender=info.one("senderName") or alert.one("sender"),
        area="；".join(area.one("areaDesc") for area in info.areas),
        said=f"{info.one('description')} {info.one('instruction')}".strip()[:SHOWN],
        source="cap",
        identifier=alert.one("identifier"),
        replaces=before.number if before else "",
        effective_at=info.time("effective"),
        onset_at=info.time("onset"),
        expires_at=info.time("expires"),
        is_exercise=alert.one("status") == "Exercise",
    )
    if one.expires_at is not None and utc(one.expires_at) < work.now:
        row.state, row.said = cap.KEPT, words.TOO_LATE
        return
    if hindered := relaywork.hindrance(work, one):
        row.state, row.said = cap.KEPT, hindered
        return
    warning = relaywork.relay(work, one, rules, actor)
    row.state, row.warning = cap.TAKEN, warning.number
    said = [relaywork.issued_text(work, warning)]
    row.said = "\n".join(said if is_named else [*said, words.by_severity(info.one("severity"), level)])


def _chinese(infos: Sequence[Node]) -> Node:
    """Return the part in Chinese, else the first: further ones say the same in other languages."""
    return next((one for one in infos if one.one("language").lower().startswith("zh")), infos[0])


def _level(info: Node) -> tuple[Level, bool]:
    """Return the colour, and whether the message itself names it; else it follows from the severity."""
    texts = [info.one("headline"), info.one("event"), *(value for _, _, value in info.pairs)]
    found = next((match for text in texts if (match := COLOUR.search(text))), None)
    if found is not None:
        return (COLOURS[found[1]] if found[1] else Level(found[2].lower())), True
    return SEVERITIES.get(info.one("severity"), Level.NONE), False


def _places(work: Work, info: Node) -> tuple[list[str], list[str]]:
    """Return the places of the areas, and the descriptions of those that nothing here fits."""
    found: dict[str, None] = {}
    unknown: list[str] = []
    for area in info.areas:
        here = _shaped(work, area) or _described(work, area.one("areaDesc"))
        unknown += [] if here else [area.one("areaDesc")]
        found.update(dict.fromkeys(here))
    return [one for one in found if not any(one != other and covers(other, one) for other in found)], unknown


def _shaped(work: Work, area: Node) -> list[str]:
    """Return the villages that lie in the polygons and circles."""
    corners = [polygon(text) for text in area.values.get("polygon", ())]
    circles = [circle(text) for text in area.values.get("circle", ())]
    found = []
    for one in place_tree(work.session).places:
        if one.level != PlaceLevel.VILLAGE.value or one.lat is None or one.lon is None:
            continue
        is_near = any(distance_m((one.lat, one.lon), (lat, lon)) <= km * 1000 for lat, lon, km in circles)
        if is_near or any(is_inside(one.lat, one.lon, shape) for shape in corners):
            found.append(one.path)
    return found


def _described(work: Work, text: str) -> list[str]:
    """Return the places that a description names; none where a part of it names nothing here, or several things."""
    known = place_tree(work.session).gazetteer
    found: list[str] = []
    for part in filter(None, APART.split(text)):
        named = [{form.path for form in hit.forms if form.is_settlement} for hit in known.exact(spelled(part))]
        sure = {path for paths in named for path in paths if len(paths) == 1}
        meant = [
            paths if len(paths) == 1 else {path for path in paths if any(covers(above, path) for above in sure)}
            for paths in named
        ]
        if not meant or any(len(paths) != 1 for paths in meant):
            return []
        single = [path for paths in meant for path in paths]
        found += [path for path in single if not any(path != other and covers(path, other) for other in single)]
    return found


def acknowledge(work: Work, row: CapRow, sender: str) -> bytes:
    """Return the message with which we say that one has come and been relayed (Ack)."""
    return write_cap(
        Node(
            {
                "identifier": (f"{row.identifier}.ack",),
                "sender": (sender,),
                "sent": (_time(work.now),),
                "status": ("Actual",),
                "msgType": ("Ack",),
                "scope": ("Private",),
                "addresses": (row.sender,),
                "note": (row.said.partition("\n")[0],),
                "references": (f"{row.sender},{row.identifier},{row.sent}",),
            }
        )
    )


def written(work: Work, warning: RelayedWarning, sender: str) -> bytes:
    """Return a relayed warning as CAP: the issuer's own message where it came as one, else ours, which names the issuer.

    A warning that holds no more is written as its cancellation.
    """
    row = cap.of_warning(work.session, warning.number)
    if row is not None and warning.is_live:
        return row.content.encode()
    sent = _time(warning.issued_at or work.now)
    header = {"sender": (sender,), "status": ("Exercise" if warning.is_exercise else "Actual",), "scope": ("Public",)}
    if warning.is_live:
        values = {"identifier": (warning.number,), "sent": (sent,), "msgType": ("Alert",)}
        return write_cap(Node(header | values, infos=(_info(warning),)))
    values = {"identifier": (f"{warning.number}.end",), "sent": (_time(work.now),), "msgType": ("Cancel",)}
    values["references"] = (f"{sender},{warning.number},{sent}",)
    return write_cap(Node(header | values))


def _info(warning: RelayedWarning) -> Node:
    severity = next((name for name, level in SEVERITIES.items() if level.value == warning.level), "Unknown")
    moments = {"effective": warning.effective_at, "onset": warning.onset_at, "expires": warning.expires_at}
    values = {
        "language": ("zh-CN",),
        "category": ("Met",),
        "event": (warning.event or warning.title,),
        "urgency": ("Unknown",),
        "severity": (severity,),
        "certainty": ("Unknown",),
        **{name: (_time(at),) for name, at in moments.items() if at is not None},
        "headline": (warning.title,),
        "description": (warning.said or warning.title,),
    }
    if warning.sender:
        values["senderName"] = (warning.sender,)
    areas = tuple(Node({"areaDesc": (path,)}) for path in warning.places)
    return Node(values, areas=areas)


def _time(moment: datetime) -> str:
    return utc(moment).astimezone(LOCAL).isoformat(timespec="seconds")
