"""Opt-outs that come by another way than a text: once into the ledger, and no newer act is undone (X5)."""

import pytest

from chalicelib.domain.consent import ConsentKey, ConsentSource, ConsentState
from chalicelib.usecases.record_opt_out import OptOutAct, record_opt_out
from tests.support.world import CARLA, MERCHANT, SEATTLE, World

KEY = ConsentKey(MERCHANT, "sms", CARLA, SEATTLE)


def act(world: World, source: ConsentSource = ConsentSource.PROVIDER, late: int = 0) -> OptOutAct:
    at = world.clock.now() - late
    return OptOutAct(source=source, evidence="21610", at=at, store_id=SEATTLE, conversation_id="c-1")


def test_it_is_one_line_however_often_it_comes(world: World) -> None:
    for _ in range(3):
        assert record_opt_out(KEY, act(world), world)
        world.clock.advance(1000)
    (line,) = world.table.ledger
    assert (line.state, line.source, line.evidence) == (ConsentState.OPTED_OUT, ConsentSource.PROVIDER, "21610")
    assert (line.store_id, line.conversation_id) == (SEATTLE, "c-1")


def test_who_came_back_since_is_not_blocked(world: World) -> None:
    record_opt_out(KEY, act(world), world)
    world.clock.advance(1000)
    world.text("START")
    assert not record_opt_out(KEY, act(world, late=1000), world)
    assert world.consent() is ConsentState.OPTED_IN
    assert record_opt_out(KEY, act(world), world)
    assert world.consent() is ConsentState.OPTED_OUT


@pytest.mark.parametrize("source", [ConsentSource.KEYWORD, ConsentSource.PROVIDER, ConsentSource.UNSUBSCRIBE])
def test_what_was_read_out_of_a_sentence_is_confirmed_by_what_leaves_no_doubt(
    world: World, source: ConsentSource
) -> None:
    conversation = world.talk()
    world.text("please stop texting me")
    world.clock.advance(1000)
    assert record_opt_out(KEY, act(world, source), world)
    consent = world.consents.state(KEY)
    assert consent is not None
    assert (consent.source, consent.may_be_mistaken) == (source, False)
    assert world.conversation(conversation).opted_out
