"""Whoever writes for the first time is a visitor, unless their address is certain to be somebody's."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.conversations import ConversationKind
from chalicelib.domain.customers import CustomerKind
from chalicelib.domain.mail import Mail
from chalicelib.domain.merchants import Proxy, Store
from chalicelib.usecases.first_contact import customer_of, new_conversation
from tests.support.world import ADA, SEATTLE, SEATTLE_NUMBER, World


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def store(world: World) -> Store:
    found = world.directory.store(SEATTLE)
    assert found is not None
    return found


def test_a_stranger_is_a_visitor_with_the_address_they_wrote_from(world: World, store: Store) -> None:
    number, mail = Address("+12065550188"), Address("who@example.test")
    texter, new = customer_of(world.text_event("Hi", sender=number), store, 1, world)
    assert (new, texter.kind, texter.phones, texter.emails) == (True, CustomerKind.VISITOR, (number,), ())
    writer, _ = customer_of(world.text_event("Hi", sender=mail, channel=Channel.EMAIL, mail=Mail()), store, 1, world)
    assert (writer.phones, writer.emails) == ((), (mail,))


def test_who_is_known_by_the_number_is_known_at_whatsapp_too(world: World, store: Store) -> None:
    known = world.order()
    for channel in (Channel.SMS, Channel.WHATSAPP):
        customer, new = customer_of(world.text_event("Hi", channel=channel), store, 1, world)
        assert (customer.id, new) == (known.customer_id, False)


def test_what_a_forger_says_is_nobody_known(world: World, store: Store) -> None:
    world.order()
    event = world.text_event("Hi", mail=Mail(unverified=True))
    assert customer_of(event, store, 1, world)[1]


def test_the_conversation_is_of_whose_address_it_came_to_and_about_the_order_that_is_named(
    world: World, store: Store
) -> None:
    event = world.text_event("Hi", mail=Mail(order_id="o-1", order_number="#1042"))
    customer, _ = customer_of(event, store, 1, world)
    proxy = world.directory.proxy(Channel.SMS, SEATTLE_NUMBER)
    assert isinstance(proxy, Proxy)
    found = new_conversation(event, store, replace(proxy, associate_id=ADA), customer, 1, world)
    assert (found.associate_id, found.kind, found.order_number) == (ADA, ConversationKind.ORDER, "#1042")
    plain = new_conversation(replace(event, mail=None), store, proxy, customer, 1, world)
    assert (plain.kind, plain.order_id) == (ConversationKind.SHOP, None)
