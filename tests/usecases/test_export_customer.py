"""Who gets a customer's file, what is written down about it, and how its pages end (X13, X24)."""

from base64 import urlsafe_b64encode

import pytest
from msgspec import json

from chalicelib.domain.audit import AuditAct
from chalicelib.domain.errors import InvalidInput, NotFound, PermissionDenied, Unavailable
from chalicelib.domain.exports import LIFE, Cursor, Part, Spot, cursor_of, read_cursor
from chalicelib.domain.merchants import Permission
from chalicelib.usecases import export_customer as module
from chalicelib.usecases.export_customer import export_customer
from chalicelib.usecases.merge_customers import Other
from tests.support.exporting import pages, whole
from tests.support.world import ADA, DEAN, EVE, MIA, SEATTLE, ZOE, World


def entries(world: World) -> list[tuple[str, str, str | None]]:
    found = [each for each in world.table.audit if each.act is AuditAct.CUSTOMER_EXPORTED]
    return [(each.associate_id, each.conversation_id, each.about_id) for each in found]


def small(monkeypatch: pytest.MonkeyPatch, pieces: int = 1) -> None:
    monkeypatch.setattr(module, "PAGE_PIECES", pieces)


def test_it_is_written_down_once_before_anything_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch)
    conversation_id = world.talk()
    assert len(pages(world, Other(conversation_id=conversation_id))) > 3
    assert entries(world) == [(MIA, conversation_id, None)]
    order_id = world.conversation(conversation_id).order_id
    export_customer(Other(order_id=order_id), MIA, None, world)
    assert entries(world)[1:] == [(MIA, "", order_id)]


def test_where_it_cannot_be_written_down_nothing_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(entry: object) -> None:
        raise Unavailable

    conversation_id = world.talk()
    monkeypatch.setattr(world.audit, "record", refuse)
    with pytest.raises(Unavailable):
        export_customer(Other(conversation_id=conversation_id), MIA, None, world)


def test_it_takes_the_permission_to_see_real_addresses(world: World) -> None:
    whose = Other(conversation_id=world.talk())
    first = export_customer(whose, MIA, None, world)
    world.permit(MIA, {SEATTLE: frozenset(Permission) - {Permission.UNMASK}})
    for associate_id in (ADA, EVE, MIA):
        with pytest.raises(PermissionDenied):
            export_customer(whose, associate_id, first.cursor, world)
    with pytest.raises(NotFound):
        export_customer(whose, ZOE, None, world)
    assert len(entries(world)) == 1


def test_small_pages_and_large_ones_are_the_same_file(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    whose = Other(conversation_id=world.talk())
    for number in range(120):
        world.text(f"number {number}")
    at_once = whole(world, whose)
    assert len(at_once.messages) == 121
    monkeypatch.setattr(module, "PAGE_BYTES", 1)
    assert whole(world, whose) == at_once


def test_a_page_ends_where_it_is_large_or_slow(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    whose = Other(conversation_id=world.talk())
    for number in range(60):
        world.text(f"{number} " + "x" * 1500)
    assert len(pages(world, whose)) == 1
    monkeypatch.setattr(module, "PAGE_BYTES", 50_000)
    large = pages(world, whose)
    assert len(large) > 1
    assert max(len(json.encode(page.records)) for page in large) < 50_000 + 50 * 2_500
    monkeypatch.setattr(module, "PAGE_BYTES", 256 * 1024)
    monkeypatch.setattr(module, "PAGE_TIME", 0)
    assert len(pages(world, whose)) > 5


def test_it_says_how_much_there_is(world: World) -> None:
    conversation_id = world.talk()
    world.order(external_id="1002", number="#1002")
    first = export_customer(Other(conversation_id=conversation_id), MIA, None, world)
    assert (first.conversations, first.orders) == (1, 2)


def test_no_page_comes_without_its_entry(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch)
    whose, other = Other(conversation_id=world.talk()), Other(order_id=world.order().id)
    cursor = export_customer(whose, MIA, None, world).cursor
    assert cursor is not None
    made_up = cursor_of(Cursor("01M3250V000000000000000006", Spot(Part.CUSTOMER)))
    unmasked = next(each.id for each in world.table.audit)
    for entry in (made_up, cursor_of(Cursor(unmasked + "0", Spot(Part.CUSTOMER)))):
        with pytest.raises(InvalidInput):
            export_customer(whose, MIA, entry, world)
    with pytest.raises(InvalidInput):
        export_customer(other, MIA, cursor, world)
    world.permit(ADA, {SEATTLE: frozenset(Permission)})
    with pytest.raises(InvalidInput):
        export_customer(whose, ADA, cursor, world)
    world.clock.advance(LIFE)
    with pytest.raises(InvalidInput):
        export_customer(whose, MIA, cursor, world)


def test_a_made_up_position_leads_to_nobody_else(world: World) -> None:
    whose = Other(conversation_id=world.talk())
    world.text("secret of Dean", sender=DEAN)
    dean = world.conversation_of(DEAN)
    carla = world.conversation(str(whose.conversation_id)).customer_id
    entry_id = read_cursor(_first_cursor(world, whose)).entry_id
    for part in Part:
        with_dean = cursor_of(Cursor(entry_id, Spot(part, dean.customer_id, dean.id)))
        if part in (Part.NOTES, Part.CONVERSATIONS, Part.INSIDE, Part.ORDERS):
            with pytest.raises(InvalidInput):
                export_customer(whose, MIA, with_dean, world)
        of_dean = cursor_of(Cursor(entry_id, Spot(part, carla, dean.id)))
        assert "secret" not in json.encode(export_customer(whose, MIA, of_dean, world).records).decode()


def _first_cursor(world: World, whose: Other) -> str:
    before = module.PAGE_PIECES
    module.PAGE_PIECES = 1
    try:
        return str(export_customer(whose, MIA, None, world).cursor)
    finally:
        module.PAGE_PIECES = before


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "=", "ü", "[]", "a" * 3000,
        *(urlsafe_b64encode(raw).decode().rstrip("=") for raw in (
            b"[]", b'["e"]', b'["e",["customer"],1]', b'["e",["somewhere"]]', b'["e",["inside","a","b","~"]]',
            b'["e",["inside","a","b","\\n"]]', b"[" * 500, b"\xff\xfe", b'["e",["orders","\\ud800"]]',
        )),
    ],
)  # fmt: skip
def test_what_is_no_cursor_is_refused(world: World, text: str) -> None:
    with pytest.raises(InvalidInput):
        export_customer(Other(conversation_id=world.talk()), MIA, text, world)


def test_who_was_erased_meanwhile_has_no_further_page(world: World) -> None:
    whose = Other(conversation_id=world.talk())
    cursor = _first_cursor(world, whose)
    del world.table.customers[world.conversation(str(whose.conversation_id)).customer_id]
    with pytest.raises(NotFound):
        export_customer(whose, MIA, cursor, world)
