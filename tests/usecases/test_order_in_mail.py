"""A mail that names an order of its sender leads to it, and a conversation that begins by one is about it (S19-S22)."""

import pytest

from chalicelib.domain.conversations import ConversationKind
from chalicelib.domain.events import ShopCustomer
from chalicelib.domain.orders import Order
from tests.support.mail import CARLAS_MAIL, DEANS_MAIL, FAIL, TACOMA_MAILBOX, mail_world, receive, written
from tests.support.world import CARLA, DEAN, World
from tests.usecases.test_receive_mail import last, talk

CARLAS = ShopCustomer(external_id="c-1", first_name="Carla", last_name="Diaz", phone=CARLA, email=CARLAS_MAIL)
DEANS = ShopCustomer(external_id="c-2", first_name="Dean", last_name="Cole", phone=DEAN, email=DEANS_MAIL)


@pytest.fixture
def world() -> World:
    return mail_world()


@pytest.fixture
def order(world: World) -> Order:
    return world.order(number="#1042", customer=CARLAS)


def test_a_conversation_that_begins_by_it_is_about_the_order_and_the_order_leads_to_it(
    world: World, order: Order
) -> None:
    receive(world, written("Where is it?", subject="Order 1042"))
    conversation, mail = talk(world), last(world).mail
    assert (conversation.kind, conversation.order_id, conversation.order_number) == (
        ConversationKind.ORDER, order.id, "#1042",
    )  # fmt: skip
    assert mail is not None
    assert (mail.order_id, mail.order_number) == (order.id, "#1042")
    assert world.table.orders[order.id].conversation_id == conversation.id


def test_a_later_mail_about_another_order_names_that_one_alone(world: World, order: Order) -> None:
    receive(world, written())
    receive(world, written("What of #1042?", message_id="second@customer.test"))
    mail = last(world).mail
    assert mail is not None
    assert mail.order_id == order.id
    assert talk(world).order_id is None


@pytest.mark.usefixtures("order")
def test_nobody_elses_order_is_named_nor_that_of_another_store_nor_to_a_forger(world: World) -> None:
    world.order(external_id="2", number="#2042", customer=DEANS)
    receive(world, written(subject="Order #2042"))
    receive(world, written(subject="Order #1042", message_id="2@customer.test"), TACOMA_MAILBOX)
    receive(world, written(subject="Order #1042", message_id="3@customer.test"), dmarc=FAIL)
    mails = [message.mail for message in world.table.messages.values()]
    assert len(mails) == 3
    assert not any(mail is None or mail.order_id for mail in mails)


def test_an_order_that_is_over_is_named_but_keeps_what_it_leads_to(world: World) -> None:
    order = world.order(number="#1042", customer=CARLAS, cancelled_at=world.clock.now())
    receive(world, written(subject="Order #1042"))
    assert talk(world).order_id == order.id
    assert world.table.orders[order.id].conversation_id is None


def test_without_a_number_nothing_is_read(world: World, order: Order) -> None:
    receive(world, written("Hello"))
    before = world.table.requests
    receive(world, written("Hello again", message_id="a@customer.test"))
    plain = world.table.requests - before
    before = world.table.requests
    receive(world, written("Hello #1042", message_id="b@customer.test"))
    assert world.table.requests - before == plain + 3, "address, customer, orders"
    assert order.conversation_id is None


def test_an_order_that_is_talked_about_elsewhere_keeps_its_conversation(world: World, order: Order) -> None:
    """Closing the order then closes that one (D20)."""
    texts = world.start(order)
    receive(world, written(subject="Order #1042"))
    assert talk(world).order_id == order.id
    assert world.table.orders[order.id].conversation_id == texts
