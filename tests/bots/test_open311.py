"""Open311 GeoReport v2, as its published examples show it: read, file, update; JSON and XML."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from assistant.desk import Desk
from assistant.desk.hearing import TrainedEar
from assistant.events import RULE, Actor, Fact
from assistant.hazards import By, handling
from assistant.hazards.steps import Action
from assistant.people import Place
from assistant.people.tree import ancestors, level_of
from assistant.search import Index
from assistant.store import Store, open_engine
from assistant.triage import Reader
from bots.web.app import create_app
from bots.web.open311 import READS
from tests.world import NOON

KEY = "示例密钥"
TOWN = "云南省/示例州/示例县/示例镇"
FILED = {
    "api_key": KEY,
    "service_code": "public_facility",
    "description": "老粮站门口的井盖没了",
    "lat": "25.123456",
    "long": "100.654321",
    "address_string": "老粮站门口",
    "first_name": "甲",
    "last_name": "示例",
    "phone": "13812345678",
    "email": "somebody@example.invalid",
}
STAFF = By(person=99, may=frozenset(action.value for action in Action))


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(index: Index, database_url: str, reader: Reader) -> Iterator[Desk]:
    engine = open_engine(database_url)
    yield Desk(index, Store(engine), region=TOWN, ear=TrainedEar(reader))
    engine.dispose()


@pytest.fixture
def client(desk: Desk, clock: Clock) -> Iterator[TestClient]:
    with TestClient(create_app(desk, clock, open311_key=KEY), raise_server_exceptions=False) as client:
        yield client


def get(client: TestClient, path: str, **asked: str):
    return client.get(f"/open311/v2/{path}", params=asked)


def file(client: TestClient, form: str = "json", **changed: str):
    return client.post(f"/open311/v2/requests.{form}", data=FILED | changed)


def filed(client: TestClient, **changed: str) -> str:
    return file(client, **changed).json()[0]["service_request_id"]


def ids(answer) -> list[str]:
    return [record["service_request_id"] for record in answer.json()]


def close(desk: Desk, number: str, now: datetime) -> None:
    with desk.work(now) as work:
        hazard = work.hazard(number)
        work.append(hazard, handling.reject(hazard, STAFF, "老李说没有"), Actor("person/99", "test"))


def test_discovery_names_address_version_and_formats(client: TestClient):
    found = get(client, "discovery.json").json()
    (endpoint,) = found["endpoints"]
    assert endpoint["url"].endswith("/open311/v2") and endpoint["specification"].endswith("GeoReport_v2")
    assert endpoint["formats"] == ["text/xml", "application/json"]
    root = ET.fromstring(get(client, "discovery.xml").content)
    assert root.tag == "discovery" and root.find("endpoints/endpoint/formats/format").text == "text/xml"


def test_every_class_of_hazard_is_a_service_in_both_formats(client: TestClient):
    services = get(client, "services.json").json()
    assert len(services) == 15
    fields = {"service_code", "service_name", "description", "metadata", "type", "keywords", "group"}
    assert all(set(service) == fields and service["metadata"] is True for service in services)
    answer = get(client, "services.xml")
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    root = ET.fromstring(answer.content)
    assert root.tag == "services" and [one.tag for one in root] == ["service"] * 15
    assert root.find("service/metadata").text == "true"


def test_a_service_tells_what_it_asks(client: TestClient):
    found = get(client, "services/gas.json").json()
    (attribute,) = found["attributes"]
    assert (found["service_code"], attribute["code"], attribute["datatype"]) == ("gas", "casualties", "singlevaluelist")
    root = ET.fromstring(get(client, "services/gas.xml").content)
    assert root.tag == "service_definition" and len(root.findall("attributes/attribute/values/value/key")) == 3


def test_a_request_is_filed_and_read_back_without_its_reporter(client: TestClient, desk: Desk):
    answer = file(client)
    (made,) = answer.json()
    assert made["service_request_id"].startswith("YH20260701-") and "119" in made["service_notice"]
    (record,) = get(client, f"requests/{made['service_request_id']}.json").json()
    assert set(record) == {
        *("service_request_id status status_notes service_name service_code description agency_responsible").split(),
        *("service_notice requested_datetime updated_datetime expected_datetime address address_id zipcode").split(),
        *("lat long media_url").split(),
    }
    assert (record["status"], record["service_code"]) == ("open", "public_facility")
    assert (record["lat"], record["long"]) == (25.123456, 100.654321)
    assert record["requested_datetime"] == record["updated_datetime"] == "2026-07-01T12:00:00+08:00"
    assert "已登记" in record["status_notes"] and "老粮站门口" in record["address"]
    assert not [secret for secret in ("示例甲", "13812345678", "example.invalid") if secret in str(record)]
    with desk.work(NOON) as work:
        (reporter,) = work.reporters(made["service_request_id"])
        assert (reporter.name, reporter.phone) == ("示例甲", "13812345678")
        assert work.events(made["service_request_id"])[0].channel == "open311"


def test_xml_has_the_shape_of_the_standards_example(client: TestClient):
    number = filed(client, description="井盖<没了> & 路灯\x0b也\ufffe坏了")
    root = ET.fromstring(get(client, f"requests/{number}.xml").content)
    assert root.tag == "service_requests" and [one.tag for one in root] == ["request"]
    assert root.find("request/service_request_id").text == number
    assert root.find("request/description").text == "井盖<没了> & 路灯也坏了"
    assert root.find("request/media_url").text is None
    made = ET.fromstring(file(client, "xml", description="另一处井盖没了").content)
    assert made.find("request/service_request_id").text.startswith("YH")


def test_the_same_request_filed_twice_is_one_and_the_next_day_another(client: TestClient, clock: Clock):
    first = filed(client)
    assert filed(client) == first
    assert filed(client, description="老粮站门口的井盖没了，旁边还裂了") != first
    clock.now += timedelta(days=1)
    assert filed(client) != first
    assert len(get(client, "requests.json").json()) == 3


def test_what_may_be_the_same_place_is_marked_for_the_staff_and_stays_a_case(client: TestClient, desk: Desk):
    first = filed(client)
    second = filed(client, description="老粮站门口井盖不见了，好危险", account_id="other")
    with desk.work(NOON) as work:
        assert first in str([event.fields for event in work.events(second)])
        assert work.hazard(second).state == "registered"
    assert ids(get(client, "requests.json")) == [second, first]


EMERGENCIES = [
    {"description": "老粮站着火了，里面还有人", "service_code": "fire"},
    {"attribute[casualties]": "yes"},
]


@pytest.mark.parametrize("changed", EMERGENCIES, ids=["words", "casualties"])
def test_people_in_danger_make_an_incident_and_the_notice_says_whom_to_call(client: TestClient, changed: dict):
    (made,) = file(client, **changed).json()
    assert made["service_request_id"].startswith("SJ") and "119" in made["service_notice"]
    (record,) = get(client, f"requests/{made['service_request_id']}.json").json()
    assert (record["status"], record["status_notes"]) == ("open", "已作为突发事件转给值守人员。")
    # who knows the number may follow it; it is not listed to the public
    assert get(client, "requests.json").json() == get(client, "servicerequestupdates.json").json() == []


BAD = [
    ("missing description", {"description": " "}, 400, "description"),
    ("missing service", {"service_code": ""}, 400, "service_code"),
    ("unknown service", {"service_code": "dragons"}, 404, "dragons"),
    ("no place at all", {"lat": "", "long": "", "address_string": ""}, 400, "address_string"),
    ("half a point", {"long": ""}, 400, "lat"),
    ("a point that is none", {"lat": "nan"}, 400, "lat"),
    ("a point beyond the pole", {"lat": "91"}, 400, "lat"),
    ("an attribute out of its list", {"attribute[casualties]": "maybe"}, 400, "casualties"),
    ("too long", {"description": "长" * 4001}, 400, "4000"),
    ("wrong key", {"api_key": "x"}, 403, "api_key"),
    ("no key", {"api_key": ""}, 403, "api_key"),
]


@pytest.mark.parametrize(("changed", "status", "named"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_request_is_refused_with_code_and_reason(client: TestClient, changed: dict, status: int, named: str):
    answer = file(client, **changed)
    (error,) = answer.json()
    assert answer.status_code == error["code"] == status
    assert named in error["description"]
    assert get(client, "requests.json").json() == []
    root = ET.fromstring(file(client, "xml", **changed).content)
    assert root.tag == "errors" and root.find("error/code").text == str(status)


def test_without_a_key_in_the_settings_nobody_files(desk: Desk, clock: Clock):
    with TestClient(create_app(desk, clock)) as client:
        answer = file(client, api_key="")
        assert answer.status_code == 403 and "YINGDA_OPEN311_KEY" in answer.json()[0]["description"]
        assert get(client, "services.json").status_code == 200


def test_requests_are_found_by_number_class_time_and_status(client: TestClient, desk: Desk, clock: Clock):
    first = filed(client)
    clock.now += timedelta(days=2)
    second = filed(client, service_code="electricity", description="电线杆斜了")
    close(desk, first, clock.now)
    assert ids(get(client, "requests.json")) == [second, first]
    assert ids(get(client, "requests.json", status="closed")) == [first]
    assert ids(get(client, "requests.json", status="open,closed")) == [second, first]
    assert ids(get(client, "requests.json", service_code="electricity,gas")) == [second]
    assert ids(get(client, "requests.json", service_request_id=f"{first},YH1")) == [first]
    day = "2026-07-02T00:00:00+08:00"
    assert ids(get(client, "requests.json", start_date=day)) == [second]
    assert ids(get(client, "requests.json", end_date=day)) == [first]
    (record,) = get(client, f"requests/{first}.json").json()
    assert (record["status"], record["status_notes"]) == ("closed", "到现场核实，情况不属实。")


def test_without_dates_ninety_days_are_shown_and_never_more(client: TestClient, clock: Clock):
    old = filed(client)
    clock.now += timedelta(days=100)
    new = filed(client)
    assert ids(get(client, "requests.json")) == [new]
    assert ids(get(client, "requests.json", start_date="2026-06-30T00:00:00Z", end_date="2027-01-01T00:00:00Z")) == [
        old
    ]


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("requests.json", {"start_date": "gestern"}, 400),
        ("requests.json", {"start_date": "2026-07-01T00:00:00"}, 400),
        ("requests.json", {"status": "maybe"}, 400),
        ("requests.json", {"service_code": "dragons"}, 404),
        ("requests/YH0.json", {}, 404),
        ("services/dragons.json", {}, 404),
        ("services.yaml", {}, 404),
    ],
)
def test_what_cannot_be_read_is_refused(client: TestClient, path: str, asked: dict, status: int):
    answer = get(client, path, **asked)
    assert answer.status_code == status
    assert str(status) in answer.text


def test_an_anonymous_report_is_shown_some_hundred_metres_off_and_in_words_that_tell_nobody(
    client: TestClient, desk: Desk
):
    number = filed(client, description="我家屋后的坡裂了，匿名")
    with desk.work(NOON) as work:
        work.append(work.hazard(number), Fact("corrected", {"set": {"is_anonymous": True}}), RULE)
    (record,) = get(client, f"requests/{number}.json").json()
    assert (record["lat"], record["long"]) == (25.123, 100.654)
    assert "我家" not in record["description"]


def test_updates_tell_what_happened_without_reasons(client: TestClient, desk: Desk, clock: Clock):
    number = filed(client)
    clock.now += timedelta(hours=1)
    close(desk, number, clock.now)
    clock.now += timedelta(hours=1)
    first, last = get(client, "servicerequestupdates.json").json()
    assert (first["service_request_id"], first["status"]) == (number, "OPEN")
    assert (last["status"], last["description"]) == ("CLOSED", "到现场核实，情况不属实。")
    assert last["updated_datetime"] == "2026-07-01T13:00:00+08:00" and last["update_id"] != first["update_id"]
    root = ET.fromstring(get(client, "servicerequestupdates.xml").content)
    assert root.tag == "service_requests_updates" and [one.tag for one in root] == ["request_update"] * 2
    later = get(client, "servicerequestupdates.json", start_date="2026-07-01T12:30:00+08:00").json()
    assert [one["update_id"] for one in later] == [last["update_id"]]


def test_an_update_is_added_once_and_needs_the_key(client: TestClient, desk: Desk):
    number = filed(client)
    told = {"api_key": KEY, "service_request_id": number, "description": "旁边又塌了一块", "update_id": "u-1"}
    path = "/open311/v2/servicerequestupdates.json"
    (made,) = client.post(path, data=told).json()
    assert client.post(path, data=told).json() == [made]
    assert made["update_id"].startswith(f"{number}-")
    with desk.work(NOON) as work:
        assert work.hazard(number).text.splitlines() == [FILED["description"], "旁边又塌了一块"]
    assert client.post(path, data=told | {"api_key": "x"}).status_code == 403
    assert client.post(path, data=told | {"service_request_id": "YH0"}).status_code == 404
    assert client.post(path, data=told | {"description": ""}).status_code == 400


def test_an_update_of_a_closed_request_is_refused(client: TestClient, desk: Desk):
    number = filed(client)
    close(desk, number, NOON)
    told = {"api_key": KEY, "service_request_id": number, "description": "旁边又塌了一块"}
    answer = client.post("/open311/v2/servicerequestupdates.json", data=told)
    assert answer.status_code == 400 and number in answer.json()[0]["description"]


def plant(desk: Desk, *places: tuple[str, float | None, float | None]) -> None:
    with desk.work(NOON) as work:
        for path, lat, lon in places:
            for above in ancestors(path):
                if work.session.get(Place, above) is None:
                    work.session.add(Place(path=above, level=level_of(above).value))
                    work.session.flush()
            place = work.session.get(Place, path)
            place.lat, place.lon = lat, lon
            work.session.add(place)


OTHER = "云南省/示例州/示例县/别的镇"


def test_a_jurisdiction_is_a_place_of_the_tree_by_path_or_name(client: TestClient, desk: Desk):
    plant(desk, (TOWN, None, None), (OTHER, None, None))
    here, there = filed(client), filed(client, jurisdiction_id="别的镇", description="桥栏杆断了", lat="", long="")
    with desk.work(NOON) as work:
        assert (work.hazard(here).region, work.hazard(there).region) == (TOWN, OTHER)
    for named in (OTHER, "别的镇", "示例县/别的镇"):
        assert ids(get(client, "requests.json", jurisdiction_id=named)) == [there]
        updates = get(client, "servicerequestupdates.json", jurisdiction_id=named).json()
        assert {one["service_request_id"] for one in updates} == {there}
    assert set(ids(get(client, "requests.json", jurisdiction_id="示例县"))) == {here, there}
    assert file(client, jurisdiction_id="city.gov").status_code == 404
    for path in ("services.json", "requests.json", "servicerequestupdates.json"):
        answer = get(client, path, jurisdiction_id="city.gov")
        assert answer.status_code == 404 and "jurisdiction_id" in answer.text


def test_the_point_of_a_request_finds_the_village_within_the_jurisdiction_and_never_beyond(
    client: TestClient, desk: Desk
):
    plant(desk, (f"{TOWN}/上河村", 25.1234, 100.6543), (f"{OTHER}/远村", 26.0, 101.0))
    near, far = filed(client), filed(client, lat="26.0", long="101.0", description="路边的树要倒了")
    with desk.work(NOON) as work:
        assert work.hazard(near).region == f"{TOWN}/上河村"
        assert work.hazard(far).region == TOWN


def test_a_token_is_the_number_itself(client: TestClient):
    number = filed(client)
    assert get(client, f"tokens/{number}.json").json() == [{"service_request_id": number, "token": number}]
    root = ET.fromstring(get(client, f"tokens/{number}.xml").content)
    assert root.tag == "service_requests" and root.find("request/token").text == number
    assert get(client, "tokens/YH0.json").status_code == 404


def test_who_asks_too_often_waits_a_minute(client: TestClient, clock: Clock):
    assert {get(client, "services.json").status_code for _ in range(READS)} == {200}
    assert get(client, "services.json").status_code == 429
    clock.now += timedelta(minutes=1)
    assert get(client, "services.json").status_code == 200
