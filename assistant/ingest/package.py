"""The XML parts of a docx (文档包), unpacked under limits."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from assistant.errors import DamagedFile, EncryptedFile, TooLarge
from assistant.ingest.limits import DOCX_PARTS, MEGABYTE, UNPACKED_MB, XML_MB

CHUNK = MEGABYTE
ENCRYPTED_FLAG = 1

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What zipfile raises for damaged members: checksums, unknown compression, wrong offsets and names."""


def xml_parts(path: Path, data: bytes) -> dict[str, bytes]:
    """Return the XML members by name; raises TooLarge, EncryptedFile or DamagedFile.

    The sizes that the zip declares are added up first; then every member is unpacked under the same limit, because
    a declaration may lie.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _refuse_bombs(path, members)
            return dict(_unpack(path, archive, members))
    except BROKEN as error:
        raise DamagedFile(path=path, kind="docx") from error


def _refuse_bombs(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & ENCRYPTED_FLAG for member in members):
        raise EncryptedFile(path=path, kind="docx")
    if sum(member.file_size for member in members) > UNPACKED_MB * MEGABYTE:
        raise TooLarge(path=path, limit_mb=UNPACKED_MB)
    if sum(member.file_size for member in members if _is_xml(member.filename)) > XML_MB * MEGABYTE:
        raise TooLarge(path=path, limit_mb=XML_MB)
    if len(members) > DOCX_PARTS:
        raise TooLarge(path=path, limit_parts=DOCX_PARTS)


def _unpack(path: Path, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    unpacked = 0
    for member in members:
        chunks = []
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > UNPACKED_MB * MEGABYTE:
                    raise TooLarge(path=path, limit_mb=UNPACKED_MB)
                if _is_xml(member.filename):
                    chunks.append(chunk)
        if chunks:
            yield member.filename, b"".join(chunks)


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def parse(path: Path, part: bytes) -> etree._Element:
    """Return the root of an XML part; entities stay unresolved, damaged XML raises DamagedFile."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedFile(path=path, kind="docx") from error


def local(element: etree._Element) -> str:
    """Return the name without its namespace: docx has two sets of namespaces (transitional and strict)."""
    return str(element.tag).rpartition("}")[2]


def value(element: etree._Element | None, name: str = "val") -> str:
    """Return an attribute by its name without namespace; "" where it is absent."""
    found = (text for key, text in element.items() if key.rpartition("}")[2] == name) if element is not None else ()
    return next(iter(found), "")


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Return the first child of that name, then its child of the next name, and so on; None where one is absent."""
    for name in names:
        element = next((inner for inner in element if local(inner) == name), None) if element is not None else None
    return element
