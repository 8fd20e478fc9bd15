"""Evacuation (转移避险): household rolls, waves, and each household followed until it is safe and back (到户到人)."""

from assistant.evacuation.household import Household, Vulnerable, threatened
from assistant.evacuation.lists import HelperList, ShelterCount
from assistant.evacuation.sums import Count, Sum, sum_of
from assistant.evacuation.transfer import State, Transfer, Wave

__all__ = [
    "Count",
    "HelperList",
    "Household",
    "ShelterCount",
    "State",
    "Sum",
    "Transfer",
    "Vulnerable",
    "Wave",
    "sum_of",
    "threatened",
]
