"""Questions out of whatever a language model answers."""

import pytest

from assistant.drafting.reading import Candidate, candidates, sounds_refused

ONE = Candidate("谁来喊我们走", "villager")
TWO = Candidate("转移由谁组织？", "trainer")


@pytest.mark.parametrize(
    "answer",
    [
        '{"questions": [{"asker": "villager", "question": "谁来喊我们走"}, {"asker": "trainer", "question": "转移由谁组织？"}]}',
        '[{"asker": "villager", "question": "谁来喊我们走"}, {"asker": "trainer", "question": "转移由谁组织？"}]',
        '```json\n[{"asker": "村民", "question": "谁来喊我们走"}, {"asker": "教员", "question": "转移由谁组织？"}]\n```',
        '好的，以下是问法：\n{"villager": ["谁来喊我们走"], "trainer": ["转移由谁组织？"]}\n希望有用！',
        # one object a line
        '{"asker": "villager", "question": "谁来喊我们走"}\n{"asker": "trainer", "question": "转移由谁组织？"}',
        # cut off by the limit of tokens: the last question is lost, the whole ones are not
        '{"questions": [{"asker": "villager", "question": "谁来喊我们走"}, {"asker": "trainer", "question": "转移由谁组织？"}, {"asker": "tra',
        # thinking aloud, with drafts of its own
        '<think>[{"asker": "villager", "question": "先写一个不好的吗"}]</think>'
        '{"villager": "x", "questions": [{"asker": "villager", "question": "谁来喊我们走"}, {"asker": "trainer", "question": "转移由谁组织？"}]}',
        # numbered, quoted, broken over lines
        '{"villager": ["1. “谁来\\n喊我们走”"], "trainer": ["（2）转移由谁组织？"]}',
        '{"村民": [{"问题": "谁来喊我们走"}], "教员": [{"问题": "转移由谁组织？"}]}',
        # a bracket in prose is no list
        '参考[1]和{条文}：[{"asker": "villager", "question": "谁来喊我们走", "unit": "central-2024/1"}, {"asker": "trainer", "question": "转移由谁组织？"}]',
    ],
)
def test_questions_are_found_in_every_dress(answer: str):
    read = [Candidate(c.question.replace("谁来 喊", "谁来喊"), c.asker) for c in candidates(answer)]
    assert read == [ONE, TWO]


@pytest.mark.parametrize(
    "answer",
    ["", "抱歉，我无法回答。", "谁来喊我们走？", "null", "42", '"谁来喊我们走"', "<think>[\"谁来喊我们走\"]", "{}", "[1, null, true]", "{\"note\": \"谁来喊我们走\"}"],
)  # fmt: skip
def test_without_a_list_there_are_no_questions(answer: str):
    assert candidates(answer) == []


@pytest.mark.parametrize("answer", ["[" * 50_000, '{"a":' * 10_000, "[{" * 30_000, '["\\ud800"]' * 9])
def test_a_hostile_answer_is_read_in_no_time(answer: str):
    assert all(candidate.question == "\ud800" for candidate in candidates(answer))


def test_an_unknown_asker_is_nobody():
    assert candidates('[{"asker": "king", "question": "谁来喊我们走"}, "镇上管吗"]') == [
        Candidate("谁来喊我们走", ""),
        Candidate("镇上管吗", ""),
    ]


def test_an_emergency_number_is_not_the_number_of_a_list_item():
    assert candidates('["119打不通咋办"]') == [Candidate("119打不通咋办", "")]


def test_an_excuse_is_heard():
    assert sounds_refused("很抱歉，我不能完成这个请求。") and sounds_refused("I'm sorry, I cannot help.")
    assert not sounds_refused("好的，见下文。")
