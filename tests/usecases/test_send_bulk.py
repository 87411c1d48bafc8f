"""A bulk is started once, and the clock carries it out: each number once, whatever stops, crashes or meets itself."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditAct
from chalicelib.domain.bulk import CARRIED_OUT, MOST, PART, Bulk, BulkState, Part, PausedBy, Result, Unsent
from chalicelib.domain.credits import CreditAccount
from chalicelib.domain.errors import IdempotencyConflict, InvalidInput, MessagingDisabled, Unavailable
from chalicelib.domain.events import ShopCustomer
from chalicelib.domain.quiet_hours import OwnHours
from chalicelib.usecases.manage_bulk import Steering, cancel_bulk, pause_bulk, resume_bulk
from chalicelib.usecases.send_bulk import Carried, StartBulk, send_bulks, start_bulk
from tests.support.world import ADA, MERCHANT, MIA, SEATTLE, World

EVENING = int(datetime(2026, 11, 23, 18, 40, tzinfo=ZoneInfo("America/Los_Angeles")).timestamp() * 1000)
WORDS = "Hi [[firstname]], we close at noon."


@pytest.fixture
def world() -> World:
    return World()


def orders(world: World, count: int) -> list[str]:
    """Each of another customer."""
    return [order_of(world, number, f"+1206555{number:04d}") for number in range(1, count + 1)]


def order_of(world: World, number: int, phone: str) -> str:
    who = ShopCustomer(external_id=f"b-{number}", first_name=f"N{number}", last_name="Lee", phone=phone)
    return world.order(external_id=f"b{number}", number=f"#b{number}", customer=who).id


def start(world: World, order_ids: list[str], key: str = "key-1", text: str = WORDS) -> Bulk:
    return start_bulk(
        StartBulk(store_id=SEATTLE, associate_id=ADA, idempotency_key=key, text=text, ids=tuple(order_ids)),
        world,
    )


def strike(world: World) -> Carried:
    now = world.clock.now()
    return send_bulks(now, now + 60_000, world)


def stored(world: World, bulk: Bulk) -> Bulk:
    return world.table.bulks[bulk.store_id, bulk.id]


def sent(world: World) -> list[Any]:
    return [each for each in world.table.messages.values() if each.event == "bulk"]


def unsent(world: World, bulk: Bulk) -> list[Unsent | None]:
    parts = [part for (of, _), part in sorted(world.table.bulk_parts.items()) if of == bulk.id]
    return [result.unsent for part in parts for result in part.results or ()]


def test_everybody_gets_their_own_words_once(world: World) -> None:
    bulk = start(world, orders(world, PART + 3))
    assert sent(world) == []
    assert strike(world) == Carried(parts=2)
    assert sorted(each.customer_address for each in sent(world)) == [f"+1206555{n:04d}" for n in range(1, PART + 4)]
    assert any("Hi N7, we close" in each.body for each in sent(world))
    after = stored(world, bulk)
    assert (after.state, after.sent, after.unsent, after.total) == (BulkState.DONE, PART + 3, 0, PART + 3)
    assert strike(world) == Carried()


def test_who_cannot_be_texted_is_named_and_stops_nobody(world: World) -> None:
    first = orders(world, 2)
    foreign = [order_of(world, 7, ""), order_of(world, 8, "+12065550001"), "no-such-order"]
    bulk = start(world, [*foreign, *first, first[0]])
    strike(world)
    assert stored(world, bulk).total == 5
    assert unsent(world, bulk) == [Unsent.NO_PHONE, None, Unsent.NO_ORDER, Unsent.SAME_NUMBER, None]
    assert len(sent(world)) == 2


def test_the_same_request_again_is_the_same_bulk(world: World) -> None:
    ids = orders(world, 1)
    first = start(world, ids)
    strike(world)
    assert start(world, ids) == stored(world, first)
    with pytest.raises(IdempotencyConflict):
        start(world, ids, text="Other words")
    assert len(world.table.bulks) == 1


@pytest.mark.parametrize("text", ["", "Hi [[fristname]]", "x" * 2000])
def test_words_that_no_template_could_have_start_nothing(world: World, text: str) -> None:
    with pytest.raises(InvalidInput):
        start(world, orders(world, 1), text=text)
    assert world.table.bulks == {}


def test_too_many_orders_start_nothing(world: World) -> None:
    for ids in ([], [f"o{number}" for number in range(MOST + 1)]):
        with pytest.raises(InvalidInput):
            start(world, ids)


def test_ten_thousand_with_bad_ones_among_them_come_to_an_end(world: World) -> None:
    good = orders(world, 3)
    bulk = start(world, [*(f"o{number}" for number in range(MOST - 3)), *good])
    assert strike(world).parts == MOST // PART
    after = stored(world, bulk)
    assert (after.state, after.sent, after.unsent) == (BulkState.DONE, 3, MOST - 3)


def test_where_messaging_is_off_none_is_started_and_a_running_one_rests(world: World) -> None:
    bulk = start(world, orders(world, 1))
    world.change_store(messaging=False)
    strike(world)
    assert (stored(world, bulk).state, stored(world, bulk).paused_by) == (BulkState.PAUSED, PausedBy.MESSAGING_OFF)
    with pytest.raises(MessagingDisabled):
        start(world, ["o1"], "key-2")


def test_when_its_sender_has_left_it_rests_until_a_colleague_takes_it_over(world: World) -> None:
    bulk = start(world, orders(world, 1))
    world.table.associates.pop(ADA)
    strike(world)
    assert stored(world, bulk).paused_by is PausedBy.SENDER_LEFT
    resume_bulk(Steering(SEATTLE, bulk.id, MIA), world)
    strike(world)
    assert (stored(world, bulk).state, stored(world, bulk).sender_id) == (BulkState.DONE, MIA)


def test_a_crash_before_it_is_told_sends_no_second(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    bulk = start(world, orders(world, 3))

    def crash(*_: object, **__: object) -> bool:
        raise Unavailable

    with monkeypatch.context() as patch:
        patch.setattr(world.bulks, "change", crash)
        assert strike(world).parts == 1
    assert stored(world, bulk).sent == 0
    strike(world)
    assert (len(sent(world)), stored(world, bulk).sent) == (3, 3)


@pytest.mark.parametrize("left", range(1, 60, 4))
def test_a_table_that_refuses_anywhere_costs_and_doubles_nothing(world: World, left: int) -> None:
    bulk = start(world, orders(world, 4))
    world.table.refuse_after(left)
    with suppress(Unavailable):  # asked what is due: the clock comes again
        strike(world)
    world.table.refuse_after(None)
    strike(world)
    assert (len(sent(world)), stored(world, bulk).sent) == (4, 4)


@pytest.mark.parametrize(("steer", "state"), [(pause_bulk, BulkState.PAUSED), (cancel_bulk, BulkState.CANCELLED)])
def test_a_pause_or_cancel_while_a_part_is_sent_holds_and_tells_the_part(
    world: World, steer: Any, state: BulkState, monkeypatch: pytest.MonkeyPatch
) -> None:
    bulk = start(world, orders(world, PART + 2))
    change = world.bulks.change

    def meanwhile(*args: Any, **more: Any) -> bool:
        monkeypatch.setattr(world.bulks, "change", change)
        steer(Steering(SEATTLE, bulk.id, ADA), world)
        return change(*args, **more)

    monkeypatch.setattr(world.bulks, "change", meanwhile)
    strike(world)
    after = stored(world, bulk)
    assert (after.state, after.sent, len(sent(world))) == (state, PART, PART)
    assert strike(world) == Carried()
    resume_bulk(Steering(SEATTLE, bulk.id, ADA), world)
    strike(world)
    assert len(sent(world)) == (PART + 2 if state is BulkState.PAUSED else PART)


def sleepers(world: World) -> list[str]:
    """One in New York, who sleeps, between two in Seattle, and one who has no number."""
    world.change_store(quiet_hours=OwnHours())
    world.clock.set(EVENING)
    here, there, too = (order_of(world, n, f"+1{area}555{n:04d}") for n, area in ((1, 206), (2, 212), (3, 206)))
    return [here, there, too, "no-such-order"]


def told(world: World, bulk: Bulk) -> tuple[int, int, dict[str, Unsent | None]]:
    part = world.table.bulk_parts[bulk.id, 0]
    after = stored(world, bulk)
    return after.sent, after.unsent, {each.id: each.unsent for each in part.results or ()}


def test_who_had_it_before_the_rest_was_cancelled_in_the_night_is_told(world: World) -> None:
    ids = sleepers(world)
    bulk = start(world, ids)
    strike(world)
    assert stored(world, bulk).due_at > world.clock.now()
    cancel_bulk(Steering(SEATTLE, bulk.id, ADA), world)
    assert (stored(world, bulk).state, len(sent(world))) == (BulkState.CANCELLED, 2)
    assert told(world, bulk) == (2, 1, {ids[0]: None, ids[2]: None, ids[3]: Unsent.NO_ORDER})


def test_each_is_counted_once_when_the_rest_goes_out_in_the_morning(world: World) -> None:
    ids = sleepers(world)
    bulk = start(world, ids)
    strike(world)
    world.clock.set(stored(world, bulk).due_at)
    strike(world)
    assert stored(world, bulk).state is BulkState.DONE
    assert told(world, bulk) == (3, 1, {**dict.fromkeys(ids[:3]), ids[3]: Unsent.NO_ORDER})


@pytest.mark.parametrize("steer", [pause_bulk, cancel_bulk])
def test_a_pause_or_cancel_while_it_learns_who_sleeps_tells_the_others(
    world: World, steer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bulk = start(world, sleepers(world))
    change = world.bulks.change

    def meanwhile(*args: Any, **more: Any) -> bool:
        monkeypatch.setattr(world.bulks, "change", change)
        steer(Steering(SEATTLE, bulk.id, ADA), world)
        return change(*args, **more)

    monkeypatch.setattr(world.bulks, "change", meanwhile)
    strike(world)
    assert stored(world, bulk).state is not BulkState.RUNNING
    assert told(world, bulk)[:2] == (2, 1)


def test_who_was_told_in_the_night_stays_so_where_credits_run_out_in_the_morning(world: World) -> None:
    """The one who slept comes first then, and costs what is not there."""
    here, there, too, _ = sleepers(world)
    world.change_store(credits=True)
    account = CreditAccount(store_id=SEATTLE, merchant_id=MERCHANT, balance=24)
    world.table.credit_accounts[SEATTLE] = account
    bulk = start(world, [there, here, too])
    strike(world)
    world.clock.set(stored(world, bulk).due_at)
    strike(world)
    assert stored(world, bulk).paused_by is PausedBy.TOO_FEW_CREDITS
    assert told(world, bulk) == (2, 0, {here: None, too: None})


def test_what_another_clock_has_told_meanwhile_is_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an order that this one could say nothing of."""
    here, there, _, _ = sleepers(world)
    bulk = start(world, [there, here])
    change = world.bulks.change

    def meanwhile(*_: Any, **__: Any) -> bool:
        monkeypatch.setattr(world.bulks, "change", change)
        now = stored(world, bulk)
        other = Part(0, (there, here), (Result(there, unsent=Unsent.TOO_LONG),))
        assert change(now.told(other), now, other)
        return False

    monkeypatch.setattr(world.bulks, "change", meanwhile)
    strike(world)
    assert told(world, bulk) == (1, 1, {there: Unsent.TOO_LONG, here: None})


def test_two_clocks_at_once_send_one_each(world: World) -> None:
    bulk = start(world, orders(world, 3))
    before = stored(world, bulk)
    strike(world)
    world.table.bulks[bulk.store_id, bulk.id] = before  # the other one had read it before
    strike(world)
    assert (len(sent(world)), stored(world, bulk).sent) == (3, 3)


def test_without_time_nothing_is_begun(world: World) -> None:
    start(world, orders(world, 1))
    now = world.clock.now()
    assert send_bulks(now, now, world) == Carried(finished=False)


def test_what_is_left_after_a_week_is_cancelled(world: World) -> None:
    bulk = start(world, orders(world, 1))
    world.clock.advance(CARRIED_OUT)
    strike(world)
    assert (stored(world, bulk).state, sent(world)) == (BulkState.CANCELLED, [])


def test_start_and_cancel_are_in_the_audit_log(world: World) -> None:
    bulk = start(world, orders(world, 1))
    cancel_bulk(Steering(SEATTLE, bulk.id, MIA), world)
    acts = [(each.act, each.associate_id) for each in world.table.audit]
    assert acts == [(AuditAct.BULK_STARTED, ADA), (AuditAct.BULK_CANCELLED, MIA)]


def test_one_that_cannot_be_read_stops_no_other(world: World) -> None:
    ids = orders(world, 1)
    broken = start(world, ids, "key-1")
    fine = start(world, ids, "key-2")
    del world.table.bulk_parts[broken.id, 0]
    strike(world)
    assert stored(world, fine).state is BulkState.DONE
    assert stored(world, broken) == replace(broken)
