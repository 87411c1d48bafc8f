"""Managers see what shops ask for, hand it over, and say that it is done (X13)."""

import pytest

from chalicelib.domain.audit import AuditAct
from chalicelib.domain.errors import ChangedMeanwhile, InvalidInput, NotFound, PermissionDenied
from chalicelib.domain.events import PrivacyAsked
from chalicelib.domain.merchants import Permission
from chalicelib.domain.privacy_requests import MOST_SHOWN
from chalicelib.usecases.erase_customer import erase_customer
from chalicelib.usecases.merge_customers import Other
from chalicelib.usecases.settle_privacy_requests import (
    Whom,
    export_requested,
    list_privacy_requests,
    settle_privacy_request,
)
from chalicelib.usecases.take_privacy_request import take_privacy_request
from tests.support.world import ADA, MIA, SEATTLE, SHOP, TACOMA, ZOE, World
from tests.usecases.test_carry_out_erasures import finish


def ask(world: World, reference: str = "1", external_id: str = "c-1", kind: str = "data") -> str:
    take_privacy_request(
        PrivacyAsked(connection_id=SHOP, kind=kind, reference=reference, external_id=external_id), world
    )
    return [*world.table.privacy_requests.values()][-1].id


def test_they_say_of_whom_there_is_something(world: World) -> None:
    conversation_id = world.talk()
    ask(world)
    world.clock.advance(1)
    ask(world, "2", "c-9")
    world.clock.advance(1)
    ask(world, "3", "", "shop")
    listed = list_privacy_requests(SEATTLE, MIA, world)
    assert [(each.whom, each.name) for each in listed] == [
        (Whom.KNOWN, "Carla Diaz"), (Whom.UNKNOWN, ""), (None, ""),
    ]  # fmt: skip
    assert {each.shop for each in listed} == {"pine.myshopify.com"}
    assert list_privacy_requests(TACOMA, MIA, world) == []
    erase_customer(Other(conversation_id=conversation_id), MIA, world)
    finish(world)
    assert list_privacy_requests(SEATTLE, MIA, world)[0].whom is Whom.ERASED


def test_a_request_that_came_before_their_first_order_finds_them(world: World) -> None:
    request_id = ask(world)
    assert [each.whom for each in list_privacy_requests(SEATTLE, MIA, world)] == [Whom.UNKNOWN]
    world.talk()
    assert [(each.whom, each.name) for each in list_privacy_requests(SEATTLE, MIA, world)] == [
        (Whom.KNOWN, "Carla Diaz")
    ]
    page = export_requested(SEATTLE, request_id, MIA, None, world)
    assert [each.name for each in page.records.customers] == ["Carla Diaz"]
    settle_privacy_request(SEATTLE, request_id, MIA, world, done=True)
    assert settle_privacy_request(SEATTLE, request_id, MIA, world, done=False).name == "Carla Diaz"


def test_whom_we_know_is_not_looked_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.talk()
    ask(world)
    monkeypatch.setattr(world.customers, "find_by", None)
    assert [each.name for each in list_privacy_requests(SEATTLE, MIA, world)] == ["Carla Diaz"]


def test_done_and_not_done_after_all(world: World) -> None:
    world.talk()
    first, second = ask(world), ask(world, "2")
    done = settle_privacy_request(SEATTLE, first, MIA, world, done=True)
    assert (done.request.done_at, done.request.done_by) == (world.clock.now(), MIA)
    assert settle_privacy_request(SEATTLE, first, MIA, world, done=True) == done
    assert [each.request.id for each in list_privacy_requests(SEATTLE, MIA, world)] == [second, first]
    again = settle_privacy_request(SEATTLE, first, MIA, world, done=False)
    assert (again.request.done_at, again.whom) == (None, Whom.KNOWN)


def test_somebody_else_may_be_faster(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.talk()
    request_id = ask(world)
    monkeypatch.setattr(world.privacy_requests, "change", lambda *_: False)
    with pytest.raises(ChangedMeanwhile):
        settle_privacy_request(SEATTLE, request_id, MIA, world, done=True)


def test_the_file_is_theirs_and_written_down(world: World) -> None:
    world.talk()
    request_id = ask(world)
    page = export_requested(SEATTLE, request_id, MIA, None, world)
    assert [each.name for each in page.records.customers] == ["Carla Diaz"]
    entry = world.table.audit[-1]
    assert (entry.act, entry.about_id, entry.conversation_id) == (AuditAct.CUSTOMER_EXPORTED, request_id, "")


def test_of_nobody_there_is_no_file(world: World) -> None:
    conversation_id = world.talk()
    known, unknown, shop = ask(world), ask(world, "2", "c-9"), ask(world, "3", "", "shop")
    for request_id in (unknown, shop, "made-up"):
        with pytest.raises(NotFound):
            export_requested(SEATTLE, request_id, MIA, None, world)
    with pytest.raises(InvalidInput):
        export_requested(SEATTLE, known, MIA, "x", world)
    erase_customer(Other(conversation_id=conversation_id), MIA, world)
    finish(world)
    with pytest.raises(NotFound):
        export_requested(SEATTLE, known, MIA, None, world)


def test_it_takes_a_manager_of_that_store(world: World) -> None:
    world.talk()
    request_id = ask(world)
    for associate_id, error in ((ADA, PermissionDenied), (ZOE, NotFound)):
        with pytest.raises(error):
            list_privacy_requests(SEATTLE, associate_id, world)
        with pytest.raises(error):
            settle_privacy_request(SEATTLE, request_id, associate_id, world, done=True)
        with pytest.raises(error):
            export_requested(SEATTLE, request_id, associate_id, None, world)
    with pytest.raises(NotFound):
        settle_privacy_request(TACOMA, request_id, MIA, world, done=True)
    world.permit(MIA, {SEATTLE: frozenset(Permission) - {Permission.UNMASK}})
    with pytest.raises(PermissionDenied):
        export_requested(SEATTLE, request_id, MIA, None, world)


def test_open_ones_are_never_hidden_by_those_that_are_done(world: World) -> None:
    for number in range(MOST_SHOWN + 5):
        settle_privacy_request(SEATTLE, ask(world, f"r{number}"), MIA, world, done=True)
    request_id = ask(world, "open")
    listed = list_privacy_requests(SEATTLE, MIA, world)
    assert (len(listed), listed[0].request.id) == (MOST_SHOWN, request_id)
