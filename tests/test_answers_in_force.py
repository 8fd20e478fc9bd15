"""What is in force answers; a repealed text only with a word about it; a law that is not held never."""

from datetime import date

import pytest

from assistant.answers import Answer, Asker, Decision, Reason, Request, answer
from assistant.models import load_embedder
from assistant.search import Index, build, load
from assistant.wording import answer_text
from tests.small_corpus import write_document

OLD = """# 示例镇防汛办法（示例）

第一条　每个村民小组汛期每三小时巡查一次河堤。

第二条　巡查补助每人每天二十元。
"""
NEW = """# 示例镇防汛规定（示例）

第一条　每个村民小组汛期每两小时巡查一次河堤。

第二条　村委会汛前清点一次沙袋。
"""
TOWN = "示例省/示例镇"


@pytest.fixture(scope="module")
def older_and_newer(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """A measure that was replaced on 2025-06-01, and what replaced it."""
    folder = tmp_path_factory.mktemp("in-force")
    for document, text, dates in (
        ("town-old-2020", OLD, "repealed = 2025-06-01"),
        ("town-new-2025", NEW, "effective = 2025-06-01"),
    ):
        toml = write_document(folder / "corpus", document, text, region=TOWN) / "document.toml"
        toml.write_text(toml.read_text(encoding="utf-8") + dates + "\n", encoding="utf-8")
    embedder = load_embedder("bundled")
    build(folder / "corpus", folder / "index", embedder)
    return load(folder / "corpus", folder / "index", embedder)


def ask(index: Index, question: str, on: date = date(2026, 1, 1), region: str = TOWN) -> Answer:
    return answer(Request(question, region, Asker.CADRE, on), index)


def test_the_text_in_force_on_the_day_answers(older_and_newer: Index) -> None:
    for on, unit in ((date(2025, 5, 31), "town-old-2020/1"), (date(2025, 6, 1), "town-new-2025/1")):
        assert ask(older_and_newer, "汛期多久巡查一次河堤", on).ranked[0] == unit


def test_a_repealed_text_is_shown_only_with_a_word_about_it(older_and_newer: Index) -> None:
    answered = ask(older_and_newer, "巡查补助每人每天多少元")
    text = answer_text(answered)
    assert answered.decision is Decision.NEAREST and answered.reason is Reason.ONLY_REPEALED
    assert text.startswith("现行文件没有直接规定，只有已经失效的文件提到过") and "二十元。（已失效）" in text


def test_a_repealed_text_that_is_named_is_shown_as_such(older_and_newer: Index) -> None:
    text = answer_text(ask(older_and_newer, "示例镇防汛办法第二条"))
    assert "二十元" in text and "（已失效）" in text


@pytest.mark.parametrize("question", ["《安全生产法》第一条怎么说", "安全生产法第一条", "消防法第二条是什么"])
def test_a_law_that_is_not_held_is_said_not_to_be_held(older_and_newer: Index, question: str) -> None:
    answered = ask(older_and_newer, question)
    assert answered.decision is Decision.REFUSED and answered.reason is Reason.NOT_HELD
    assert "没有收录" in answer_text(answered) and not answered.passages
