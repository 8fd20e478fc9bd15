"""What is heavy or optional is loaded only where it is needed."""

import subprocess
import sys

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


MODULES = [
    "assistant.desk",
    "assistant.cli.ask",
    "assistant.cli.corpus",
    "assistant.cli.drafts",
    "assistant.cli.service",
    "assistant.cli.show",
    "assistant.cli.triage",
    "bots.serve",
]
EACH = """
import importlib, sys
for module in {modules!r}:
    importlib.import_module(module)
    loaded = [name for name in {names!r} if name in sys.modules]
    if loaded:
        print(module, *loaded)
        break
"""
"""One process for all: to start eight of them takes a quarter of a minute."""


def loaded_by(statement: str, names: list[str]) -> str:
    return printed_by(f"{statement}\nimport sys\nprint(*[name for name in {names!r} if name in sys.modules])")


def printed_by(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_nothing_heavy_is_loaded_before_it_is_needed():
    assert printed_by(EACH.format(modules=MODULES, names=[*HEAVY, *VENDORS])) == ""


def test_the_module_that_loads_something_heavy_is_named():
    assert printed_by(EACH.format(modules=["json", "lxml", "lxml.etree"], names=["lxml"])) == "lxml lxml"


def test_the_bundled_model_needs_no_torch():
    code = "from assistant.models import load_embedder\nload_embedder('bundled').encode(['村里一年要演练几回'])"
    assert loaded_by(code, HEAVY) == ""


def test_a_loaded_package_is_seen():
    assert loaded_by("import lxml", ["lxml", "torch"]) == "lxml"
