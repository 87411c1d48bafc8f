"""What this process has just heard from a socket (X16)."""

from chalicelib.domain.presence import PAUSE
from chalicelib.words import _MOST, ProcessWords
from tests.support.world import World


def test_a_word_is_just_said_for_as_long_as_another_would_not_count() -> None:
    world = World()
    words = ProcessWords(world.clock)
    assert not words.just_said("one", False)
    words.say("one", False)
    world.clock.advance(PAUSE - 1)
    assert words.just_said("one", False)
    assert not words.just_said("other", False)
    world.clock.advance(1)
    assert not words.just_said("one", False)


def test_going_is_another_word_than_coming() -> None:
    words = ProcessWords(World().clock)
    words.say("one", False)
    assert not words.just_said("one", True)
    words.say("one", True)
    assert words.just_said("one", True)
    assert not words.just_said("one", False), "back again"


def test_a_process_remembers_only_so_many() -> None:
    words = ProcessWords(World().clock)
    for number in range(3 * _MOST):
        words.say(f"socket-{number}", False)
    assert len(words._last) <= _MOST
    assert words.just_said(f"socket-{3 * _MOST - 1}", False)
