"""CAP 1.2: what is right reads the same after writing, what is wrong is refused with the element that is."""

import re

import pytest

from assistant.errors import BadCap
from assistant.warnings.cap import Node, read_cap, references, write_cap
from assistant.warnings.capshape import is_inside, polygon

WHOLE = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>53-20260701-001</identifier><sender>sample-met@example</sender><sent>2026-07-01T11:30:00+08:00</sent>
<status>Actual</status><msgType>Alert</msgType><scope>Public</scope><code>v1</code><code>示例</code>
<note>示例</note>
<info><language>zh-CN</language><category>Met</category><category>Geo</category><event>暴雨</event>
<responseType>Evacuate</responseType><urgency>Expected</urgency><severity>Extreme</severity><certainty>Likely</certainty>
<eventCode><valueName>12379</valueName><value>11B03</value></eventCode>
<onset>2026-07-01T20:00:00+08:00</onset><expires>2026-07-02T08:00:00+08:00</expires>
<senderName>示例县气象台</senderName><headline>暴雨红色预警</headline><description>三小时内将有大暴雨 &amp; 山洪</description>
<parameter><valueName>雨量</valueName><value>100毫米</value></parameter>
<resource><resourceDesc>雨量图</resourceDesc><mimeType>image/png</mimeType></resource>
<area><areaDesc>上河村、下河村</areaDesc><polygon>25.0,100.0 25.0,100.5 25.5,100.5 25.0,100.0</polygon>
<circle>25.1,100.2 3.5</circle><geocode><valueName>行政区划</valueName><value>532900</value></geocode></area>
</info>
</alert>
"""


def test_a_whole_message_reads_the_same_after_writing():
    alert = read_cap(WHOLE.encode())
    assert read_cap(write_cap(alert)) == alert
    assert alert.infos[0].one("description") == "三小时内将有大暴雨 & 山洪"
    assert alert.infos[0].values["category"] == ("Met", "Geo")
    assert alert.infos[0].pairs == (("eventCode", "12379", "11B03"), ("parameter", "雨量", "100毫米"))
    assert alert.infos[0].areas[0].pairs == (("geocode", "行政区划", "532900"),)


def test_elements_stand_in_the_order_of_the_schema():
    text = write_cap(read_cap(WHOLE.encode())).decode()
    names = re.findall(r"<(identifier|sent|code|note|eventCode|onset|headline|parameter|resource|area)>", text)
    assert names == "identifier sent code code note eventCode onset headline parameter resource area".split()


@pytest.mark.parametrize(
    ("old", "new", "field", "reason"),
    [
        ("cap:1.2", "cap:1.1", "alert", "namespace"),  # an older version has other rules
        ("<status>Actual</status>", "", "status", "missing"),
        ("<status>Actual", "<status>Real", "status", "choice"),
        ("<msgType>Alert", "<msgType>alert", "msgType", "choice"),  # the words are case-sensitive
        ("<msgType>Alert", "<msgType>Update", "references", "missing"),
        ("<scope>Public", "<scope>Private", "addresses", "missing"),
        ("<scope>Public", "<scope>Restricted", "restriction", "missing"),
        ("2026-07-01T11:30:00+08:00", "2026-07-01T03:30:00Z", "sent", "time"),  # Z is forbidden
        ("2026-07-01T11:30:00+08:00", "2026-07-32T11:30:00+08:00", "sent", "time"),
        ("53-20260701-001", "53 20260701", "identifier", "plain"),
        ("sample-met@example", "", "sender", "plain"),
        ("<severity>Extreme</severity>", "", "severity", "missing"),
        ("<event>暴雨</event>", "<event>暴雨</event><event>大风</event>", "event", "twice"),
        ("25.5,100.5 25.0,100.0", "25.5,100.5 25.1,100.1", "polygon", "shape"),  # not closed
        ("25.1,100.2 3.5", "95.1,100.2 3.5", "circle", "shape"),  # no such latitude
        ("<value>532900</value>", "", "geocode", "pair"),
        ("<note>示例</note>", "<weather>示例</weather>", "weather", "unknown_element"),
        ("<areaDesc>上河村、下河村</areaDesc>", "", "areaDesc", "missing"),
    ],
)
def test_what_is_wrong_is_refused_with_its_element(old: str, new: str, field: str, reason: str):
    assert old in WHOLE
    with pytest.raises(BadCap) as caught:
        read_cap(WHOLE.replace(old, new, 1).encode())
    assert (caught.value.details["field"], caught.value.details["reason"]) == (field, reason)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<alert",
        b"not xml at all",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">&x;</alert>',
        b'<?xml version="1.0" encoding="no-such"?><alert/>',
        b"\x00" * 100,
        b" " * ((1 << 20) + 1),
    ],
)
def test_what_is_no_message_is_refused(content: bytes):
    with pytest.raises(BadCap):
        read_cap(content)


def test_references_name_sender_identifier_and_time():
    text = WHOLE.replace(
        "<note>", "<references>a@x,1,2026-07-01T11:30:00+08:00 b@x,2,2026-07-01T11:31:00+08:00</references><note>"
    ).replace("<note>示例</note>", "")
    text = text.replace("<references>", "<note>示例</note><references>")
    assert [one[:2] for one in references(read_cap(text.encode()))] == [("a@x", "1"), ("b@x", "2")]


def test_writing_checks_too():
    with pytest.raises(BadCap):
        write_cap(Node({"identifier": ("1",)}))


def test_a_point_is_inside_a_polygon_or_not():
    corners = polygon("25.0,100.0 25.0,101.0 26.0,101.0 26.0,100.0 25.0,100.0")
    assert is_inside(25.5, 100.5, corners)
    assert not is_inside(26.5, 100.5, corners)
    assert not is_inside(25.5, 101.5, corners)
