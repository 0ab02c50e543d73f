"""A sample is chance to whoever cannot choose the seed, and the same again to whoever knows it."""

import hashlib

from intake.audit.sample import Drawable, draw

POPULATION = [Drawable(seq, 1) for seq in range(1, 1001)]


def test_the_same_seed_draws_the_same() -> None:
    assert draw("K7M2QF", POPULATION, 20) == draw("K7M2QF", reversed(POPULATION), 20)


def test_another_seed_draws_others() -> None:
    assert len(set(draw("a", POPULATION, 20).drawn) & set(draw("b", POPULATION, 20).drawn)) < 5


def test_it_can_be_drawn_again_with_any_tool() -> None:
    by_hand = sorted(range(1, 1001), key=lambda seq: hashlib.sha256(b"seed:%d" % seq).digest())[:20]

    assert [each.seq for each in draw("seed", POPULATION, 20).drawn] == sorted(by_hand)


def test_how_many_there_were_is_counted_without_keeping_them() -> None:
    assert draw("seed", iter(POPULATION), 20).population == len(POPULATION)


def test_no_more_are_drawn_than_there_are() -> None:
    assert draw("seed", POPULATION[:3], 20) == (tuple(POPULATION[:3]), 3)


def test_everything_is_drawn_as_often() -> None:
    times = [0] * 10
    for seed in range(2000):
        times[draw(str(seed), POPULATION[:10], 1).drawn[0].seq - 1] += 1

    assert all(140 < each < 260 for each in times)
