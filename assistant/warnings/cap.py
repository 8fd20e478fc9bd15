"""CAP 1.2, the common alerting protocol (通用预警协议): read with all its checks, and written so that it reads the same.

Source: OASIS Common Alerting Protocol Version 1.2 (2010-07-01), section 3.2 and the schema of section 3.4.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from assistant.errors import BadCap
from assistant.warnings.capshape import ALERT, AREA, INFO, LARGEST, NAMESPACE, RESOURCE, Shape, check_value

Values = Mapping[str, tuple[str, ...]]
"""Text by element, in the order of the message; what occurs at most once has one entry or none."""


@dataclass(frozen=True, slots=True)
class Node:
    """One alert, info, area or resource: its texts, its named values, and what lies in it."""

    values: Values
    pairs: tuple[tuple[str, str, str], ...] = ()
    """eventCode, parameter and geocode as (element, valueName, value)."""
    infos: tuple["Node", ...] = ()
    areas: tuple["Node", ...] = ()
    resources: tuple["Node", ...] = ()

    def one(self, name: str) -> str:
        """Return the only text of an element, empty where there is none."""
        return next(iter(self.values.get(name, ())), "")

    def time(self, name: str) -> datetime | None:
        """Return the moment of an element."""
        text = self.one(name)
        return datetime.fromisoformat(text) if text else None


def read_cap(content: bytes) -> Node:
    """Return the alert of a message; raises BadCap(reason, field, value)."""
    if len(content) > LARGEST:
        raise BadCap(reason="too_large", field="alert", value="")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadCap(reason="no_xml", field="alert", value=str(error)[:80]) from error
    if root.getroottree().docinfo.doctype:
        raise BadCap(reason="doctype", field="alert", value="")
    if root.tag != f"{{{NAMESPACE}}}alert":
        raise BadCap(reason="namespace", field="alert", value=str(root.tag)[:80])
    alert = _node(root, ALERT)
    _check_together(alert)
    return alert


def _node(element: Any, shape: Shape) -> Node:
    values: dict[str, list[str]] = {}
    pairs: list[tuple[str, str, str]] = []
    inner: dict[str, list[Node]] = {"info": [], "area": [], "resource": []}
    for child in element:
        name = _name(child)
        if name in inner and name in shape.inner:
            inner[name].append(_node(child, {"info": INFO, "area": AREA, "resource": RESOURCE}[name]))
        elif name in shape.pairs:
            pairs.append((name, *_pair(child, name)))
        elif name in shape.texts:
            text = (child.text or "").strip()
            check_value(name, text)
            values.setdefault(name, []).append(text)
        elif name:
            raise BadCap(reason="unknown_element", field=name, value=shape.name)
    _check_counts(values, inner, shape)
    kept = {name: tuple(texts) for name, texts in values.items()}
    return Node(kept, tuple(pairs), *(tuple(inner[name]) for name in ("info", "area", "resource")))


def _name(child: Any) -> str:
    """Return the local name; empty for comments and for signatures, which are left alone."""
    if not isinstance(child.tag, str):
        return ""
    name = etree.QName(child)
    if name.namespace != NAMESPACE:
        if name.localname in ("Signature", "EncryptedData"):
            return ""
        raise BadCap(reason="namespace", field=name.localname, value=name.namespace or "")
    return str(name.localname)


def _pair(child: Any, field: str) -> tuple[str, str]:
    found = {_name(part): (part.text or "").strip() for part in child}
    if set(found) - {""} != {"valueName", "value"}:
        raise BadCap(reason="pair", field=field, value="")
    return found["valueName"], found["value"]


def _check_counts(values: dict[str, list[str]], inner: dict[str, list[Node]], shape: Shape) -> None:
    for name in shape.required:
        if not any(values.get(name, ())) and not inner.get(name):
            raise BadCap(reason="missing", field=name, value=shape.name)
    for name, texts in values.items():
        if len(texts) > 1 and name not in shape.many:
            raise BadCap(reason="twice", field=name, value=shape.name)


def _check_together(alert: Node) -> None:
    """Check what holds between elements, which no schema says."""
    scope, kind = alert.one("scope"), alert.one("msgType")
    if scope == "Restricted" and not alert.one("restriction"):
        raise BadCap(reason="missing", field="restriction", value="alert")
    if scope == "Private" and not alert.one("addresses"):
        raise BadCap(reason="missing", field="addresses", value="alert")
    if kind in ("Update", "Cancel", "Ack", "Error") and not alert.one("references"):
        raise BadCap(reason="missing", field="references", value=kind)
    if kind in ("Alert", "Update") and not alert.infos:
        raise BadCap(reason="missing", field="info", value=kind)


def references(alert: Node) -> list[tuple[str, str, str]]:
    """Return the earlier messages that are meant, as (sender, identifier, sent)."""
    listed = [one.split(",") for one in alert.one("references").split()]
    return [(one[0], one[1], one[2]) for one in listed]


def write_cap(alert: Node) -> bytes:
    """Return a message as XML, in the order of elements that the schema asks for; raises BadCap for what is none."""
    root = _element(alert, ALERT, None)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    read_cap(content)
    return content


def _element(node: Node, shape: Shape, parent: Any) -> Any:
    tag = f"{{{NAMESPACE}}}{shape.name}"
    own = etree.Element(tag, nsmap={None: NAMESPACE}) if parent is None else etree.SubElement(parent, tag)
    inner = {"info": (node.infos, INFO), "resource": (node.resources, RESOURCE), "area": (node.areas, AREA)}
    for name in shape.order:
        for text in node.values.get(name, ()):
            etree.SubElement(own, f"{{{NAMESPACE}}}{name}").text = text
        for field, value_name, value in node.pairs:
            if field == name:
                pair = etree.SubElement(own, f"{{{NAMESPACE}}}{name}")
                etree.SubElement(pair, f"{{{NAMESPACE}}}valueName").text = value_name
                etree.SubElement(pair, f"{{{NAMESPACE}}}value").text = value
        for child in inner.get(name, ((), None))[0]:
            _element(child, inner[name][1], own)
    return own
