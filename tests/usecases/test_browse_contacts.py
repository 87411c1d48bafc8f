"""All customers that an associate looks after in a store, in one place (H14, H15)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.conversations import LIFETIME
from chalicelib.domain.errors import ContactsDisabled, MessagingDisabled, NotFound, PermissionDenied
from chalicelib.domain.events import ShopCustomer
from chalicelib.usecases.browse_contacts import MOST_CONTACTS, list_contacts
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from tests.support.pools import ADAS_OWN, own
from tests.support.world import ADA, BOB, CARLA, DEAN, EVE, MIA, NOBODY, SEATTLE, TACOMA, ZOE, World


def names(world: World, sub: str = ADA, wanted: str = "") -> list[str]:
    return [each.customer_name for each in list_contacts(SEATTLE, sub, wanted, world).rows]


def deans(world: World, sub: str = ADA) -> str:
    customer = ShopCustomer(external_id="c-2", first_name="Dean", last_name="Cho", phone=DEAN)
    return world.start(world.order(external_id="1002", number="#1002", customer=customer), associate_id=sub)


def test_the_latest_activity_comes_first_and_colleagues_have_their_own(world: World) -> None:
    world.start()
    world.clock.advance(1_000)
    deans(world)
    world.clock.advance(1_000)
    assert names(world) == ["Dean Cho", "Carla Diaz"]
    world.text("Hello?")
    assert names(world) == ["Carla Diaz", "Dean Cho"]
    assert names(world, MIA) == []


def test_nobody_looks_after_who_writes_first(world: World) -> None:
    world.text("Hello?")
    assert names(world) == []


def test_a_customer_is_there_once_with_all_their_conversations(world: World) -> None:
    first = world.start()
    other = replace(world.conversation(first), id="c-other", last_activity_at=world.clock.now() + 1, unread=2)
    world.table.put_conversation(other)
    (contact,) = list_contacts(SEATTLE, ADA, "", world).rows
    assert (contact.conversation_id, contact.conversation_ids) == ("c-other", ("c-other", first))
    assert contact.unread == 2


def test_closed_ones_are_there_deleted_and_expired_ones_are_not(world: World) -> None:
    talk = world.start()
    close_conversation(talk, ADA, world)
    assert names(world) == ["Carla Diaz"]
    delete_conversation(talk, ADA, world)
    assert names(world) == []
    deans(world)
    world.clock.advance(LIFETIME)
    assert names(world) == []


def test_one_over_an_own_number_is_a_contact_before_anybody_has_answered(world: World) -> None:
    world.setup.put_proxy(own(ADAS_OWN, ADA))
    world.text("Hello Ada", recipient=ADAS_OWN)
    talk = world.conversation_of(number=ADAS_OWN)
    assert (talk.associate_id, len(list_contacts(SEATTLE, ADA, "", world).rows)) == (ADA, 1)
    world.table.put_conversation(replace(talk, assignee_id=MIA))
    assert names(world) == [], "a colleague looks after it by now"
    world.table.put_conversation(replace(talk, assignee_id=None, store_id=TACOMA))
    assert names(world) == [], "it is another store's"


def test_search_finds_names_orders_and_whole_numbers(world: World) -> None:
    world.start()
    deans(world)
    assert names(world, wanted=" carla ") == ["Carla Diaz"]
    assert names(world, wanted="#1002") == ["Dean Cho"]
    assert names(world, wanted=CARLA) == ["Carla Diaz"]
    assert names(world, wanted=CARLA[-4:]) == [], "no part of a number"
    assert names(world, wanted="nobody") == []


def test_more_than_are_shown_are_said(world: World) -> None:
    talk = world.conversation(world.start())
    for number in range(MOST_CONTACTS):
        world.table.put_conversation(replace(talk, id=f"c-{number}", customer_id=f"p-{number}"))
    found = list_contacts(SEATTLE, ADA, "", world)
    assert (len(found.rows), found.truncated) == (MOST_CONTACTS, True)


def test_only_where_one_may_and_where_there_are_contacts(world: World) -> None:
    for sub, refusal in ((BOB, NotFound), (ZOE, NotFound), (EVE, PermissionDenied), (NOBODY, PermissionDenied)):
        with pytest.raises(refusal):
            list_contacts(SEATTLE, sub, "", world)
    world.change_store(contacts=False)
    with pytest.raises(ContactsDisabled):
        list_contacts(SEATTLE, ADA, "", world)
    world.change_store(messaging=False)
    with pytest.raises(MessagingDisabled):
        list_contacts(SEATTLE, ADA, "", world)
