"""The merchant's own phone is told of orders (L7, L17, L22): once, never after STOP, and in no inbox."""

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.automatic_texts import AutomaticText, NotSent
from chalicelib.domain.credits import CreditAccount
from chalicelib.domain.events import ShopCustomer
from chalicelib.domain.merchant_texts import is_apart
from chalicelib.domain.merchants import OptInSetting, ProxyState
from chalicelib.domain.messages import BODY_LIMIT, FailureReason, Message, MessageKind, MessageStatus
from chalicelib.domain.orders import Order, OrderEvent, Payment
from chalicelib.domain.standard_texts import standard
from chalicelib.usecases.apply_order_event import apply_order_event
from chalicelib.usecases.change_proxy import ChangeCommand, change_proxy
from chalicelib.usecases.ports import SendError
from chalicelib.usecases.send_automatic_texts import Told, send_automatic_texts
from chalicelib.usecases.text_merchant import text_merchant
from tests.support.world import CARLA, DAY, MERCHANT, MIA, SEATTLE, SEATTLE_NUMBER, World

PHONE = Address("+15550009999")
NEW, PAID = OrderEvent.MERCHANT_PLACED, OrderEvent.MERCHANT_PAID


@pytest.fixture
def world() -> World:
    made = World()
    made.change_store(merchant_phone=PHONE)
    return made


def run(world: World) -> Told:
    now = world.clock.now()
    return send_automatic_texts(now, now + 60_000, world)


def tell(world: World, event: OrderEvent = NEW, **fields: Any) -> AutomaticText:
    order = world.order(**fields)
    run(world)
    return world.table.automatic[order.id, event]


def sent(world: World, text: AutomaticText) -> Message:
    assert text.not_sent is None
    assert text.conversation_id is not None
    assert text.message_id is not None
    return world.table.messages[text.conversation_id, text.message_id]


def pay(world: World, order: Order) -> AutomaticText:
    world.clock.advance(1000)
    world.order(payment=Payment.PAID, updated_at=world.clock.now())
    run(world)
    return world.table.automatic[order.id, PAID]


def template(world: World, event: OrderEvent, text: str, *, active: bool = True) -> None:
    made = replace(standard(event, MERCHANT, SEATTLE), texts={"en": text, "de": "Nein"}, active=active, revision=1)
    world.table.templates[SEATTLE, event] = made


def test_a_new_order_is_told_and_the_customer_is_not(world: World) -> None:
    message = sent(world, tell(world))
    world.deliver()
    assert world.channel.to(PHONE) == [message.body]
    assert message.body.startswith("New order #1001, ")
    assert (message.kind, message.event, message.proxy) == (MessageKind.MERCHANT_NOTICE, NEW, SEATTLE_NUMBER)
    assert world.message(message).status is MessageStatus.SENT
    assert world.channel.to(CARLA) == []


def test_it_is_in_no_inbox_and_belongs_to_no_customer(world: World) -> None:
    text = tell(world)
    assert is_apart(text.conversation_id or "")
    assert world.table.conversations == {}
    assert world.table.theirs == {}
    assert world.table.routes == {}


def test_repeats_of_a_webhook_bring_one_text(world: World) -> None:
    event = world.order_event()
    apply_order_event(event, world)
    run(world)
    for _ in range(2):
        apply_order_event(event, world)
        run(world)
    apply_order_event(world.order_event(updated_at=world.clock.now()), world)
    run(world)
    world.deliver()
    assert len(world.channel.to(PHONE)) == 1


def test_a_payment_is_told_once_and_not_where_the_order_came_paid(world: World) -> None:
    order = world.order()
    run(world)
    assert sent(world, pay(world, order)).body.startswith("Order #1001 has been paid, ")
    other = world.order(external_id="1002", number="#1002", payment=Payment.PAID)
    run(world)
    assert (other.id, PAID) not in world.table.automatic
    assert (other.id, NEW) in world.table.automatic


def test_customer_and_merchant_are_each_told(world: World) -> None:
    world.change_store(automatic_texts=True)
    tell(world)
    world.deliver()
    assert (len(world.channel.to(PHONE)), len(world.channel.to(CARLA))) == (1, 1)


def test_without_a_number_nobody_is_told_and_nothing_is_written(world: World) -> None:
    world.change_store(merchant_phone=None)
    order = world.order()
    assert order.told is None
    assert world.table.automatic == {}


def test_a_number_that_is_taken_away_meanwhile_gets_nothing(world: World) -> None:
    order = world.order()
    world.change_store(merchant_phone=None)
    run(world)
    assert world.table.automatic[order.id, NEW].not_sent is NotSent.SWITCHED_OFF


def test_night_does_not_hold_it(world: World) -> None:
    world.clock.advance(DAY - world.clock.now() % DAY + 10 * 3_600_000)  # 2 or 3 in the morning in Seattle
    assert sent(world, tell(world))


def test_that_customers_must_agree_is_about_customers(world: World) -> None:
    world.change_store(opt_in=OptInSetting.REQUIRED)
    assert sent(world, tell(world))


def test_after_stop_it_gets_nothing_until_start(world: World) -> None:
    tell(world)
    world.deliver()
    world.text("STOP", sender=PHONE)
    assert tell(world, external_id="1002").not_sent is NotSent.OPTED_OUT
    world.text("START", sender=PHONE)
    assert sent(world, tell(world, external_id="1003"))


def test_a_stop_that_comes_before_it_leaves_counts(world: World) -> None:
    message = sent(world, tell(world))
    world.text("STOP", sender=PHONE)
    world.deliver()
    assert world.message(message).failure is FailureReason.OPTED_OUT
    assert message.body not in world.channel.to(PHONE)


def test_too_few_credits_cost_the_text_and_not_the_order(world: World) -> None:
    world.change_store(credits=True)
    assert tell(world).not_sent is NotSent.TOO_FEW_CREDITS
    assert len(world.table.orders) == 1
    assert world.table.credit_lines == []


def test_it_costs_credits_and_a_failed_one_gives_them_back(world: World) -> None:
    world.change_store(credits=True)
    world.table.credit_accounts[SEATTLE] = CreditAccount(store_id=SEATTLE, merchant_id=MERCHANT, balance=100)
    world.channel.answers = [SendError(FailureReason.LANDLINE)]
    message = sent(world, tell(world))
    assert (message.credits, world.table.credit_accounts[SEATTLE].balance) == (12, 88)
    world.deliver()
    world.fan_out()
    assert world.message(message).failure is FailureReason.LANDLINE
    assert world.table.credit_accounts[SEATTLE].balance == 100


def test_a_cancelled_order_is_not_told_any_more(world: World) -> None:
    order = world.order()
    world.clock.advance(1000)
    world.order(cancelled_at=world.clock.now(), updated_at=world.clock.now())
    run(world)
    assert world.table.automatic[order.id, NEW].not_sent is NotSent.OVERTAKEN


def test_one_that_could_not_be_sent_for_two_days_is_given_up(world: World) -> None:
    order = world.order()
    world.clock.advance(2 * DAY + 1)
    run(world)
    assert world.table.automatic[order.id, NEW].not_sent is NotSent.TOO_LATE


def test_without_a_number_that_sends_nothing_is_sent(world: World) -> None:
    world.change_store(proxy=None, connection_id=None)
    assert tell(world).not_sent is NotSent.NO_SENDER


def test_where_the_stores_number_is_lost_its_other_one_is_taken(world: World) -> None:
    change_proxy(
        ChangeCommand(
            store_id=SEATTLE, associate_id=MIA, channel=Channel.SMS, address=SEATTLE_NUMBER, state=ProxyState.LOST
        ),
        world,
    )
    assert sent(world, tell(world)).proxy != SEATTLE_NUMBER


def test_while_messaging_is_off_nothing_is_sent(world: World) -> None:
    world.change_store(messaging=False)
    assert tell(world).not_sent is NotSent.SWITCHED_OFF


@pytest.mark.parametrize(
    ("words", "reason"), [("[[associate.name]]", NotSent.MISSING_VALUE), ("x" * BODY_LIMIT + "y", NotSent.TOO_LONG)]
)
def test_words_that_come_to_nothing_are_not_sent(world: World, words: str, reason: NotSent) -> None:
    template(world, NEW, words)
    assert tell(world).not_sent is reason


def test_the_stores_own_words_count_and_in_its_language(world: World) -> None:
    template(world, NEW, "Look: [[order.number]]")
    carla = ShopCustomer(external_id="c-1", first_name="Carla", phone=CARLA, language="de")
    assert sent(world, tell(world, customer=carla)).body == "Look: #1001"


def test_a_template_that_is_off_says_nothing(world: World) -> None:
    order = world.order()
    template(world, NEW, "Hi", active=False)
    run(world)
    assert world.table.automatic[order.id, NEW].not_sent is NotSent.SWITCHED_OFF


def test_two_runs_at_once_send_one(world: World) -> None:
    order = world.order()
    waiting = world.table.automatic[order.id, NEW]
    assert text_merchant(waiting, world) is not None
    assert text_merchant(waiting, world) is None
    world.deliver()
    assert len(world.channel.to(PHONE)) == 1
    world.clock.advance(3 * DAY)
    assert text_merchant(waiting, world) is None
