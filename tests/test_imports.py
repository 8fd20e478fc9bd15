"""What is heavy or optional is loaded only where it is needed."""

import subprocess
import sys

import pytest

HEAVY = [
    "torch",
    "sentence_transformers",
    "transformers",
    "rapidocr",
    "docx",
    "pypdfium2",
    "lxml",
    "PIL",
    "openai",
    "sklearn",
    "scipy",
]
"""sentence-transformers alone takes some six seconds and 400 MB to import."""
VENDORS = ["wechatpy", "telegram"]
"""SDKs belong to their channel in bots/."""


def loaded_by(statement: str, names: list[str]) -> str:
    code = f"{statement}\nimport sys\nprint(*[name for name in {names!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    "module",
    [
        "assistant.cli.ask",
        "assistant.cli.corpus",
        "assistant.cli.drafts",
        "assistant.cli.service",
        "assistant.cli.show",
        "assistant.cli.triage",
        "assistant.desk",
        "bots.serve",
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(module: str):
    assert loaded_by(f"import {module}", [*HEAVY, *VENDORS]) == ""


def test_the_bundled_model_needs_no_torch():
    code = "from assistant.models import load_embedder\nload_embedder('bundled').encode(['村里一年要演练几回'])"
    assert loaded_by(code, HEAVY) == ""


def test_a_loaded_package_is_seen():
    assert loaded_by("import lxml", ["lxml", "torch"]) == "lxml"
