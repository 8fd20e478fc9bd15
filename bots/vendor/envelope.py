"""The envelope (加密消息体) of callbacks of WeChat and WeCom: bounded, checked before it is read, opened and sealed."""

import base64
import hmac
import re
import struct
from collections.abc import AsyncIterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict
from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import WeChatException
from wechatpy.utils import WeChatSigner

MOST_BYTES = 64 * 1024
MAX_AGE = timedelta(minutes=10)
KEY_LENGTH = 43
FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ENCRYPTED = re.compile(rb"<Encrypt>(?:<!\[CDATA\[)?([^<>\[\]]{1,65536})(?:\]\]>)?</Encrypt>")
SIGNED = re.compile(r"[0-9a-f]{40}")
FLAWS = (WeChatException, ExpatError, struct.error, ValueError, LookupError, TypeError, AttributeError, RuntimeError)
"""What wechatpy and the parser raise for what is signed and is no message (found by trial, see the table in the tests)."""


class BadEnvelope(Exception):
    """A callback that is not taken: `reason`."""

    def __init__(self, reason: str, *, is_signed: bool = False, is_too_long: bool = False) -> None:
        """is_signed: the platform itself sent it, so that sending it again would not help."""
        super().__init__(reason)
        self.reason, self.is_signed, self.is_too_long = reason, is_signed, is_too_long


@dataclass(frozen=True, slots=True)
class Signature:
    """The query of a callback."""

    signature: str
    timestamp: str
    nonce: str

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Signature":
        """Read a query; `msg_signature` alone counts: `signature` does not cover the body."""
        return cls(*(query.get(name, "") for name in ("msg_signature", "timestamp", "nonce")))


class Envelope:
    """Opens and seals with the keys of one account."""

    def __init__(self, token: str, aes_key: str, receiver: str, max_age: timedelta = MAX_AGE) -> None:
        """receiver: AppID of an official account, or 企业ID.

        Raises: ValueError where a key is missing or has another length: plain mode is refused.
        """
        if not (token and receiver) or len(aes_key) != KEY_LENGTH:
            raise ValueError("token, EncodingAESKey (43 characters) or receiver is missing")
        key = base64.b64decode(aes_key + "=", validate=True)
        self._crypto, self._token, self._receiver, self._max_age = PrpCrypto(key), token, receiver, max_age

    def echo(self, query: Mapping[str, str], now: datetime) -> str:
        """Return what proves to the platform that the address is ours; raises BadEnvelope."""
        encrypted = query.get("echostr", "")
        self._verify(Signature.of(query), encrypted, now)
        return self._decrypted(encrypted)

    def open(self, body: bytes, query: Mapping[str, str], now: datetime) -> dict[str, Any]:
        """Return the fields of a message, as xmltodict has them; raises BadEnvelope.

        Nothing is parsed before the signature has been checked.
        """
        if len(body) > MOST_BYTES:
            raise BadEnvelope("too long", is_too_long=True)
        if FORBIDDEN.search(body):
            raise BadEnvelope("document type or entity")
        found = ENCRYPTED.search(body)
        if found is None:
            raise BadEnvelope("nothing encrypted")
        encrypted = found[1].decode("ascii", "replace")
        self._verify(Signature.of(query), encrypted, now)
        return _fields(self._decrypted(encrypted))

    def seal(self, xml: str, nonce: str, now: datetime) -> str:
        """Return an answer as the platform wants it."""
        encrypted = self._crypto.encrypt(xml, self._receiver).decode()
        timestamp = str(int(now.timestamp()))
        signature = self._signature(timestamp, nonce, encrypted)
        return (
            f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt><MsgSignature><![CDATA[{signature}]]></MsgSignature>"
            f"<TimeStamp>{timestamp}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
        )

    def _verify(self, given: Signature, encrypted: str, now: datetime) -> None:
        if not SIGNED.fullmatch(given.signature):
            raise BadEnvelope("no msg_signature")
        expected = self._signature(given.timestamp, given.nonce, encrypted)
        if not hmac.compare_digest(expected, given.signature):
            raise BadEnvelope("another msg_signature")
        if not re.fullmatch(r"\d{1,12}", given.timestamp, re.ASCII):
            raise BadEnvelope("no timestamp")
        if abs(now.timestamp() - int(given.timestamp)) > self._max_age.total_seconds():
            raise BadEnvelope("an old timestamp")

    def _signature(self, timestamp: str, nonce: str, encrypted: str) -> str:
        signer = WeChatSigner()
        signer.add_data(self._token, timestamp, nonce, encrypted)
        return str(signer.signature)

    def _decrypted(self, encrypted: str) -> str:
        try:
            return str(self._crypto.decrypt(encrypted, self._receiver))
        except FLAWS as error:
            raise BadEnvelope(f"cannot be decrypted ({type(error).__name__})", is_signed=True) from error


async def read_body(chunks: AsyncIterable[bytes]) -> bytes:
    """Return a body, no more of it than a message may have; raises BadEnvelope while it is still coming."""
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > MOST_BYTES:
            raise BadEnvelope("too long", is_too_long=True)
    return bytes(body)


def _fields(xml: str) -> dict[str, Any]:
    try:
        root = xmltodict.parse(xml, disable_entities=True)["xml"]
        if not isinstance(root, dict):
            raise TypeError("no fields")
        return root
    except FLAWS as error:
        raise BadEnvelope(f"cannot be read ({type(error).__name__})", is_signed=True) from error
