"""The client of a language model, against a real server with faults."""

import logging
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.config import Settings
from assistant.errors import BadSetting, KeyRefused, MissingExtra, NoEndpoint, WriterFailed, YingdaError
from assistant.models.writer import open_writer
from assistant.ports import Room, Writer, Written
from assistant.wording import explain
from tests import endpoint as fake
from tests.endpoint import KEY, FakeEndpoint, serving

ROOM = Room(calls=10, tokens=900)


@pytest.fixture
def endpoint() -> Iterator[FakeEndpoint]:
    with serving() as endpoint:
        yield endpoint


def chosen(url: str, *, key: str = KEY, model: str = "示例-model", timeout_s: float = 5) -> Settings:
    return Settings(llm_url=url, llm_model=model, llm_key=SecretStr(key), llm_timeout_s=timeout_s)


def ask(endpoint: FakeEndpoint, room: Room = ROOM, **settings: Any) -> Written:
    return write(chosen(endpoint.url, **settings), room)


def write(settings: Settings, room: Room = ROOM) -> Written:
    with open_writer(settings) as writer:
        return writer.write("只写问题", '{"条文": "谁来管"}', room)


def test_the_endpoint_gets_instruction_and_matter_and_the_key(endpoint: FakeEndpoint):
    endpoint.script = [fake.says("[]", total=123)]
    assert ask(endpoint) == Written("[]", calls=1, tokens=123)
    (request,), (headers,) = endpoint.requests, endpoint.headers
    assert [message["role"] for message in request["messages"]] == ["system", "user"]
    assert [message["content"] for message in request["messages"]] == ["只写问题", '{"条文": "谁来管"}']
    assert request["model"] == "示例-model" and request["max_tokens"] == 900
    assert headers["authorization"] == f"Bearer {KEY}"


def test_nothing_of_the_sdk_s_own_variables_is_sent(endpoint: FakeEndpoint, monkeypatch: pytest.MonkeyPatch):
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "sk-of-somebody-else")
    endpoint.script = [fake.says("[]")]
    ask(endpoint, key="")
    assert "sk-of-somebody-else" not in str(endpoint.headers)


def test_an_address_copied_with_its_path_is_understood(endpoint: FakeEndpoint):
    endpoint.script = [fake.says("好")]
    assert write(chosen(endpoint.url + "/chat/completions")).text == "好"
    assert endpoint.paths == ["/v1/chat/completions"]


@pytest.mark.parametrize(
    ("script", "calls"),
    [
        ([fake.status(429)], 2),
        ([fake.status(429, retry_after="0.01"), fake.status(503)], 3),
        ([fake.status(500), fake.status(500)], 3),
    ],
)
def test_what_passes_is_tried_again(endpoint: FakeEndpoint, script: list[fake.Reply], calls: int):
    endpoint.script = [*script, fake.says("好")]
    assert ask(endpoint) == Written("好", calls=calls, tokens=700)


@pytest.mark.parametrize("fault", [fake.drops, fake.breaks_off])
def test_a_lost_connection_is_tried_again(endpoint: FakeEndpoint, fault: fake.Reply):
    endpoint.script = [fault, fake.says("好")]
    assert ask(endpoint) == Written("好", calls=2, tokens=700)


def test_retry_after_is_waited_for(endpoint: FakeEndpoint):
    endpoint.script = [fake.status(429, retry_after_ms="400"), fake.says("好")]
    begun = time.monotonic()
    ask(endpoint)
    assert time.monotonic() - begun >= 0.4


@pytest.mark.parametrize("fault", [fake.hangs, fake.drips])
def test_an_answer_that_does_not_come_ends_in_time(endpoint: FakeEndpoint, fault: fake.Reply):
    endpoint.otherwise = fault
    begun = time.monotonic()
    with pytest.raises(WriterFailed) as raised:
        ask(endpoint, Room(1, 900), timeout_s=0.3)
    assert time.monotonic() - begun < 3
    assert raised.value.details | {"host": ""} == {"host": "", "reason": "timeout", "calls": 1}


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (fake.status(400), "400"),
        (fake.status(402), "402"),
        (fake.status(404), "404"),
        (fake.status(422), "422"),
        (fake.status(307, Location="http://127.0.0.1:9/v1/chat/completions"), "307"),  # the key stays here
        (fake.status(500, again=False), "500"),
    ],
)
def test_what_does_not_pass_is_not_tried_again(endpoint: FakeEndpoint, reply: fake.Reply, reason: str):
    endpoint.otherwise = reply
    with pytest.raises(WriterFailed) as raised:
        ask(endpoint)
    assert (raised.value.details["reason"], raised.value.details["calls"]) == (reason, 1)


def test_the_sdk_stops_at_the_calls_that_are_left(endpoint: FakeEndpoint):
    endpoint.otherwise = fake.status(500)
    for calls in (1, 2, 3, 9):
        with pytest.raises(WriterFailed) as raised:
            ask(endpoint, Room(calls, 900))
        assert raised.value.details["calls"] == min(calls, 3)
    assert len(endpoint.requests) == 1 + 2 + 3 + 3


@pytest.mark.parametrize("code", [401, 403])
def test_a_wrong_key_is_said_and_not_tried_again(endpoint: FakeEndpoint, code: int):
    endpoint.otherwise = fake.status(code)
    with pytest.raises(KeyRefused):
        ask(endpoint)
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize(
    "reply",
    [
        fake.says(None, refusal="I cannot help with that."),
        fake.says("", finish="content_filter"),
        fake.status(400, body={"code": "content_filter"}),
        fake.status(400, body={"code": "data_inspection_failed"}),
    ],
)
def test_a_refusal_is_told_from_silence(endpoint: FakeEndpoint, reply: fake.Reply):
    endpoint.script = [reply]
    assert ask(endpoint).is_refused


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>502</html>",
        b"null",
        b"[]",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [{"message": null}]}',
        b'{"choices": [{"message": {"content": 7}}]}',
        b'{"choices": [{"message": {"content": ["a"]}}], "usage": "much"}',
        b"[" * 100_000,
        b"\xff\xfe\xff",
        fake.completion("好")[:100],
    ],
)
def test_a_body_that_makes_no_sense_is_nothing_said(endpoint: FakeEndpoint, body: bytes):
    endpoint.script = [fake.sends(body)]
    assert ask(endpoint) == Written("", calls=1)


def test_a_flood_is_cut_off(endpoint: FakeEndpoint):
    endpoint.script = [fake.floods]
    assert ask(endpoint) == Written("", calls=1)


@pytest.mark.parametrize("total", [None, 0, -5, True, "many", 1.5])
def test_a_count_that_is_none_is_not_believed(endpoint: FakeEndpoint, total: object):
    endpoint.script = [fake.says("好", total=total)]
    assert ask(endpoint).tokens is None


def test_a_model_that_knows_only_the_newer_limit_gets_it_from_then_on(endpoint: FakeEndpoint):
    wrong = fake.status(400, body={"param": "max_tokens", "code": "unsupported_parameter"})
    endpoint.script = [wrong, fake.says("一"), fake.says("二")]
    with open_writer(chosen(endpoint.url)) as writer:
        assert [writer.write("", "", ROOM).calls, writer.write("", "", ROOM).calls] == [2, 1]
    names = [{name for name in request if name.startswith("max_")} for request in endpoint.requests]
    assert names == [{"max_tokens"}, {"max_completion_tokens"}, {"max_completion_tokens"}]


def test_nobody_listens():
    with pytest.raises(WriterFailed) as raised:
        write(chosen("http://127.0.0.1:9/v1"), Room(1, 900))
    assert raised.value.details["reason"] == "connection"


@pytest.mark.parametrize("reply", [fake.status(code, again=False) for code in (400, 401, 403, 404, 429, 500)])
def test_the_key_never_appears(endpoint: FakeEndpoint, reply: fake.Reply, caplog: pytest.LogCaptureFixture):
    """The server repeats it in its answer."""
    caplog.set_level(logging.DEBUG)
    endpoint.otherwise = reply
    settings = chosen(endpoint.url)
    with pytest.raises(YingdaError) as raised:
        write(settings)
    assert KEY not in explain(raised.value) + str(raised.value) + repr(raised.value.details) + repr(settings)
    assert "openai" in caplog.text and KEY not in caplog.text


@pytest.mark.parametrize(
    ("url", "model", "names"),
    [("", "", "YINGDA_LLM_URL、YINGDA_LLM_MODEL"), ("http://127.0.0.1", " ", "YINGDA_LLM_MODEL"), (" ", "m", "YINGDA_LLM_URL")],
)  # fmt: skip
def test_what_is_not_set_is_named(url: str, model: str, names: str):
    with pytest.raises(NoEndpoint) as raised:
        write(chosen(url, model=model))
    assert names in explain(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:8080/v1",
        "ftp://127.0.0.1",
        "http://",
        "http://[",
        "http://a:port/",
        "http://a\x00/v1",
        "http://me:pw@a/v1",
        "http://a/v1?key=k",
    ],
)
def test_an_address_that_is_none_is_a_bad_setting(url: str):
    with pytest.raises(BadSetting) as raised:
        write(chosen(url))
    assert raised.value.details["names"] == "YINGDA_LLM_URL"


@pytest.mark.parametrize("proxy", ["ftp://127.0.0.1:21", "http://a:port"])
def test_a_proxy_that_cannot_be_used_is_a_bad_setting(monkeypatch: pytest.MonkeyPatch, proxy: str):
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(BadSetting) as raised:
        write(chosen("http://127.0.0.1:9"))
    assert "ALL_PROXY" in raised.value.details["names"]


@pytest.mark.parametrize("key", ["密钥", "a\nb"])
def test_a_key_that_no_header_can_carry_is_a_bad_setting(key: str):
    with pytest.raises(BadSetting) as raised:
        write(chosen("http://127.0.0.1", key=key))
    assert raised.value.details["names"] == "YINGDA_LLM_KEY"


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "openai", None)
    monkeypatch.delitem(sys.modules, "assistant.models.endpoint", raising=False)
    with pytest.raises(MissingExtra) as raised:
        write(chosen("http://127.0.0.1"))
    assert "make llm" in explain(raised.value)


def test_an_endpoint_is_a_writer():
    with open_writer(chosen("http://127.0.0.1")) as opened:
        writer: Writer = opened
    assert writer.name == "示例-model"
