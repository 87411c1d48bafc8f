"""Lists show conversations under the name of whoever was kept, whatever came between (X11)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Address
from chalicelib.domain.errors import Unavailable
from chalicelib.usecases import follow_names as module
from chalicelib.usecases.close_conversation import delete_conversation
from chalicelib.usecases.follow_names import follow_names
from chalicelib.usecases.merge_customers import Other, merge_customers, undo_merge
from chalicelib.usecases.show_customer import show_customer
from tests.support.merchant import SEATTLE
from tests.support.sharing import at_whatsapp, in_both, of, shared
from tests.support.world import ADA, CARLA, DEAN, MERCHANT, MIA, World
from tests.usecases.test_merge_customers import DEANS


@pytest.fixture
def pair(world: World) -> tuple[str, str]:
    carlas = world.talk()
    world.text("Hello", sender=DEAN)
    return carlas, world.conversation_of(DEAN).id


def name_of(world: World, conversation_id: str) -> str:
    found = world.conversations.find(conversation_id)
    assert found is not None
    return found.customer_name


def test_a_crash_after_the_merge_is_made_good_by_whoever_looks_next(
    world: World, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(keys: object) -> None:
        raise Unavailable

    with monkeypatch.context() as patch:
        patch.setattr(world.conversations, "find_routes", broken)
        with pytest.raises(Unavailable):
            merge_customers(pair[0], Other(conversation_id=pair[1]), ADA, world)
    assert name_of(world, pair[1]) == ""
    sheet = show_customer(pair[1], ADA, world)
    assert name_of(world, pair[1]) == sheet.customer.name == name_of(world, pair[0])


def test_what_time_was_too_short_for_is_done_by_the_next_one(
    world: World, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    find_routes = world.conversations.find_routes

    def slow(keys):  # type: ignore[no-untyped-def]  # as the port says
        world.clock.advance(module.STEP)
        return find_routes(keys)

    with monkeypatch.context() as patch:
        patch.setattr(module, "BATCH", 1)
        patch.setattr(world.conversations, "find_routes", slow)
        merged = merge_customers(pair[0], Other(conversation_id=pair[1]), ADA, world).customer
    stored = world.customers.find(merged.id)
    assert stored is not None
    assert stored.renaming == 1
    show_customer(pair[0], ADA, world)
    assert name_of(world, pair[1]) == merged.name


def test_each_look_goes_on_where_the_one_before_stopped(
    world: World, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    find_routes, seen = world.conversations.find_routes, []

    def slow(keys):  # type: ignore[no-untyped-def]  # as the port says
        world.clock.advance(module.STEP // 2)
        seen.extend(keys)
        return find_routes(keys)

    monkeypatch.setattr(module, "BATCH", 1)
    monkeypatch.setattr(world.conversations, "find_routes", slow)
    kept = merge_customers(pair[0], Other(conversation_id=pair[1]), ADA, world).customer
    for _ in range(50):
        show_customer(pair[0], ADA, world)
    stored = world.customers.find(kept.id)
    assert stored is not None
    assert stored.renaming is None
    assert len(seen) == len(set(seen)) > 4


def test_a_conversation_that_waits_beside_another_stores_follows_too(world: World) -> None:
    world.setup.put_proxy(shared())
    seattle, tacoma = in_both(world)
    named = world.start(world.order(external_id="1002", number="#1002", customer=DEANS))
    gone = world.conversation(seattle).customer_id
    merge_customers(named, Other(conversation_id=seattle), MIA, world)
    assert {name_of(world, each) for each in (seattle, tacoma)} == {"Dean Cole"}
    world.clock.advance(1000)
    undo_merge(named, gone, MIA, world)
    assert {name_of(world, each) for each in (seattle, tacoma)} == {""}


def test_whom_whatsapp_names_by_a_user_id_follows_too(world: World) -> None:
    at_whatsapp(world, "Hello", sender=Address("id:US.123456789"))
    visitor = of(world, SEATTLE)
    named = world.talk()
    merge_customers(named, Other(conversation_id=visitor.id), ADA, world)
    assert name_of(world, visitor.id) == name_of(world, named) != ""
    world.clock.advance(1000)
    undo_merge(named, visitor.customer_id, ADA, world)
    assert name_of(world, visitor.id) == ""


def test_once_all_is_right_nothing_is_asked_any_more(world: World, pair: tuple[str, str]) -> None:
    merge_customers(pair[0], Other(conversation_id=pair[1]), ADA, world)
    found = world.customers.find_by(MERCHANT, "sms", CARLA)
    customer = world.customers.find(found or "")
    assert customer is not None
    requests = world.table.requests
    follow_names(customer, world)
    assert world.table.requests == requests


def test_a_deleted_conversation_stays_without_a_name(world: World, pair: tuple[str, str]) -> None:
    delete_conversation(pair[1], ADA, world)
    world.text("Hi", sender=Address("+12065550189"))
    fresh = world.conversation_of(Address("+12065550189")).id
    merge_customers(fresh, Other(conversation_id=pair[0]), ADA, world)
    assert name_of(world, pair[1]) == ""
    assert name_of(world, fresh) == name_of(world, pair[0]) != ""


def test_conversations_of_others_keep_their_names_also_where_a_phone_is_shared(
    world: World, pair: tuple[str, str]
) -> None:
    shared = Address("+12065550189")
    world.text("Hi", sender=shared)
    fresh = world.conversation_of(shared).id
    carla = show_customer(pair[0], ADA, world).customer
    world.table.customers[carla.id] = replace(carla, phones=(*carla.phones, shared))
    merge_customers(pair[0], Other(conversation_id=pair[1]), ADA, world)
    assert name_of(world, fresh) == ""
