"""The clock sends what events of orders bring about: once each, and it stops, crashes and meets itself harmlessly."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from chalicelib.domain.automatic_texts import MOST_TRIED, NotSent
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.orders import Fulfilment, OrderEvent, Payment
from chalicelib.domain.quiet_hours import OwnHours
from chalicelib.domain.templates import AutomaticSwitches, Template, TemplateKind
from chalicelib.usecases.apply_order_event import apply_order_event
from chalicelib.usecases.ports import Append, Opening
from chalicelib.usecases.send_automatic_texts import Told, send_automatic_texts
from tests.support.world import DAY, HOUR, MERCHANT, SEATTLE, World

PLACED, PAID, SENT, CANCELLED, FOLLOW_UP, TO_MERCHANT, PAID_TO_MERCHANT, TICKET = OrderEvent
NIGHT = int(datetime(2026, 11, 23, 22, 40, tzinfo=ZoneInfo("America/Los_Angeles")).timestamp() * 1000)
MORNING = NIGHT + 9 * HOUR + HOUR // 3
"""Eight o'clock, where Carla's number is."""
IS_SENT = {"fulfilment": Fulfilment.FULFILLED}


@pytest.fixture
def world() -> World:
    made = World()
    made.change_store(automatic_texts=True)
    return made


def strike(world: World) -> Told:
    now = world.clock.now()
    return send_automatic_texts(now, now + 60_000, world)


def words(world: World) -> list[str]:
    return [each.body for each in sorted(world.table.messages.values(), key=lambda message: message.id)]


def change_template(world: World, event: OrderEvent, **changed: object) -> None:
    known = Template(
        id=event.value,
        merchant_id=MERCHANT,
        store_id=SEATTLE,
        kind=TemplateKind.STANDARD,
        texts={"en": "Hi"},
        revision=1,
    )
    assert world.templates.save(replace(known, **changed), None)


def settled(world: World) -> list[tuple[OrderEvent, NotSent | None]]:
    return [(each.event, each.not_sent) for each in world.table.automatic.values() if each.settled_at is not None]


def test_an_order_and_its_sending_are_told_once_each(world: World) -> None:
    world.order()
    assert strike(world).sent == 1
    world.clock.advance(60_000)
    world.order(**IS_SENT)
    assert strike(world).sent == 1
    world.order(**IS_SENT)
    assert strike(world) == Told()
    first, second = words(world)
    assert "Thank you for your order #1001" in first
    assert first.endswith("Reply STOP to opt out.")
    assert second.startswith("Good news: your order #1001 is on its way.")
    assert "STOP" not in second


def test_a_repeat_and_a_late_report_bring_nothing_about(world: World) -> None:
    event = world.order_event(**IS_SENT)
    for _ in range(3):
        apply_order_event(event, world)
    world.order(updated_at=world.clock.now() - 1000, payment=Payment.PAID)
    assert strike(world).sent == 1
    assert [event for event, _ in settled(world)] == [SENT]


def test_while_it_is_off_nothing_is_written(world: World) -> None:
    world.change_store(automatic_texts=False)
    world.order()
    assert world.table.automatic == {}


def test_old_orders_of_a_new_shop_text_nobody(world: World) -> None:
    world.order(placed_at=world.clock.now() - DAY)
    assert world.table.automatic == {}


def test_two_clocks_at_once_send_one(world: World) -> None:
    world.order()
    text = next(iter(world.table.automatic.values()))
    strike(world)
    world.table.automatic[text.order_id, text.event] = text  # the other one had read it before
    strike(world)
    assert len(words(world)) == 1


def test_a_crash_between_sending_and_saying_so_sends_no_second(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.order()

    def crash(_: object) -> bool:
        raise Unavailable

    with monkeypatch.context() as patch:
        patch.setattr(world.automatic_texts, "settle", crash)
        assert strike(world).sent == 0
    assert settled(world) == []
    strike(world)
    (text,) = world.table.automatic.values()
    assert len(words(world)) == 1
    assert (text.conversation_id, text.message_id) == (
        world.conversation_of().id,
        world.conversation_of().last_message_id,
    )


def test_where_the_table_refuses_it_stays_due(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.order()

    def refuse(_: Append | Opening) -> None:
        raise Unavailable

    with monkeypatch.context() as patch:
        patch.setattr(world.conversations, "open", refuse)
        strike(world)
    assert settled(world) == []
    assert strike(world).sent == 1


def test_a_mistake_of_ours_goes_behind_the_others(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.order()

    def fail(_: object) -> None:
        raise KeyError("broken")

    with monkeypatch.context() as patch:
        patch.setattr(world.customers, "find", fail)
        strike(world)
    assert strike(world).sent == 0
    world.clock.advance(900_000)
    assert strike(world).sent == 1


def test_when_time_is_up_the_next_run_goes_on(world: World) -> None:
    world.order()
    now = world.clock.now()
    assert send_automatic_texts(now, now, world) == Told(finished=False)
    assert strike(world).sent == 1


def test_all_pages_are_worked_off(world: World) -> None:
    for number in range(60):
        world.order(external_id=f"x{number}", number=f"#{number}")
    assert strike(world).sent == 60
    assert len(words(world)) == 60


def test_what_could_not_be_said_for_days_is_given_up(world: World) -> None:
    world.order()
    world.clock.advance(MOST_TRIED + 1)
    assert strike(world).not_sent == 1
    assert settled(world) == [(PLACED, NotSent.TOO_LATE)]


def test_a_text_that_is_no_longer_so_does_not_go_out(world: World) -> None:
    world.order()
    world.order(cancelled_at=world.clock.now())
    strike(world)
    assert settled(world) == [(PLACED, NotSent.OVERTAKEN), (CANCELLED, None)]
    assert len(words(world)) == 1


def test_what_is_switched_off_meanwhile_does_not_go_out(world: World) -> None:
    world.order()
    change_template(world, PLACED, active=False)
    strike(world)
    assert settled(world) == [(PLACED, NotSent.SWITCHED_OFF)]
    assert words(world) == []


def test_the_stores_own_words_and_the_customers_language(world: World) -> None:
    change_template(world, PLACED, texts={"en": "Hello [[firstname]]", "de": "Hallo [[firstname]]"})
    event = world.order_event()
    apply_order_event(replace(event, customer=replace(event.customer, language="de")), world)
    strike(world)
    assert words(world) == [f"{world.table.stores[SEATTLE].name}: Hallo Carla\nReply STOP to opt out."]


def test_a_missing_value_is_told_and_not_sent(world: World) -> None:
    change_template(world, PLACED, texts={"en": "Yours, [[associate.name]]"})
    world.order()
    strike(world)
    assert settled(world) == [(PLACED, NotSent.MISSING_VALUE)]


def test_at_night_a_text_waits_only_where_its_template_says_so(world: World) -> None:
    """X4: what is transactional is exempt."""
    world.change_store(quiet_hours=OwnHours())
    world.clock.set(NIGHT)
    world.order()
    assert strike(world).sent == 1
    change_template(world, SENT, transactional=False)
    world.order(**IS_SENT)
    assert strike(world).sent == 0
    assert len(words(world)) == 1
    world.clock.set(MORNING - 1)
    strike(world)
    assert len(words(world)) == 1
    world.clock.set(MORNING)
    assert strike(world).sent == 1


def test_what_is_taken_back_and_done_again_is_told_once(world: World) -> None:
    change_template(world, PAID, active=True)
    world.table.switches[SEATTLE] = AutomaticSwitches(store_id=SEATTLE, merchant_id=MERCHANT, on=frozenset(OrderEvent))
    for payment in (Payment.PENDING, Payment.PAID, Payment.REFUNDED, Payment.PAID):
        world.order(payment=payment)
        strike(world)
        world.clock.advance(60_000)
    assert [event for event, _ in settled(world)] == [PLACED, PAID]


def follow_up(world: World, days: int = 7) -> None:
    """It is switched on."""
    change_template(world, FOLLOW_UP, texts={"en": "All well with [[order.number]]?"}, transactional=False)
    world.table.switches[SEATTLE] = AutomaticSwitches(
        store_id=SEATTLE, merchant_id=MERCHANT, on=frozenset({FOLLOW_UP}), follow_up_days=days
    )


def test_a_follow_up_goes_out_once_days_after_the_order_was_sent(world: World) -> None:
    follow_up(world, days=3)
    for _ in range(2):
        world.order(**IS_SENT)
    world.clock.advance(3 * DAY - 1)
    assert strike(world) == Told()
    world.clock.advance(1)
    assert strike(world).sent == 1
    assert strike(world) == Told()
    assert [each.startswith("Pine Street Shoes") or "All well with #1001?" in each for each in words(world)] == [True]
    world.order(fulfilment=Fulfilment.UNFULFILLED)
    world.order(**IS_SENT)
    world.clock.advance(30 * DAY)
    assert strike(world) == Told(), "once for an order, whatever is reported"


@pytest.mark.parametrize(
    "changed", [{"cancelled_at": 1}, {"payment": Payment.REFUNDED}, {"fulfilment": Fulfilment.UNFULFILLED}]
)
def test_nobody_is_asked_about_an_order_that_was_taken_back(world: World, changed: dict[str, object]) -> None:
    follow_up(world)
    world.order(**IS_SENT)
    world.clock.advance(DAY)
    world.order(**{**IS_SENT, **changed})
    world.clock.advance(6 * DAY)
    assert strike(world).not_sent == 1
    assert settled(world) == [(FOLLOW_UP, NotSent.OVERTAKEN)]


def test_a_follow_up_that_is_switched_off_meanwhile_does_not_go_out(world: World) -> None:
    follow_up(world)
    world.order(**IS_SENT)
    assert world.templates.save(
        Template(
            id=FOLLOW_UP.value, merchant_id=MERCHANT, store_id=SEATTLE, kind=TemplateKind.STANDARD,
            texts={"en": "Hi"}, active=False, revision=2,
        ),
        None,
    )  # fmt: skip
    world.clock.advance(7 * DAY)
    strike(world)
    assert settled(world) == [(FOLLOW_UP, NotSent.SWITCHED_OFF)]


def test_a_follow_up_waits_for_the_morning_and_is_given_up_days_after_it_was_due(world: World) -> None:
    follow_up(world, days=1)
    world.change_store(quiet_hours=OwnHours())
    world.clock.set(NIGHT - DAY)
    world.order(**IS_SENT)
    world.clock.set(NIGHT)
    assert strike(world).sent == 0
    world.clock.set(MORNING)
    assert strike(world).sent == 1
    world.order(external_id="2", number="#1002", **IS_SENT)
    world.clock.advance(DAY + MOST_TRIED + 1)
    strike(world)
    assert settled(world)[-1] == (FOLLOW_UP, NotSent.TOO_LATE)
