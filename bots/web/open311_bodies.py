"""Open311 bodies: the same records as JSON or XML, and problems as the standard wants them."""

import json
import re
import xml.etree.ElementTree as ET  # written only, nothing is parsed
from typing import Any

from starlette.responses import Response

TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# what XML 1.0 cannot hold: control characters, halves of characters
ROOTS = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "service_requests_updates": "request_update",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
"""Element of a list → element of what stands in it."""


class Refused(Exception):
    """A request that cannot be granted: HTTP status, and a sentence that says why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def body(root: str, content: Any, form: str, status: int = 200) -> Response:
    """Return records as JSON, or as XML under an element called `root`."""
    if form == "json":
        text = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    else:
        text = ET.tostring(_element(root, content), encoding="utf-8", xml_declaration=True)
    return Response(text, status_code=status, media_type=TYPES["json" if form == "json" else "xml"])


def problem(refused: Refused, form: str) -> Response:
    """Return an error body: a list of code and description."""
    return body("errors", [{"code": refused.status, "description": refused.sentence}], form, refused.status)


def _element(name: str, content: Any) -> ET.Element:
    element = ET.Element(name)
    if isinstance(content, dict):
        element.extend(_element(key, value) for key, value in content.items())
    elif isinstance(content, list):
        element.extend(_element(ROOTS[name], value) for value in content)
    else:
        element.text = UNPRINTABLE.sub("", _plain(content))
    return element


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
