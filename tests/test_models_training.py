from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import CannotWrite, NoClauses
from assistant.models.pairs import pairs, vocabulary
from assistant.models.static import WEIGHTS, StaticEmbedder
from assistant.models.training import Recipe, fit, train, write_model
from assistant.search.entries import Entry
from tests.small_corpus import VILLAGE, write_document

FIRE = Entry("town/1", "预案", "火灾", "发生火灾先报警。再组织扑救。", ("着火了打给哪个", "娃儿点着了柴房"))
FLOOD = Entry("town/2", "预案", "山洪", "山洪来时转移群众。", ("发大水往哪跑",))
RECIPE = Recipe(dimensions=16, least=1, epochs=30, batch=8, rate=0.05)


def test_pairs_join_what_means_the_same_clause():
    made = [(pair.text, pair.near) for pair in pairs([FIRE, FLOOD], seed=0)]
    assert ("火灾", FIRE.body) in made
    assert ("再组织扑救。", FIRE.whole) in made
    assert ("着火了打给哪个", FIRE.whole) in made
    assert ("着火了打给哪个", "娃儿点着了柴房") in made
    assert not [pair for pair in made if pair[0] == pair[1]]
    assert all(pair.unit == "town/2" for pair in pairs([FLOOD], seed=0))


def test_the_vocabulary_leaves_rare_grams_out():
    assert vocabulary(["山火", "火灾", "火火"], least=2) == ["火"]
    assert vocabulary(["山火"], least=1) == ["山", "山火", "火"]


def test_training_brings_a_question_near_to_its_clause(tmp_path: Path):
    pytest.importorskip("torch")
    tokens, rows, loss = fit([FIRE, FLOOD], RECIPE)
    write_model(tmp_path, tokens, rows)
    # 柴房 has no character in common with either clause
    question, fire, flood = StaticEmbedder(tmp_path).encode(["柴房", FIRE.whole, FLOOD.whole])
    assert question @ fire > question @ flood + 0.2
    assert loss < fit([FIRE, FLOOD], replace(RECIPE, epochs=1))[2]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path):
    pytest.importorskip("torch")
    write_document(tmp_path / "corpus", "village", VILLAGE, questions=[("1", "哪个管演练")])
    told: list[tuple[str, int, int]] = []
    for name, seed in (("one", 0), ("two", 0), ("three", 1)):
        trained = train(
            tmp_path / "corpus",
            tmp_path / name,
            Recipe(dimensions=8, least=1, epochs=2, seed=seed),
            lambda *s: told.append(s),
        )
    one, two, three = ((tmp_path / name / WEIGHTS).read_bytes() for name in ("one", "two", "three"))
    assert one == two != three
    assert trained.pairs > 5 and trained.size == len(three)
    assert told[:2] == [("train", 1, 2), ("train", 2, 2)]


def test_a_corpus_without_repeated_grams_cannot_be_learned_from(tmp_path: Path):
    write_document(tmp_path / "corpus", "village", "# 甲\n\n## 一、乙\n\n丙。\n")
    with pytest.raises(NoClauses):
        train(tmp_path / "corpus", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path):
    pytest.importorskip("tokenizers")
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite):
        write_model(tmp_path / "file", ["山"], np.ones((1, 2), np.float32))
