"""One sentence for every error, in Chinese, with its fields."""

import inspect
import re

import pytest

from assistant import errors
from assistant.errors import BadInput, TooLarge, UnknownRegion, WorkFailed, YingdaError
from assistant.wording import explain
from assistant.wording.errors import SENTENCES

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, YingdaError)]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not YingdaError], ids=lambda kind: kind.__name__)
def test_every_error_has_a_sentence_of_its_own(kind: type[YingdaError]) -> None:
    sentence = SENTENCES[kind.__name__]
    assert sentence.endswith("。") and re.search("[\u4e00-\u9fff]{4}", sentence)
    shown = explain(kind())
    assert "{" not in shown and "None" not in shown


def test_every_sentence_belongs_to_an_error() -> None:
    assert set(SENTENCES) <= {kind.__name__ for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_tree_in_the_docstring_names_every_error_with_its_status(kind: type[YingdaError]) -> None:
    assert re.search(rf"\b{kind.__name__}\b", errors.__doc__ or "")
    assert kind.exit_status == (2 if issubclass(kind, BadInput) else 1)


def test_the_fields_are_in_the_sentence() -> None:
    assert "“月球”" in explain(UnknownRegion(region="月球", known="云南省")) and "云南省" in explain(
        UnknownRegion(region="月球", known="云南省")
    )
    assert "50 MB" in explain(TooLarge(path="a.pdf", limit_mb=50))


def test_braces_in_a_field_are_shown_and_not_read() -> None:
    assert "{0}{path}%s" in explain(errors.MissingFile(path="{0}{path}%s"))


def test_an_error_without_a_sentence_gets_that_of_the_class_above() -> None:
    class Strange(WorkFailed):
        """Something strange."""

    assert explain(Strange()) == SENTENCES["WorkFailed"]
    assert explain(YingdaError()) == SENTENCES["WorkFailed"]
