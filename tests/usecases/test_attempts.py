"""What may be done only so often, whoever tries and however many at once."""

import pytest

from chalicelib.domain.errors import ChatUnavailable, TooManyAttempts
from chalicelib.usecases.attempts import GUESSES, WINDOW, guessing, spend, spent
from tests.support.world import World

HERE, THERE = "198.51.100.7", "203.0.113.9"


def test_so_many_and_no_more_until_the_next_span(world: World) -> None:
    for _ in range(3):
        spend("posts", HERE, 3, 1000, world)
    with pytest.raises(TooManyAttempts):
        spend("posts", HERE, 3, 1000, world)
    spend("posts", THERE, 3, 1000, world)
    spend("mails", HERE, 3, 1000, world)
    world.clock.advance(1000)
    spend("posts", HERE, 3, 1000, world)


def test_it_is_one_write_and_says_nothing_of_where_it_comes_from(world: World) -> None:
    before = world.table.requests
    assert spent("posts", HERE, 1, 1000, world)
    assert world.table.requests - before == 1
    assert HERE not in repr(world.table.attempts)


def wrong() -> str:
    raise ChatUnavailable


def test_only_wrong_guesses_count(world: World) -> None:
    for _ in range(2 * GUESSES):
        assert guessing("links", HERE, lambda: "right", world) == "right"
    assert not world.table.attempts


def test_who_guesses_too_often_is_refused_what_is_right_too(world: World) -> None:
    for _ in range(GUESSES):
        with pytest.raises(ChatUnavailable):
            guessing("links", HERE, wrong, world)
    with pytest.raises(ChatUnavailable):
        guessing("links", HERE, lambda: "right", world)
    assert guessing("links", THERE, lambda: "right", world) == "right"
    world.clock.advance(WINDOW)
    assert guessing("links", HERE, lambda: "right", world) == "right"
