"""Colleagues tag the customer of a conversation; tags are the customer's, in whatever store."""

from typing import Any

import pytest

from chalicelib.domain.errors import ChangedMeanwhile, InvalidInput, NotFound
from chalicelib.domain.events import ShopCustomer
from chalicelib.usecases.merge_customers import Other, merge_customers, undo_merge
from chalicelib.usecases.ports import CustomerUpsert
from chalicelib.usecases.show_customer import show_customer
from chalicelib.usecases.tag_customer import TagChange, tag_customer
from tests.support.world import ADA, DEAN, ZOE, World


def tag(world: World, conversation_id: str, *add: str, remove: tuple[str, ...] = ()) -> tuple[str, ...]:
    return tag_customer(TagChange(conversation_id, ADA, add, remove), world)


def tags(world: World, conversation_id: str) -> tuple[str, ...] | None:
    return show_customer(conversation_id, ADA, world).customer.tags


def test_tags_are_given_and_taken_away(world: World) -> None:
    talk = world.start(world.order())
    assert tag(world, talk, "VIP", "Boots") == ("VIP", "Boots")
    assert tags(world, talk) == ("VIP", "Boots")
    assert tag(world, talk, remove=("vip", "BOOTS")) == ()
    assert tags(world, talk) is None


def test_the_same_change_again_writes_nothing(world: World) -> None:
    talk = world.start(world.order())
    tag(world, talk, "VIP")
    was = show_customer(talk, ADA, world).customer
    world.clock.advance(1000)
    assert tag(world, talk, "vip") == ("VIP",)
    assert show_customer(talk, ADA, world).customer == was


def test_a_merge_brings_tags_and_its_undoing_takes_them_back(world: World) -> None:
    deans = ShopCustomer(external_id="c-2", first_name="Dean", last_name="Cole", phone=DEAN)
    talk = world.talk()
    other = world.start(world.order(external_id="1002", number="#1002", customer=deans))
    tag(world, talk, "VIP", "Boots")
    tag(world, other, "Boots", "Wholesale")
    theirs = show_customer(other, ADA, world).customer
    merge_customers(talk, Other(conversation_id=other), ADA, world)
    assert tags(world, talk) == ("VIP", "Boots", "Wholesale")
    undo_merge(talk, theirs.id, ADA, world)
    assert (tags(world, talk), tags(world, other)) == (("VIP", "Boots"), ("Boots", "Wholesale"))


def test_two_colleagues_at_once_lose_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    talk, kind = world.start(world.order()), type(world.customers)
    upsert, others = kind.upsert, iter(("Boots",))

    def slow(self: Any, command: CustomerUpsert) -> bool:
        for other in others:
            tag(world, talk, other)
        return upsert(self, command)

    monkeypatch.setattr(kind, "upsert", slow)
    assert tag(world, talk, "VIP") == ("Boots", "VIP")


def test_nobody_from_elsewhere_and_nothing_too_long(world: World) -> None:
    talk = world.start(world.order())
    with pytest.raises(NotFound):
        tag_customer(TagChange(talk, ZOE, ("VIP",), ()), world)
    with pytest.raises(InvalidInput):
        tag(world, talk, "x" * 41)


def test_a_customer_who_changes_all_the_time_is_given_up_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = world.start(world.order())
    monkeypatch.setattr(type(world.customers), "upsert", lambda *_: False)
    with pytest.raises(ChangedMeanwhile):
        tag(world, talk, "VIP")
