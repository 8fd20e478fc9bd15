"""The reader (研判器): what is learned, opened from an index folder; `read` applies it with the rules in front."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.numpy import load, save

from assistant.errors import CannotWrite, DamagedIndex, ForeignIndex, MissingIndex, StaleIndex
from assistant.ports import Progress, silent
from assistant.triage.examples import Example, examples_digest, load_examples
from assistant.triage.features import VERSION
from assistant.triage.linear import Weights
from assistant.triage.places import Places
from assistant.triage.training import Learned, learn

MANIFEST = "reader.json"
FORMAT = 2
"""Raised whenever older weights cannot be read any more, or are trained otherwise."""


@dataclass(frozen=True, slots=True)
class ReaderManifest:
    """What the weights were trained from, and their digest."""

    format: int
    features: str
    examples: str
    """sha256 of the example messages."""
    count: int
    """Number of example messages."""
    weights: str
    """Name of the file of weights: its sha256 is in it."""

    def fits(self) -> bool:
        """Say whether this version of the program reads the weights."""
        return (self.format, self.features) == (FORMAT, VERSION)


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """What the reader has learned; hand it to `read`. Two readers are equal only if they are one."""

    learned: Learned

    @classmethod
    def trained(cls, examples: list[Example]) -> "Reader":
        """Return a reader trained on these examples; without any it goes by the danger words alone."""
        return cls(learn(examples))

    @classmethod
    def load(cls, index: Path, corpus: Path | None = None) -> "Reader":
        """Open the reader of an index; with `corpus`, only if it was trained on the messages there.

        Raises: MissingIndex, ForeignIndex, StaleIndex, DamagedIndex.
        """
        manifest = _manifest(index)
        if not manifest.fits():
            raise ForeignIndex(path=str(index))
        if corpus is not None and examples_digest(corpus) != manifest.examples:
            raise StaleIndex(path=str(index))
        try:
            content = (index / manifest.weights).read_bytes()
            if _name(content) != manifest.weights:
                raise DamagedIndex(path=str(index))
            arrays = load(content)
            return cls(Learned(Weights(**_own(arrays, "weights")), Places(**_own(arrays, "places"))))
        except (OSError, TypeError, SafetensorError) as error:
            raise DamagedIndex(path=str(index)) from error


def build_reader(corpus: Path, index: Path, progress: Progress = silent) -> bool:
    """Train the reader anew if the example messages have changed; say whether it was trained.

    Raises: BadMessageFile, WrongEncoding, CannotWrite.
    """
    digest = examples_digest(corpus)
    if _is_current(index, digest):
        return False
    examples = load_examples(corpus)
    learned = learn(examples, progress)
    arrays = {f"{part}.{name}": value for part in ("weights", "places") for name, value in _arrays(learned, part)}
    content = save(arrays)
    manifest = ReaderManifest(FORMAT, VERSION, digest, len(examples), _name(content))
    try:
        index.mkdir(parents=True, exist_ok=True)
        _replace(index / manifest.weights, content)
        _replace(index / MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
        for old in index.glob("reader-*.safetensors"):
            if old.name != manifest.weights:
                old.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(path=str(index), reason=error.strerror or str(error)) from error
    return True


def _is_current(index: Path, digest: str) -> bool:
    try:
        manifest = _manifest(index)
        content = (index / manifest.weights).read_bytes()
    except (MissingIndex, DamagedIndex, OSError):
        return False
    return manifest.fits() and manifest.examples == digest and _name(content) == manifest.weights


def _manifest(index: Path) -> ReaderManifest:
    try:
        return ReaderManifest(**json.loads((index / MANIFEST).read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingIndex(path=str(index)) from error
    except (OSError, ValueError, TypeError) as error:
        raise DamagedIndex(path=str(index)) from error


def _name(content: bytes) -> str:
    return f"reader-{hashlib.sha256(content).hexdigest()}.safetensors"


def _replace(path: Path, content: bytes) -> None:
    unfinished = path.with_name(path.name + ".new")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def _arrays(learned: Learned, part: str) -> list[tuple[str, Any]]:
    own = getattr(learned, part)
    return [(name, getattr(own, name)) for name in type(own).__dataclass_fields__]


def _own(arrays: Mapping[str, Any], part: str) -> dict[str, Any]:
    return {name.removeprefix(f"{part}."): value for name, value in arrays.items() if name.startswith(f"{part}.")}
