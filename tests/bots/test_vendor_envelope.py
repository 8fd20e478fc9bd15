"""The envelope of callbacks of WeChat and WeCom (R1–R4): what is taken, what is refused, and at what cost."""

import asyncio
import base64
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bots.fakes.envelope import Secrets
from bots.vendor.envelope import MOST_BYTES, BadEnvelope, Envelope, read_body

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
KEYS = Secrets("示例令牌".encode().hex(), "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wx示例")
ENVELOPE = Envelope(KEYS.token, KEYS.aes_key, KEYS.receiver)
TEXT = "<xml><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[路塌了👍]]></Content></xml>"


def query(encrypted: str, at: datetime = NOW) -> dict[str, str]:
    stamp = str(int(at.timestamp()))
    return {"timestamp": stamp, "nonce": "n1", "msg_signature": KEYS.signature(stamp, "n1", encrypted)}


def body(encrypted: str) -> bytes:
    return f"<xml><ToUserName><![CDATA[gh]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>".encode()


def raw(plain: bytes) -> str:
    """Encrypt bytes that need not be a message."""
    encryptor = KEYS._cipher().encryptor()
    return base64.b64encode(encryptor.update(plain) + encryptor.finalize()).decode()


def test_what_the_platform_encrypts_is_read():
    encrypted = KEYS.sealed(TEXT)
    assert ENVELOPE.open(body(encrypted), query(encrypted), NOW)["Content"] == "路塌了👍"


def test_what_is_sealed_is_read_by_the_platform():
    assert KEYS.answer(ENVELOPE.seal(TEXT, "n2", NOW)) == TEXT


def test_the_address_is_proved():
    encrypted = KEYS.sealed("4711")
    assert ENVELOPE.echo(query(encrypted) | {"echostr": encrypted}, NOW) == "4711"
    with pytest.raises(BadEnvelope):
        ENVELOPE.echo(query(encrypted) | {"echostr": KEYS.sealed("4711")}, NOW)


@pytest.mark.parametrize(
    ("token", "aes_key", "receiver"),
    [
        ("", KEYS.aes_key, "wx1"),  # an empty token would take what anybody signs
        ("t", "", "wx1"),  # plain mode
        ("t", KEYS.aes_key[:-1], "wx1"),
        ("t", KEYS.aes_key + "=", "wx1"),
        ("t", "!" * 43, "wx1"),
        ("t", KEYS.aes_key, ""),
    ],
)
def test_r1_without_complete_keys_there_is_no_channel(token: str, aes_key: str, receiver: str):
    with pytest.raises(ValueError):
        Envelope(token, aes_key, receiver)


NESTED = b"<xml>" + b"<a>" * 300_000 + b"</a>" * 300_000 + b"</xml>"


@pytest.mark.parametrize(
    "refused",
    [
        NESTED,
        b"<xml>" + b"<a/>" * 500_000 + b"</xml>",
        b"<xml>" + b"x" * 5_000_000 + b"</xml>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>',
        b'<!doctype x SYSTEM "file:///etc/passwd"><xml><Encrypt>x</Encrypt></xml>',
        b"",
        b"{}",
        b"<xml></xml>",
        TEXT.encode(),
        b"<xml><Encrypt>\xff\xfe</Encrypt></xml>",
    ],
    ids=["nested", "many tags", "5 MB", "entity", "dtd", "empty", "json", "no fields", "plain mode", "no text"],
)
def test_r2_bodies_that_cost_or_hide_something_are_refused_at_once(refused: bytes):
    begun = time.process_time()
    with pytest.raises(BadEnvelope) as caught:
        ENVELOPE.open(refused, query("x"), NOW)
    assert time.process_time() - begun < 0.1
    assert not caught.value.is_signed


def test_r2_a_long_body_is_refused_while_it_comes():
    read = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(1000):
            read += 1
            yield b"x" * 16_384

    with pytest.raises(BadEnvelope) as caught:
        asyncio.run(read_body(chunks()))
    assert caught.value.is_too_long
    assert read <= MOST_BYTES // 16_384 + 1


@pytest.mark.parametrize(
    "change",
    [
        {"msg_signature": ""},
        {"msg_signature": "0" * 40},
        {"nonce": "n2"},
        {"timestamp": "１７"},
        {"timestamp": ""},
    ],
)
def test_r3_another_signature_is_refused_before_anything_is_parsed(change: dict[str, str]):
    encrypted = KEYS.sealed("<xml><broken")
    with pytest.raises(BadEnvelope) as caught:
        ENVELOPE.open(body(encrypted), query(encrypted) | change, NOW)
    assert not caught.value.is_signed


def test_r3_signature_of_the_query_alone_counts_for_nothing():
    encrypted = KEYS.sealed(TEXT)
    given = query(encrypted)
    del given["msg_signature"]
    given["signature"] = KEYS.signature(given["timestamp"], "n1")
    with pytest.raises(BadEnvelope):
        ENVELOPE.open(body(encrypted), given, NOW)


def test_r3_an_upper_case_signature_is_another_one():
    encrypted = KEYS.sealed(TEXT)
    given = query(encrypted)
    with pytest.raises(BadEnvelope):
        ENVELOPE.open(body(encrypted), given | {"msg_signature": given["msg_signature"].upper()}, NOW)


@pytest.mark.parametrize("off", [timedelta(hours=-1), timedelta(hours=1), timedelta(seconds=-601)])
def test_r3_an_old_envelope_is_refused_though_it_is_signed(off: timedelta):
    encrypted = KEYS.sealed(TEXT)
    with pytest.raises(BadEnvelope, match="old"):
        ENVELOPE.open(body(encrypted), query(encrypted, NOW + off), NOW)
    ENVELOPE.open(body(encrypted), query(encrypted, NOW + off / 10), NOW + timedelta(seconds=1))


OTHER = Secrets(KEYS.token, KEYS.aes_key, "wx-other")
SIGNED_AND_WRONG = {
    "no base64": "not base64, at all!",
    "16 bytes": raw(b"0" * 16),
    "15 bytes": base64.b64encode(b"0" * 15).decode(),
    "64 random bytes": base64.b64encode(bytes(range(64))).decode(),
    "one byte": "AA==",
    "another account": OTHER.sealed(TEXT),
    "no xml": KEYS.sealed("hello"),
    "nothing": KEYS.sealed(""),
    "control sign": KEYS.sealed("<xml><Content>\x0b</Content></xml>"),
    "another root": KEYS.sealed("<html><a/></html>"),
    "no fields": KEYS.sealed("<xml></xml>"),
    "text alone": KEYS.sealed("<xml>text</xml>"),
    "cut off": KEYS.sealed("<xml><Content>"),
    "entities": KEYS.sealed('<!DOCTYPE x [<!ENTITY a "b">]><xml><Content>&a;</Content></xml>'),
    "no utf-8": raw(b"0" * 16 + b"\x00\x00\x00\x02\xff\xfe" + KEYS.receiver.encode() + b"\x01" * 2),
}


@pytest.mark.parametrize("name", SIGNED_AND_WRONG)
def test_r4_what_is_signed_and_cannot_be_read_is_one_kind_of_error(name: str):
    encrypted = SIGNED_AND_WRONG[name]
    with pytest.raises(BadEnvelope) as caught:
        ENVELOPE.open(body(encrypted), query(encrypted), NOW)
    assert caught.value.is_signed


def test_what_a_person_writes_about_documents_is_no_document_type():
    encrypted = KEYS.sealed("<xml><MsgType>text</MsgType><Content><![CDATA[<!DOCTYPE html>]]></Content></xml>")
    assert ENVELOPE.open(body(encrypted), query(encrypted), NOW)["Content"] == "<!DOCTYPE html>"
