"""The sweep (N27): 120 days after the last activity, resumable, safe to repeat."""

from chalicelib.domain.addresses import Address
from chalicelib.domain.conversations import COOL_DOWN, LIFETIME, ConversationState
from chalicelib.domain.errors import Unavailable
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from chalicelib.usecases.expire_conversations import SweepResult, expire_conversations
from tests.support.world import ADA, DAY, World

LONG = 10**15


def sweep(world: World, stop_at: int = LONG) -> SweepResult:
    return expire_conversations(world.clock.now(), stop_at, world)


def visitors(world: World, count: int) -> None:
    for number in range(count):
        world.text("Hello", sender=Address(f"+1206555{number:04d}"))


def states(world: World) -> list[str]:
    return sorted(conversation.state for conversation in world.table.conversations.values())


def test_it_is_exact_to_the_millisecond(world: World) -> None:
    conversation_id = world.talk()
    world.clock.set(world.conversation(conversation_id).last_activity_at + LIFETIME - 1)
    assert sweep(world) == SweepResult(0, finished=True)
    world.clock.advance(1)
    assert sweep(world) == SweepResult(1, finished=True)
    assert world.conversation(conversation_id).state is ConversationState.EXPIRED


def test_the_cool_down_counts_from_the_expiry_however_late_the_sweep(world: World) -> None:
    conversation_id = world.talk()
    expiry = world.conversation(conversation_id).expires_at
    world.clock.set(expiry + 10 * DAY)
    sweep(world)
    assert world.conversation(conversation_id).ended_at == expiry
    assert next(iter(world.table.routes.values())).cool_until == expiry + COOL_DOWN


def test_a_closed_conversation_keeps_the_instant_it_was_closed(world: World) -> None:
    conversation_id = world.talk()
    close_conversation(conversation_id, ADA, world)
    closed_at = world.clock.now()
    world.clock.set(world.conversation(conversation_id).expires_at)
    sweep(world)
    assert next(iter(world.table.routes.values())).cool_until == closed_at + COOL_DOWN


def test_more_than_a_page_is_swept_in_one_run(world: World) -> None:
    visitors(world, 120)
    world.clock.advance(LIFETIME)
    assert sweep(world) == SweepResult(120, finished=True)
    assert states(world) == ["expired"] * 120


def test_a_sweep_out_of_time_is_resumed_by_the_next(world: World) -> None:
    visitors(world, 120)
    world.clock.advance(LIFETIME)
    first = sweep(world, stop_at=world.clock.now())
    assert not first.finished
    assert 0 < first.expired < 120
    second = sweep(world)
    assert second == SweepResult(120 - first.expired, finished=True)


def test_it_is_safe_to_repeat(world: World) -> None:
    visitors(world, 3)
    world.clock.advance(LIFETIME)
    sweep(world)
    before = len(world.table.changes)
    assert sweep(world) == SweepResult(0, finished=True)
    assert len(world.table.changes) == before


def test_one_that_cannot_be_put_away_keeps_nobody_else(world: World) -> None:
    visitors(world, 3)
    world.clock.advance(LIFETIME)
    end, calls = world.conversations.end, []  # type: ignore[var-annotated]  # conversations

    def first_fails(before: object, after: object) -> bool:
        calls.append(before)
        if before.id == calls[0].id:  # type: ignore[attr-defined]  # conversations
            raise Unavailable
        return end(before, after)  # type: ignore[arg-type]  # passes on what it got

    world.conversations.end = first_fails  # type: ignore[assignment,method-assign]  # every time
    assert sweep(world).expired == 2
    assert sorted(states(world)) == ["expired", "expired", "open"]
    world.conversations.end = end  # type: ignore[method-assign]  # the next run
    assert sweep(world).expired == 1
    assert states(world) == ["expired"] * 3


def test_a_conversation_that_came_alive_meanwhile_lives_on(world: World) -> None:
    """The index still names it; the conversation itself decides."""
    conversation_id = world.talk()
    world.conversations.expirable = lambda store_id, now, limit: [conversation_id]  # type: ignore[method-assign]  # stale
    assert sweep(world) == SweepResult(0, finished=True)
    assert world.conversation(conversation_id).state is ConversationState.OPEN


def test_a_text_between_reading_and_writing_keeps_it_alive(world: World) -> None:
    conversation_id = world.talk()
    world.clock.set(world.conversation(conversation_id).expires_at)
    end = world.conversations.end

    def overtaken(before: object, after: object) -> bool:
        world.conversations.end = end  # type: ignore[method-assign]  # once only
        world.text("still here", received_at=world.clock.now() - 1)
        return end(before, after)  # type: ignore[arg-type]  # passes on what it got

    world.conversations.end = overtaken  # type: ignore[assignment,method-assign]  # interleaves a text
    sweep(world)
    assert world.conversation(conversation_id).state is ConversationState.OPEN


def test_deleted_ones_are_left_alone(world: World) -> None:
    conversation_id = world.talk()
    delete_conversation(conversation_id, ADA, world)
    world.clock.advance(2 * LIFETIME)
    assert sweep(world) == SweepResult(0, finished=True)
    assert world.conversation(conversation_id).state is ConversationState.DELETED


def test_a_conversation_replaced_after_its_cool_down_does_not_take_the_new_ones_route(world: World) -> None:
    conversation_id = world.talk()
    world.clock.advance(LIFETIME + COOL_DOWN)
    world.text("Hello again")
    sweep(world)
    fresh = world.conversation_of()
    assert fresh.id != conversation_id
    assert next(iter(world.table.routes.values())).cool_until is None
