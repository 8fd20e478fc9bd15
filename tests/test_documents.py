"""The catalogue: what a document's folder must hold, and when a document holds."""

from datetime import date
from pathlib import Path

import pytest

from assistant.documents import Catalogue, Level, document_folders, folder_digest, ladder, load_catalogue, load_document
from assistant.errors import DamagedDocument, MissingFile

CORPUS = Path(__file__).parents[1] / "corpus"
DESCRIBED = """id = "some-plan-2025"
title = "示例镇预案（示例）"
short_title = "示例预案"
aliases = ["镇里的预案"]
issuer = "示例镇人民政府"
kind = "plan"
level = "township"
region = "云南省/示例州/示例县/示例镇"
number = "示镇政发〔2025〕3号（示例）"
issued = 2025-05-20
effective = 2025-06-01
sample = true
source = "示例"
"""
TEXT = "# 示例镇预案（示例）\n\n第一条　甲。\n"


def a_folder(corpus: Path, described: str = DESCRIBED, text: str | bytes = TEXT, name: str = "some-plan-2025") -> Path:
    folder = corpus / name
    folder.mkdir(parents=True)
    (folder / "document.toml").write_text(described, encoding="utf-8")
    (folder / "text.md").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def test_a_document_is_read_as_it_is_described(tmp_path: Path) -> None:
    document = load_document(a_folder(tmp_path))
    assert (document.id, document.title, document.short_title) == ("some-plan-2025", "示例镇预案（示例）", "示例预案")
    assert document.aliases == ("镇里的预案",) and document.level is Level.TOWNSHIP and document.sample
    assert (document.issued, document.effective, document.repealed) == (date(2025, 5, 20), date(2025, 6, 1), None)
    assert document.text == TEXT and not document.unchecked


def test_the_text_is_verbatim_with_its_line_ends(tmp_path: Path) -> None:
    assert load_document(a_folder(tmp_path, text="# 甲\r\n\r\n第一条　乙。\r\n")).text == "# 甲\r\n\r\n第一条　乙。\r\n"


def test_what_is_not_described_has_a_plain_default(tmp_path: Path) -> None:
    least = 'id = "some-plan-2025"\ntitle = "甲"\nlevel = "central"\n'
    document = load_document(a_folder(tmp_path, least))
    assert (document.short_title, document.kind, document.region, document.issuer) == ("甲", "plan", "", "")
    assert document.aliases == () and document.superseded_by is None


@pytest.mark.parametrize(
    ("described", "text"),
    [
        (DESCRIBED.replace("some-plan-2025", "other-2025"), TEXT),  # the id is another folder's
        (DESCRIBED.replace('title = "示例镇预案（示例）"\n', "", 1), TEXT),
        (DESCRIBED.replace('title = "示例镇预案（示例）"', 'title = " "'), TEXT),
        (DESCRIBED.replace('title = "示例镇预案（示例）"', "title = 3"), TEXT),
        (DESCRIBED.replace('level = "township"\n', ""), TEXT),
        (DESCRIBED.replace('"township"', '"empire"'), TEXT),
        (DESCRIBED.replace("2025-05-20", '"2025-05-20"'), TEXT),  # a text is no date
        (DESCRIBED.replace("2025-05-20", "2025-05-20T08:00:00"), TEXT),  # a datetime cannot be compared with a date
        (DESCRIBED.replace("2025-05-20", "2025-02-30"), TEXT),
        (DESCRIBED.replace('["镇里的预案"]', '"镇里的预案"'), TEXT),  # else every character would be a name
        (DESCRIBED.replace('["镇里的预案"]', "[1]"), TEXT),
        (DESCRIBED.replace('region = "云南省/示例州/示例县/示例镇"', "region = []"), TEXT),
        ("id = ", TEXT),
        ("", TEXT),
        (DESCRIBED, ""),
        (DESCRIBED, " \n\n"),
        (DESCRIBED, "甲".encode("gb18030")),
        (DESCRIBED, b"\xff\xfe"),
    ],
)
def test_a_damaged_folder_is_refused_with_its_name(tmp_path: Path, described: str, text: str | bytes) -> None:
    with pytest.raises(DamagedDocument, match="document=some-plan-2025"):
        load_document(a_folder(tmp_path, described, text))


def test_a_folder_without_text_is_damaged(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / "text.md").unlink()
    with pytest.raises(DamagedDocument):
        load_catalogue(tmp_path)


@pytest.mark.parametrize("name", ["Some-Plan", "some_plan", "预案", "-plan", "plan-"])
def test_an_id_of_other_characters_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DamagedDocument):
        load_document(a_folder(tmp_path, DESCRIBED.replace("some-plan-2025", name), name=name))


def test_half_written_folders_and_stray_files_are_left_alone(tmp_path: Path) -> None:
    a_folder(tmp_path)
    a_folder(tmp_path, name=".some-plan-2025.new")
    (tmp_path / "notes").mkdir()
    (tmp_path / "out-of-scope.jsonl").touch()
    assert [folder.name for folder in document_folders(tmp_path)] == ["some-plan-2025"]


def test_no_corpus_is_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        load_catalogue(tmp_path / "none")
    assert len(load_catalogue(tmp_path)) == 0


@pytest.mark.parametrize(
    ("effective", "repealed", "day", "holds"),
    [
        (None, None, date(1999, 1, 1), True),
        (date(2025, 6, 1), None, date(2025, 5, 31), False),
        (date(2025, 6, 1), None, date(2025, 6, 1), True),  # the first day counts
        (None, date(2026, 1, 1), date(2025, 12, 31), True),
        (None, date(2026, 1, 1), date(2026, 1, 1), False),  # the day of the repeal does not
    ],
)
def test_a_document_holds_from_its_first_day_to_its_repeal(
    tmp_path: Path, effective: date | None, repealed: date | None, day: date, holds: bool
) -> None:
    dates = "".join(f"{key} = {value}\n" for key, value in (("effective", effective), ("repealed", repealed)) if value)
    described = DESCRIBED.replace("effective = 2025-06-01\n", "") + dates
    assert load_document(a_folder(tmp_path, described)).in_force(day) is holds


@pytest.mark.parametrize(
    ("region", "places"),
    [
        ("", ("",)),
        ("云南省", ("云南省", "")),
        ("云南省/示例州/示例县", ("云南省/示例州/示例县", "云南省/示例州", "云南省", "")),
        ("云南省//示例州/", ("云南省/示例州", "云南省", "")),
    ],
)
def test_the_ladder_goes_from_the_own_place_to_the_centre(region: str, places: tuple[str, ...]) -> None:
    assert ladder(region) == places


def test_the_digest_changes_with_every_file_that_an_index_is_built_from(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    digests = {folder_digest(folder)}
    for name in ("document.toml", "text.md", "questions.jsonl"):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write("\n")
        digests.add(folder_digest(folder))
    (folder / "notes.txt").touch()
    assert len(digests) == 4 and folder_digest(folder) in digests


def test_moving_words_between_files_changes_the_digest(tmp_path: Path) -> None:
    one = a_folder(tmp_path / "a", text="甲乙")
    other = a_folder(tmp_path / "b", described=DESCRIBED + "# 甲", text="乙")
    assert folder_digest(one) != folder_digest(other)


def test_the_shipped_corpus_is_whole_and_in_order() -> None:
    catalogue = load_catalogue(CORPUS)
    assert list(catalogue) == sorted(catalogue) and len(catalogue) >= 14
    for document in catalogue.values():
        assert document.sample == ("示例" in document.title) == document.id.startswith("sample-")
        assert document.region == "" or document.level is not Level.CENTRAL
        assert document.superseded_by is None or document.superseded_by in catalogue


def test_regions_are_every_place_and_the_places_above(tmp_path: Path) -> None:
    catalogue = Catalogue({"some-plan-2025": load_document(a_folder(tmp_path))})
    assert catalogue.regions() == ["云南省", "云南省/示例州", "云南省/示例州/示例县", "云南省/示例州/示例县/示例镇"]
    assert "some-plan-2025" in catalogue and "other" not in catalogue
