"""The reader on the disk: trained once, opened whole or not at all."""

import json
from pathlib import Path

import pytest

from assistant.errors import BadMessageFile, DamagedIndex, ForeignIndex, MissingIndex, StaleIndex
from assistant.triage import Danger, Intent, Reader, build_reader, load_examples, read
from assistant.triage.examples import is_message_file

LINES = [
    {
        "text": "示例村三组后山裂了",
        "intent": "hazard",
        "category": "geological",
        "urgency": "urgent",
        "place": "示例村三组后山",
    },
    {"text": "示例桥护栏断了", "intent": "hazard", "category": "traffic", "urgency": "routine", "place": "示例桥"},
    {"text": "示例小学着火了", "intent": "incident", "category": "fire", "urgency": "emergency", "place": "示例小学"},
    {"text": "今晚谁值班", "intent": "question"},
    {"text": "收到", "intent": "ack"},
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of a few messages, each of them several times with other words around it."""
    write(tmp_path, [line | {"text": f"{line['text']}{end}"} for line in LINES for end in ("", "！", "。", "了")])
    return tmp_path


def write(corpus: Path, lines: list[dict[str, object]]) -> None:
    folder = corpus / "messages"
    folder.mkdir(exist_ok=True)
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / "a1.jsonl").write_text(text + "\n", encoding="utf-8")


def test_a_reader_is_trained_once_and_opened(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    assert build_reader(corpus, index)
    assert not build_reader(corpus, index)
    assert read("今晚谁值班", Reader.load(index, corpus)).intent is Intent.QUESTION


def test_changed_messages_make_it_stale_until_it_is_trained_anew(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    build_reader(corpus, index)
    write(corpus, LINES)
    with pytest.raises(StaleIndex):
        Reader.load(index, corpus)
    assert build_reader(corpus, index)
    assert len(list(index.glob("reader-*"))) == 1


def test_changed_weights_are_damaged(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    build_reader(corpus, index)
    weights = next(index.glob("reader-*"))
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    with pytest.raises(DamagedIndex):
        Reader.load(index)
    assert build_reader(corpus, index)


def test_weights_of_another_version_are_foreign(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    build_reader(corpus, index)
    manifest = json.loads((index / "reader.json").read_text(encoding="utf-8"))
    (index / "reader.json").write_text(json.dumps(manifest | {"features": "0"}), encoding="utf-8")
    with pytest.raises(ForeignIndex):
        Reader.load(index)


def test_without_a_build_there_is_no_reader(tmp_path: Path) -> None:
    with pytest.raises(MissingIndex):
        Reader.load(tmp_path)


def test_without_examples_the_danger_words_still_count(tmp_path: Path) -> None:
    reader = Reader.trained(load_examples(tmp_path))
    reading = read("着火了快来人", reader)
    assert (reading.danger, reading.intent, reading.is_emergency) == (Danger.FIRE, Intent.INCIDENT, True)
    assert read("今晚谁值班", reader).intent is Intent.QUESTION


@pytest.mark.parametrize(
    "line",
    [
        {"text": "示例", "intent": "hazard"},  # a report without its class
        {"text": "示例", "intent": "joke"},  # no such intent
        {"text": "示例", "intent": "question", "category": "fire", "urgency": "urgent"},  # a question has no class
        {"text": "示例", "intent": "incident", "category": "fire", "urgency": "urgent"},  # an incident cannot wait
        {"text": "示例", "intent": "ack", "place": "示例村"},  # the place is not in the text
        {"intent": "ack"},
    ],
)
def test_a_line_whose_labels_contradict_each_other_is_refused(tmp_path: Path, line: dict[str, object]) -> None:
    write(tmp_path, [LINES[0], line])
    with pytest.raises(BadMessageFile) as caught:
        load_examples(tmp_path)
    assert caught.value.details["line"] == 2


def test_a_file_of_messages_is_told_from_one_of_questions(corpus: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"question": "演练几次"}\n', encoding="utf-8")
    assert is_message_file(corpus / "messages" / "a1.jsonl")
    assert not is_message_file(questions)
