"""Managers set up templates; standard ones can always go back to how they came (L9, L15, L23)."""

from typing import Any

import pytest

from chalicelib.domain.errors import ChangedMeanwhile, InvalidInput, NotFound, PermissionDenied
from chalicelib.domain.orders import OrderEvent
from chalicelib.domain.standard_texts import FOR_MERCHANT, TEXTS
from chalicelib.domain.templates import MOST_TEMPLATES, Template, TemplateKind
from chalicelib.usecases.browse_templates import active_events, follow_up_days, show_templates
from chalicelib.usecases.save_template import SaveCommand, delete_template, save_template
from tests.support.world import ADA, BOB, MIA, SEATTLE, World


def save(world: World, template_id: str = "t1", by: str = MIA, **changed: Any) -> Template:
    known: dict[str, Any] = {
        "store_id": SEATTLE,
        "associate_id": by,
        "template_id": template_id,
        "kind": TemplateKind.CUSTOM,
        "name": "Ready",
        "texts": {"en": "Hi [[firstname]]"},
        "active": True,
        "transactional": True,
        "delay_days": 7,
        "revision": 0,
    }
    return save_template(SaveCommand(**{**known, **changed}), world)


def standard(world: World, event: OrderEvent = OrderEvent.SENT, **changed: Any) -> Template:
    known = {"kind": TemplateKind.STANDARD, "name": "", "texts": {"en": "It is on its way."}}
    return save(world, event.value, **{**known, **changed})


def seen(world: World, template_id: str) -> Template | None:
    return next((each for each in show_templates(SEATTLE, ADA, world)[1] if each.id == template_id), None)


def test_standard_templates_are_there_from_the_start_in_the_order_of_their_events(world: World) -> None:
    found = show_templates(SEATTLE, ADA, world)[1]
    assert [(each.id, each.edited, each.revision) for each in found] == [(event, False, 0) for event in OrderEvent]
    assert world.table.templates == {}


def test_what_is_made_is_seen_by_associates(world: World) -> None:
    made = save(world)
    assert (made.revision, seen(world, "t1")) == (1, made)


def test_an_edited_standard_template_goes_back_to_how_it_came(world: World) -> None:
    standard(world, active=False, transactional=False)
    changed = seen(world, "order_sent")
    assert changed is not None
    assert (changed.texts, changed.active, changed.edited) == ({"en": "It is on its way."}, False, True)
    delete_template(SEATTLE, "order_sent", MIA, world)
    again = seen(world, "order_sent")
    assert again is not None
    assert (again.texts, again.active, again.edited, again.revision) == (TEXTS[OrderEvent.SENT], True, False, 2)
    standard(world, revision=2)
    assert OrderEvent.SENT in world.table.switches[SEATTLE].on


def test_switches_follow_the_templates_and_count_where_the_merchant_texts_at_all(world: World) -> None:
    standard(world, active=False)
    standard(world, OrderEvent.PAID, active=True)
    store = world.table.stores[SEATTLE]
    assert active_events(store, world) == frozenset()
    world.change_store(automatic_texts=True)
    store = world.table.stores[SEATTLE]
    assert active_events(store, world) == {OrderEvent.PLACED, OrderEvent.PAID, OrderEvent.CANCELLED}
    delete_template(SEATTLE, "order_paid", MIA, world)
    assert active_events(store, world) == {OrderEvent.PLACED, OrderEvent.CANCELLED}


def test_those_for_the_merchants_phone_follow_its_number_and_their_eye_and_never_wait_for_the_day(world: World) -> None:
    world.change_store(merchant_phone="+12065550155")
    store = world.table.stores[SEATTLE]
    assert active_events(store, world) == FOR_MERCHANT
    made = standard(world, OrderEvent.MERCHANT_PAID, active=False, transactional=False)
    assert made.transactional
    assert active_events(store, world) == FOR_MERCHANT - {OrderEvent.MERCHANT_PAID}
    delete_template(SEATTLE, "merchant_order_paid", MIA, world)
    assert active_events(store, world) == FOR_MERCHANT
    standard(world, OrderEvent.SENT, active=False)
    assert OrderEvent.MERCHANT_PAID in active_events(store, world)


def test_a_custom_template_that_is_deleted_is_gone_until_that_is_undone(world: World) -> None:
    save(world)
    delete_template(SEATTLE, "t1", MIA, world)
    delete_template(SEATTLE, "t1", MIA, world)
    assert seen(world, "t1") is None
    assert save(world, revision=2) == seen(world, "t1")


def test_a_repeat_changes_nothing(world: World) -> None:
    assert save(world) == save(world)


def test_who_has_seen_an_older_one_changes_nothing(world: World) -> None:
    save(world)
    save(world, name="Other", revision=1)
    with pytest.raises(ChangedMeanwhile):
        save(world, name="Third", revision=1)
    found = seen(world, "t1")
    assert found is not None
    assert found.name == "Other"


@pytest.mark.parametrize("by", [ADA, BOB])
def test_only_the_stores_managers_change_templates(world: World, by: str) -> None:
    expected = PermissionDenied if by == ADA else NotFound
    with pytest.raises(expected):
        save(world, by=by)
    with pytest.raises(expected):
        delete_template(SEATTLE, "order_sent", by, world)
    assert world.table.templates == {}


@pytest.mark.parametrize(
    "changed",
    [
        {"texts": {"en": "Hi [[fristname]]"}},
        {"texts": {}},
        {"name": " "},
        {"kind": TemplateKind.STANDARD},
        {"template_id": "order_sent"},
    ],
)
def test_what_cannot_be_saved(world: World, changed: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        save(world, **changed)


def test_a_template_stays_of_its_kind(world: World) -> None:
    save(world)
    with pytest.raises(InvalidInput):
        save(world, kind=TemplateKind.QUICK_REPLY, revision=1)


def test_a_store_has_so_many_and_no_more(world: World) -> None:
    for number in range(MOST_TEMPLATES):
        save(world, f"n{number}")
    with pytest.raises(InvalidInput):
        save(world)
    delete_template(SEATTLE, "n0", MIA, world)
    save(world)


def test_what_is_not_there_is_not_changed(world: World) -> None:
    with pytest.raises(NotFound):
        save(world, revision=1)


def test_nothing_is_deleted_that_is_not_there(world: World) -> None:
    with pytest.raises(NotFound):
        delete_template(SEATTLE, "nothing", MIA, world)


def test_a_follow_up_has_a_delay_and_never_goes_out_at_night(world: World) -> None:
    world.change_store(automatic_texts=True)
    made = standard(world, OrderEvent.FOLLOW_UP, delay_days=3)
    store = world.directory.store(SEATTLE)
    assert store is not None
    assert (made.delay_days, made.transactional, follow_up_days(store, world)) == (3, False, 3)
    assert OrderEvent.FOLLOW_UP in active_events(store, world)
    standard(world, OrderEvent.SENT, delay_days=9)
    assert follow_up_days(store, world) == 3, "another template's says nothing"
    delete_template(SEATTLE, OrderEvent.FOLLOW_UP.value, MIA, world)
    assert (follow_up_days(store, world), OrderEvent.FOLLOW_UP in active_events(store, world)) == (7, False)
