"""Whether the clock is to look after a customer who wrote, and when (X18)."""

from chalicelib.domain.unanswered import MINUTE, Unanswered
from chalicelib.usecases.await_answer import to_be_answered
from chalicelib.usecases.switch_away import come_back, go_away
from tests.support.world import MIA, SEATTLE, World


def noted(world: World) -> Unanswered | None:
    talk = world.talk()
    world.text("Is anybody there?")
    return to_be_answered(world.thread(talk)[-1], world.table.stores[SEATTLE], world)


def test_a_store_that_does_not_want_it_notes_nothing(world: World) -> None:
    assert noted(world) is None


def test_it_looks_when_the_minutes_are_over(world: World) -> None:
    world.change_store(reassign_after=30)
    found = noted(world)
    assert found is not None
    assert found.due_at == world.clock.now() + 30 * MINUTE
    assert world.table.unanswered == {found.conversation_id: found}


def test_it_looks_at_once_while_somebody_of_the_store_is_away(world: World) -> None:
    world.change_store(reassign_after=30)
    go_away(MIA, "I am away.", None, world)
    found = noted(world)
    assert found is not None
    assert found.due_at == world.clock.now()
    come_back(MIA, world)
    world.text("Hello?")
    assert world.table.unanswered[found.conversation_id].due_at == found.due_at, "it is not put off"
