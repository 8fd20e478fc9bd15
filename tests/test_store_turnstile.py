"""Who waits goes in the order of coming, and who is in danger goes first."""

import threading
import time

import pytest

from assistant.errors import DatabaseFailed
from assistant.store.turnstile import Turnstile


def queued(turnstile: Turnstile, urgent: list[bool], senders: list[str] | None = None) -> list[int]:
    """Hold the one place until all have come, one after another; return in which order they passed."""
    passed: list[int] = []

    def pass_through(number: int) -> None:
        with turnstile.passing(senders[number] if senders else "", is_urgent=urgent[number]):
            passed.append(number)

    threads = [threading.Thread(target=pass_through, args=(number,)) for number in range(len(urgent))]
    with turnstile.passing():
        for number, thread in enumerate(threads):
            thread.start()
            while len(turnstile._waiting) <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    return passed


def test_first_come_first_served() -> None:
    assert queued(Turnstile(1), [False] * 20) == list(range(20))


def test_who_is_in_danger_goes_before_all_that_wait() -> None:
    assert queued(Turnstile(1), [False, False, True, False, True]) == [2, 4, 0, 1, 3]


def test_an_error_inside_gives_the_place_back() -> None:
    turnstile = Turnstile(1)
    with pytest.raises(ZeroDivisionError), turnstile.passing():
        raise ZeroDivisionError
    assert queued(turnstile, [False]) == [0]


def test_who_has_waited_long_enough_is_told_and_keeps_nobody_behind() -> None:
    turnstile = Turnstile(1)
    with turnstile.passing():
        for _ in range(2):
            with pytest.raises(DatabaseFailed), turnstile.passing(patience_s=0.01):
                raise AssertionError
    assert queued(turnstile, [False, True]) == [1, 0]


def test_a_place_that_is_free_takes_no_patience() -> None:
    turnstile = Turnstile(1)
    with turnstile.passing(patience_s=0):
        pass
    assert queued(turnstile, [False]) == [0]


def test_never_more_are_inside_than_there_are_places() -> None:
    turnstile = Turnstile(3)
    inside: list[int] = []
    most: list[int] = []

    def pass_through() -> None:
        for _ in range(20):
            with turnstile.passing():
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=pass_through) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 160 and max(most) <= 3


def test_who_has_sent_many_messages_delays_himself_alone() -> None:
    senders = ["many"] * 5 + ["a", "b", "a"]
    assert queued(Turnstile(1), [False] * 8, senders) == [0, 5, 6, 1, 7, 2, 3, 4]


def test_many_urgent_messages_of_one_sender_do_not_delay_another_emergency() -> None:
    senders = ["many"] * 5 + ["a", "b"]
    assert queued(Turnstile(1), [True] * 6 + [False], senders) == [0, 5, 1, 2, 3, 4, 6]


def test_who_comes_later_does_not_pass_those_of_the_same_round() -> None:
    turnstile = Turnstile(1)
    senders = ["many", "many", "a", "b", "c"]
    turnstile._round[False] = 7  # as after a long day
    assert queued(turnstile, [False] * 5, senders) == [0, 2, 3, 4, 1]
    assert turnstile._rounds == {}  # nothing grows
