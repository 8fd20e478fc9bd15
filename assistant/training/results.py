"""Results (成绩): how many have answered, of how many; the mean; which questions went wrong most."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.training.paper import Paper, PaperState

FINISHED = (PaperState.DONE.value, PaperState.AGAIN.value)


@dataclass(frozen=True, slots=True)
class Results:
    """What has come of a quiz so far."""

    asked: int
    """People."""
    finished: int
    mean: float | None
    """Share of right answers of those who have finished, in per cent; None for nobody."""
    wrong: tuple[tuple[int, int], ...]
    """Number of a question, from 1, and how many finished papers had it wrong; the most first, none without mistakes."""
    silent: tuple[int, ...]
    """Person ids of those who have not given a single answer."""
    halfway: tuple[int, ...]
    """Person ids of those who began and have not finished."""


def results(papers: Sequence[Paper], count: int) -> Results:
    """Return the results of a quiz of `count` questions."""
    finished = [one for one in papers if one.state in FINISHED]
    shares = [100 * one.right / count for one in finished]
    wrong = [(at + 1, sum(at in one.mistakes for one in finished)) for at in range(count)]
    rest = [one for one in papers if one.state not in FINISHED]
    return Results(
        asked=len(papers),
        finished=len(finished),
        mean=sum(shares) / len(shares) if shares else None,
        wrong=tuple(sorted((pair for pair in wrong if pair[1]), key=lambda pair: (-pair[1], pair[0]))),
        silent=tuple(one.person for one in rest if not one.chosen),
        halfway=tuple(one.person for one in rest if one.chosen),
    )
