"""What an Open311 client asks or files (请求参数), checked: fields, points, codes, dates."""

from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field

from assistant.desk.requestwork import ServiceRequest
from assistant.ports import Location
from assistant.wording import open311 as words
from bots.web import open311_records as records
from bots.web.open311_bodies import Refused

SPAN = timedelta(days=90)
"""Without dates, and at most."""
MOST = 1000
LONGEST = {"description": 4000, "address_string": 200, "service_request_id": 32}
CASUALTIES = {"yes": True, "no": False, "unknown": None, "": None}


class Filing(BaseModel):
    """The fields of POST requests and POST servicerequestupdates; whatever else comes is ignored."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    api_key: str = ""
    jurisdiction_id: str = ""
    service_code: str = ""
    service_request_id: str = ""
    update_id: str = ""
    lat: str = ""
    long: str = ""
    address_string: str = ""
    email: str = ""
    device_id: str = ""
    account_id: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    description: str = ""
    media_url: str = ""
    casualties: str = Field(default="", alias="attribute[casualties]")

    @property
    def name(self) -> str:
        """Family name first."""
        return f"{self.last_name}{self.first_name}".strip()

    @property
    def sender(self) -> str:
        """Whatever tells the other system's people apart."""
        return self.account_id or self.email or self.phone or self.device_id


def service_request(filing: Filing) -> ServiceRequest:
    """Return what is filed; raises Refused."""
    location = _point(filing)
    place = _short(filing, "address_string")
    if location is None and not place:
        raise Refused(400, words.problem("where"))
    if filing.casualties not in CASUALTIES:
        raise Refused(400, words.problem("value", value=f"attribute[{records.CASUALTIES}]"))
    return ServiceRequest(
        category=known_code(needed(filing, "service_code")),
        text=needed(filing, "description"),
        place=place,
        location=location,
        casualties=CASUALTIES[filing.casualties],
        name=filing.name[:40],
        phone=filing.phone[:20],
        sender=filing.sender,
    )


def needed(filing: Filing, field: str) -> str:
    """Return a field that must be there; raises Refused."""
    value = _short(filing, field)
    if not value:
        raise Refused(400, words.problem("missing", value=field))
    return value


def _short(filing: Filing, field: str) -> str:
    value = str(getattr(filing, field)).strip()
    limit = LONGEST.get(field, 64)
    if len(value) > limit:
        raise Refused(400, words.problem("long", value=field, limit=limit))
    return value


def _point(filing: Filing) -> Location | None:
    if not filing.lat and not filing.long:
        return None
    try:
        lat, lon = float(filing.lat), float(filing.long)
    except ValueError as error:
        raise Refused(400, words.problem("point")) from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise Refused(400, words.problem("point"))
    return Location(lat, lon)


def known_code(code: str) -> str:
    """Return the code of a service that there is; raises Refused."""
    if code not in words.SERVICES:
        raise Refused(404, words.problem("service", value=code))
    return code


def status(name: str) -> frozenset[str]:
    """Return the states behind open or closed; raises Refused."""
    if name not in records.STATES:
        raise Refused(400, words.problem("value", value="status"))
    return records.STATES[name]


def listed(text: str) -> tuple[str, ...]:
    """Return the parts of a list with commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())[:MOST]


def period(start: str | None, end: str | None, now: datetime) -> tuple[datetime, datetime]:
    """Return from when to when: 90 days up to now, or as far as the dates say, never longer than 90 days; raises Refused."""
    until = _date("end_date", end) if end else None
    since = _date("start_date", start) if start else None
    if since is None:
        until = until or now + timedelta(seconds=1)
        return until - SPAN, until
    return since, min(until or now + timedelta(seconds=1), since + SPAN)


def _date(name: str, text: str) -> datetime:
    try:
        # an unescaped + of a zone arrives as a space
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as error:
        raise Refused(400, words.problem("date", value=name)) from error
    if moment.tzinfo is None:
        raise Refused(400, words.problem("date", value=name))
    return moment
