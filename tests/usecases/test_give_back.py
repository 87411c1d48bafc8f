"""Nobody answered, or who would is away: the conversation goes back to the store, once (X18)."""

import pytest

from chalicelib.domain.assignments import HandoverKind
from chalicelib.domain.errors import Unavailable
from chalicelib.usecases.assign_conversation import AssignCommand, assign_conversation
from chalicelib.usecases.close_conversation import close_conversation
from chalicelib.usecases.give_back import GivenBack, give_back_unanswered
from chalicelib.usecases.switch_away import come_back, go_away
from tests.support.world import ADA, HOUR, MIA, TACOMA_NUMBER, World

MINUTE = 60_000


@pytest.fixture
def talk(world: World) -> str:
    """Ada's conversation, in a store where customers wait half an hour at the most."""
    world.change_store(reassign_after=30)
    return world.talk()


def strike(world: World, minutes: int = 0) -> int:
    """So much later the clock looks; how many went back."""
    world.clock.advance(minutes * MINUTE)
    now = world.clock.now()
    run = give_back_unanswered(now, now + MINUTE, world)
    assert run.finished
    return run.given_back


def test_after_half_an_hour_it_goes_back_to_the_store_and_says_why(world: World, talk: str) -> None:
    written = world.clock.now()
    world.text("Is anybody there?")
    assert strike(world, 29) == 0
    assert world.conversation(talk).assignee_id == ADA
    assert strike(world, 1) == 1
    conversation = world.conversation(talk)
    assert (conversation.assignee_id, conversation.waiting_since) == (None, written)
    (line,) = world.table.handovers
    assert (line.kind, line.by_id, line.to_id) == (HandoverKind.UNANSWERED, None, None)
    assert (line.from_id, line.from_name) == (ADA, "Ada")
    assert world.table.audit == [], "the audit log is for what people did"
    assert [strike(world, minutes) for minutes in (0, 1, 600)] == [0, 0, 0]
    assert world.table.unanswered == {}


def test_an_answer_ends_the_wait_and_the_next_text_begins_another(world: World, talk: str) -> None:
    world.text("Is anybody there?")
    world.clock.advance(20 * MINUTE)
    world.send(talk, "Yes!")
    world.clock.advance(5 * MINUTE)
    world.text("Good. Do you have it in blue?")
    assert strike(world, 10) == 0, "35 minutes after the first text, 10 after the one that waits"
    assert strike(world, 19) == 0
    assert strike(world, 1) == 1


def test_texts_of_the_same_wait_do_not_put_it_off(world: World, talk: str) -> None:
    for _ in range(3):
        world.text("Hello?")
        assert strike(world, 10) == (_ == 2)


def test_while_its_associate_is_away_it_goes_back_within_a_minute(world: World, talk: str) -> None:
    go_away(ADA, "I am away.", None, world)
    world.text("Is anybody there?")
    assert strike(world) == 1
    assert world.table.handovers[0].kind is HandoverKind.ABSENT


def test_that_somebody_else_is_away_changes_nothing(world: World, talk: str) -> None:
    go_away(MIA, "I am away.", None, world)
    world.text("Is anybody there?")
    assert [strike(world, minutes) for minutes in (0, 29, 1)] == [0, 0, 1]
    assert world.table.handovers[0].kind is HandoverKind.UNANSWERED


def test_whoever_is_back_by_then_has_their_time(world: World, talk: str) -> None:
    go_away(ADA, "I am away.", None, world)
    world.text("Is anybody there?")
    come_back(ADA, world)
    assert strike(world, 1) == 0


def test_whoever_left_the_store_counts_as_away(world: World, talk: str) -> None:
    world.text("Is anybody there?")
    world.permit(ADA, {})
    assert strike(world, 30) == 1
    assert world.table.handovers[0].kind is HandoverKind.ABSENT


def test_whoever_took_it_meanwhile_has_their_time_from_then_on(world: World, talk: str) -> None:
    world.text("Is anybody there?")
    world.clock.advance(20 * MINUTE)
    assign_conversation(AssignCommand(conversation_id=talk, associate_id=MIA, to=MIA, was=ADA), world)
    assert [strike(world, minutes) for minutes in (10, 19, 1)] == [0, 0, 1]
    assert world.table.handovers[-1].from_id == MIA


def test_a_text_that_waits_to_be_sent_is_an_answer(world: World, talk: str) -> None:
    world.text("Is anybody there?")
    world.hold(talk, world.clock.now() + HOUR)
    assert [strike(world, minutes) for minutes in (30, 20)] == [0, 0]


def test_keywords_and_ended_conversations_wait_for_nobody(world: World, talk: str) -> None:
    world.text("HELP")
    assert world.table.unanswered == {}
    world.text("Is anybody there?")
    close_conversation(talk, ADA, world)
    assert strike(world, 30) == 0
    assert world.table.unanswered == {}


def test_where_it_is_switched_off_nothing_is_stored_and_nothing_goes_back(world: World, talk: str) -> None:
    world.change_store(reassign_after=None)
    world.text("Is anybody there?")
    assert world.table.unanswered == {}
    assert strike(world, 600) == 0


def test_what_was_noted_before_it_was_switched_off_is_dropped(world: World, talk: str) -> None:
    world.text("Is anybody there?")
    world.change_store(reassign_after=None)
    assert strike(world, 30) == 0
    assert (world.table.unanswered, world.conversation(talk).assignee_id) == ({}, ADA)


def test_another_stores_setting_is_its_own(world: World) -> None:
    world.change_store(reassign_after=30)
    for _ in range(2):
        world.text("Hello?", recipient=TACOMA_NUMBER)
    assert world.table.unanswered == {}


def test_an_old_copy_of_the_conversation_decides_nothing(world: World, talk: str) -> None:
    """The query may be behind: as long as it does not know the text, the next run looks."""
    old = world.conversations.thread(talk, 50, None)
    world.text("Is anybody there?")
    read = world.conversations.thread
    world.conversations.thread = lambda *_: old  # type: ignore[method-assign]  # a copy that lags
    assert strike(world, 30) == 0
    assert talk in world.table.unanswered
    world.conversations.thread = read  # type: ignore[method-assign]  # as it was
    assert strike(world) == 1


def test_a_table_that_refuses_leaves_it_due(world: World, talk: str) -> None:
    world.text("Is anybody there?")
    world.clock.advance(30 * MINUTE)
    now = world.clock.now()
    world.table.refuse(1)
    with pytest.raises(Unavailable):
        give_back_unanswered(now, now + MINUTE, world)
    assert strike(world) == 1


def test_one_that_cannot_be_read_does_not_hold_up_the_others(world: World, talk: str) -> None:
    world.text("Is anybody there?")
    world.directory.associate = lambda _: 1 / 0  # type: ignore[method-assign,assignment]  # a mistake of ours
    assert strike(world, 30) == 0
    assert "giving_back_failed" in world.log.events()
    assert world.table.unanswered_aside[talk] > world.clock.now()


def test_without_time_none_is_begun(world: World, talk: str) -> None:
    world.text("Is anybody there?")
    world.clock.advance(30 * MINUTE)
    now = world.clock.now()
    assert give_back_unanswered(now, now, world) == GivenBack(finished=False)
    assert world.conversation(talk).assignee_id == ADA
