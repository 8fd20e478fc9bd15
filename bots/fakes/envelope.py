"""The platform's side of the encrypted callback (加解密): written from the published format, not with our own reader.

Source: developers.weixin.qq.com, 消息加解密说明; developer.work.weixin.qq.com/document/path/90968.
"""

import base64
import hashlib
import secrets
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from lxml import etree

BLOCK = 32
RANDOM = 16


@dataclass(frozen=True, slots=True)
class Secrets:
    """What both sides have agreed on: Token, EncodingAESKey, and whom the messages are for (AppID or 企业ID)."""

    token: str
    aes_key: str
    receiver: str

    def sealed(self, text: str) -> str:
        """Return a text as the platform encrypts it, base64."""
        raw = text.encode()
        plain = secrets.token_bytes(RANDOM) + struct.pack(">I", len(raw)) + raw + self.receiver.encode()
        padding = BLOCK - len(plain) % BLOCK
        encryptor = self._cipher().encryptor()
        return base64.b64encode(encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()).decode()

    def opened(self, sealed: str) -> str:
        """Return what was encrypted.

        Raises: ValueError where it is not for this receiver or not whole.
        """
        decryptor = self._cipher().decryptor()
        plain = decryptor.update(base64.b64decode(sealed, validate=True)) + decryptor.finalize()
        plain = plain[: -plain[-1]]
        (length,) = struct.unpack(">I", plain[RANDOM : RANDOM + 4])
        text, receiver = plain[RANDOM + 4 : RANDOM + 4 + length], plain[RANDOM + 4 + length :]
        if receiver.decode() != self.receiver:
            raise ValueError(receiver)
        return text.decode()

    def signature(self, *parts: str) -> str:
        """Return the signature of a callback: of token, timestamp and nonce, and of what is encrypted where it is one."""
        # SHA-1 is what the platform prescribes
        return hashlib.sha1("".join(sorted([self.token, *parts])).encode(), usedforsecurity=False).hexdigest()

    def answer(self, body: str) -> str:
        """Return the message within an encrypted reply.

        Raises: ValueError where it is not signed with our token, is no XML, or not for this receiver.
        """
        found = fields(body)
        signed = self.signature(found.get("TimeStamp", ""), found.get("Nonce", ""), found.get("Encrypt", ""))
        if signed != found.get("MsgSignature"):
            raise ValueError("MsgSignature")
        return self.opened(found["Encrypt"])

    def _cipher(self) -> Cipher[modes.CBC]:
        key = base64.b64decode(self.aes_key + "=")
        return Cipher(algorithms.AES(key), modes.CBC(key[:16]))


def fields(body: str) -> dict[str, str]:
    """Return the elements of a flat message, as a strict parser reads them.

    Raises: ValueError where it is no XML.
    """
    try:
        root = etree.fromstring(body.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    return {str(child.tag): "".join(child.itertext()) for child in root}


def xml(values: dict[str, str]) -> str:
    """Return a flat message with every value in CDATA, as the platforms write them."""
    safe = {name: value.replace("]]>", "]]]]><![CDATA[>") for name, value in values.items()}
    return "<xml>" + "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in safe.items()) + "</xml>"
