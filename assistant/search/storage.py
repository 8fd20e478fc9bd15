"""Arrays of an index on the disk: plain .npy and .npz files, never pickles."""

import os
import shutil
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from assistant.search.bags import Bag
from assistant.search.homophones import Lexicon
from assistant.search.parts import Block, Part

Arrays = TypeVar("Arrays")


def write_arrays(folder: Path, name: str, arrays: Any) -> list[str]:
    """Write every array of a dataclass to `<name>.<field>.npy`; return the names of the files.

    Raises: OSError.
    """
    written = []
    for field in _array_fields(type(arrays)):
        np.save(folder / f"{name}.{field}.npy", getattr(arrays, field), allow_pickle=False)
        written.append(f"{name}.{field}.npy")
    return written


def read_arrays(folder: Path, name: str, kind: type[Arrays]) -> Arrays:
    """Map the arrays of a dataclass into memory; only what a search touches is read from the disk.

    Raises: OSError, ValueError.
    """
    return kind(**{field: _mapped(folder / f"{name}.{field}.npy") for field in _array_fields(kind)})


def _array_fields(kind: Any) -> list[str]:
    return [field.name for field in fields(kind) if not field.name.startswith("_")]


def _mapped(path: Path) -> npt.NDArray[Any]:
    # as a plain array: every slice of a np.memmap costs several microseconds more
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def write_part(path: Path, part: Part) -> None:
    """Write the part of one document.

    Raises: OSError.
    """
    arrays: dict[str, npt.NDArray[Any]] = {"units": np.array(part.units, dtype=np.str_)}
    for name in ("keyword", "question", "vector", "asked", "lexicon"):
        value = getattr(part, name)
        arrays |= {f"{name}.{field}": getattr(value, field) for field in _array_fields(type(value))}
    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)


def read_part(path: Path) -> Part:
    """Read the part of one document.

    Raises: OSError, ValueError, KeyError.
    """
    with np.load(path, allow_pickle=False) as arrays:
        return Part(
            units=tuple(arrays["units"].tolist()),
            keyword=Bag(**_fields_of(arrays, "keyword", Bag)),
            question=Bag(**_fields_of(arrays, "question", Bag)),
            vector=Block(**_fields_of(arrays, "vector", Block)),
            asked=Block(**_fields_of(arrays, "asked", Block)),
            lexicon=Lexicon(**_fields_of(arrays, "lexicon", Lexicon)),
        )


def _fields_of(arrays: Any, name: str, kind: Any) -> dict[str, npt.NDArray[Any]]:
    return {field: arrays[f"{name}.{field}"] for field in _array_fields(kind)}


def keep_file(old: Path, new: Path) -> None:
    """Let `new` be the same file as `old`, or a copy where the disk knows no links.

    Raises: OSError.
    """
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)
