"""Drawing a sample that anybody can draw again: those whose hash with the seed is lowest, however many there are."""

import hashlib
import heapq
from collections.abc import Iterable
from itertools import count
from typing import NamedTuple


class Drawable(NamedTuple):
    """Something that can be drawn: the entry it begins with, and how many entries there are to it."""

    seq: int
    entries: int


class Sample(NamedTuple):
    """What was drawn, and how many there were to draw from."""

    drawn: tuple[Drawable, ...]
    population: int


def rank(seed: str, seq: int) -> str:
    """The place of an entry in the draw: SHA-256 of the seed, a colon and the entry's number; the lowest are drawn."""
    return hashlib.sha256(f"{seed}:{seq}".encode()).hexdigest()


def draw(seed: str, population: Iterable[Drawable], size: int) -> Sample:
    """At most `size` of the population, in the order of their entries. Memory does not grow with the population."""
    numbers = count()
    counted = (each for each, _ in zip(population, numbers, strict=False))
    drawn = heapq.nsmallest(size, counted, key=lambda each: rank(seed, each.seq))
    return Sample(tuple(sorted(drawn)), next(numbers))
