"""No file, function or loose end grows unnoticed."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted([*ROOT.glob("assistant/**/*.py"), *ROOT.glob("bots/**/*.py")])
MODULE_LINES = 400
FUNCTION_LINES = 50
GENERATED = "assistant/store/migrations/versions/"
"""Written from the tables by `assistant.store.revise`: as long as the tables are."""
LOOSE_END = re.compile(r"\b(?:TODO|FIXME|XXX|HACK|raise NotImplementedError)\b")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_there_are_modules_to_measure():
    assert len(MODULES) > 50


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_no_module_is_long_and_none_has_a_loose_end(module: Path):
    text = module.read_text(encoding="utf-8")
    assert text.count("\n") <= MODULE_LINES or name(module).startswith(GENERATED)
    assert LOOSE_END.findall(text) == []


def function_lengths(text: str) -> dict[str, int]:
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {node.name: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions}


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_no_function_is_long(module: Path):
    lengths = function_lengths(module.read_text(encoding="utf-8"))
    assert {function: lines for function, lines in lengths.items() if lines > FUNCTION_LINES} == {}


def test_lengths_are_counted_with_signature_and_in_classes():
    assert function_lengths("class A:\n    def b(self):\n        c = 1\n        return c\n") == {"b": 3}
