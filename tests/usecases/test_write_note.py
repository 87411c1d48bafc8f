"""Notes about a customer and remarks about an order: for the store's colleagues, and gone with who they are about."""

import pytest

from chalicelib.domain.errors import IdempotencyConflict, MessagingDisabled, NotFound, PermissionDenied
from chalicelib.domain.events import ShopCustomer
from chalicelib.domain.notes import MOST_SHOWN, NoteKind
from chalicelib.usecases.merge_customers import Other, merge_customers, undo_merge
from chalicelib.usecases.write_note import Subject, customer_of, list_notes, order_of, remove_note, write_note
from tests.support.world import ADA, DEAN, MIA, ZOE, World


def carla(world: World, associate_id: str = ADA) -> Subject:
    return customer_of(world.start(world.order()), associate_id, world)


def bodies(subject: Subject, world: World) -> list[str]:
    return [note.body for note in list_notes(subject, world)]


def test_colleagues_read_who_wrote_what_the_newest_first(world: World) -> None:
    conversation_id = world.start(world.order())
    mine, hers = customer_of(conversation_id, ADA, world), customer_of(conversation_id, MIA, world)
    write_note(mine, "Likes blue", "k-1", world)
    world.clock.advance(1000)
    note = write_note(hers, "Call before noon", "k-2", world)
    assert bodies(mine, world) == bodies(hers, world) == ["Call before noon", "Likes blue"]
    assert (note.author_id, note.kind, note.store_id) == (MIA, NoteKind.CUSTOMER, mine.store_id)


def test_a_remark_is_the_orders_and_a_note_the_customers(world: World) -> None:
    order = world.order()
    conversation_id = world.start(order)
    about_order, about_customer = order_of(order.id, ADA, world), customer_of(conversation_id, ADA, world)
    write_note(about_order, "Gift wrapped", "k-1", world)
    assert (bodies(about_order, world), bodies(about_customer, world)) == (["Gift wrapped"], [])


def test_the_same_request_is_one_note_and_another_under_its_key_is_refused(world: World) -> None:
    subject = carla(world)
    first = write_note(subject, "Likes blue", "k-1", world)
    assert write_note(subject, "Likes blue", "k-1", world) == first
    with pytest.raises(IdempotencyConflict):
        write_note(subject, "Likes red", "k-1", world)
    remove_note(subject, first.id, world)
    with pytest.raises(NotFound):
        write_note(subject, "Likes blue", "k-1", world)
    assert bodies(subject, world) == []


def test_only_who_wrote_it_takes_it_away(world: World) -> None:
    conversation_id = world.start(world.order())
    note = write_note(customer_of(conversation_id, ADA, world), "Likes blue", "k-1", world)
    with pytest.raises(PermissionDenied):
        remove_note(customer_of(conversation_id, MIA, world), note.id, world)
    remove_note(customer_of(conversation_id, ADA, world), note.id, world)
    with pytest.raises(NotFound):
        remove_note(customer_of(conversation_id, ADA, world), note.id, world)


def test_nobody_of_another_store_or_without_messaging_reads_or_writes(world: World) -> None:
    order = world.order()
    conversation_id = world.start(order)
    for subject in (lambda: customer_of(conversation_id, ZOE, world), lambda: order_of(order.id, ZOE, world)):
        with pytest.raises(NotFound):
            subject()
    world.change_store(messaging=False)
    for subject in (lambda: customer_of(conversation_id, ADA, world), lambda: order_of(order.id, ADA, world)):
        with pytest.raises(MessagingDisabled):
            subject()


def test_a_note_about_one_is_not_found_by_way_of_another(world: World) -> None:
    note = write_note(carla(world), "Likes blue", "k-1", world)
    other = world.order(external_id="5002", customer=ShopCustomer(external_id="c-2", first_name="Dean", phone=DEAN))
    with pytest.raises(NotFound):
        remove_note(customer_of(world.start(other), ADA, world), note.id, world)
    with pytest.raises(NotFound):
        remove_note(order_of(other.id, ADA, world), note.id, world)


def test_those_of_merged_customers_stand_together_and_part_again(world: World) -> None:
    first = world.start(world.order())
    order = world.order(external_id="5002", customer=ShopCustomer(external_id="c-2", first_name="Dean", phone=DEAN))
    second = world.start(order)
    write_note(customer_of(first, ADA, world), "One", "k-1", world)
    world.clock.advance(1)
    write_note(customer_of(second, ADA, world), "Two", "k-2", world)
    sheet = merge_customers(first, Other(conversation_id=second), ADA, world)
    assert bodies(customer_of(first, ADA, world), world) == ["Two", "One"]
    undo_merge(first, sheet.merges[0].id, ADA, world)
    assert bodies(customer_of(first, ADA, world), world) == ["One"]
    assert bodies(customer_of(second, ADA, world), world) == ["Two"]


def test_the_newest_hundred_are_shown(world: World) -> None:
    subject = carla(world)
    for number in range(MOST_SHOWN + 1):
        world.clock.advance(1)
        write_note(subject, f"Note {number}", f"k-{number}", world)
    assert (len(bodies(subject, world)), bodies(subject, world)[-1]) == (MOST_SHOWN, "Note 1")


def test_nothing_of_them_goes_to_anybody(world: World) -> None:
    order = world.order()
    conversation_id = world.start(order)
    world.deliver()
    sent = len(world.channel.sent)
    write_note(customer_of(conversation_id, ADA, world), "canary note", "k-1", world)
    write_note(order_of(order.id, ADA, world), "canary remark", "k-2", world)
    world.fan_out()
    world.deliver()
    assert len(world.channel.sent) == sent
    assert not any("canary" in body for body in world.bodies(conversation_id))
    assert "canary" not in repr(world.log.lines)
