"""Stores' templates: each change under the revision before it, switches with it, and nothing of other stores."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.orders import OrderEvent
from chalicelib.domain.templates import AutomaticSwitches, Template, TemplateKind
from tests.store.conftest import Stores
from tests.support.samples import MERCHANT, STORE, id_at

OTHER = id_at(1, 8)
MADE = Template(
    id="ready", merchant_id=MERCHANT, store_id=STORE, kind=TemplateKind.CUSTOM, name="Ready", texts={"en": "Hi"},
    revision=1,
)  # fmt: skip
SENT = replace(MADE, id="order_sent", kind=TemplateKind.STANDARD, name="")
OFF = AutomaticSwitches(store_id=STORE, merchant_id=MERCHANT, on=frozenset({OrderEvent.PLACED}))


def test_what_is_saved_is_found_again(stores: Stores) -> None:
    assert stores.templates.save(MADE, None)
    assert stores.templates.find(STORE, "ready") == MADE
    assert list(stores.templates.of_store(STORE)) == [MADE]
    assert stores.templates.find(OTHER, "ready") is None
    assert list(stores.templates.of_store(OTHER)) == []


def test_a_change_needs_the_revision_before_it(stores: Stores) -> None:
    stores.templates.save(MADE, None)
    assert not stores.templates.save(replace(MADE, name="Twice"), None)
    assert not stores.templates.save(replace(MADE, revision=3), None)
    changed = replace(MADE, name="Other", texts={"en": "Hi", "de": "Hallo"}, revision=2)
    assert stores.templates.save(changed, None)
    assert stores.templates.find(STORE, "ready") == changed


def test_switches_go_with_the_template_or_not_at_all(stores: Stores) -> None:
    assert stores.directory.automatic_switches(STORE) is None
    assert stores.templates.save(SENT, OFF)
    stores.clock.advance(60_000)
    assert stores.directory.automatic_switches(STORE) == OFF
    assert not stores.templates.save(SENT, replace(OFF, on=frozenset()))
    stores.clock.advance(60_000)
    assert stores.directory.automatic_switches(STORE) == OFF
    assert stores.templates.save(replace(SENT, revision=2), replace(OFF, on=frozenset()))
    stores.clock.advance(60_000)
    assert stores.directory.automatic_switches(STORE) == replace(OFF, on=frozenset())


def test_what_is_deleted_is_told_as_such(stores: Stores) -> None:
    stores.templates.save(MADE, None)
    assert stores.templates.save(replace(MADE, deleted=True, revision=2), None)
    assert [each.deleted for each in stores.templates.of_store(STORE)] == [True]
    assert stores.templates.save(replace(MADE, revision=3), None)
    assert [each.deleted for each in stores.templates.of_store(STORE)] == [False]


def test_switches_of_another_store_are_a_mistake_of_ours(stores: Stores) -> None:
    with pytest.raises(ValueError, match="one store"):
        stores.templates.save(SENT, replace(OFF, store_id=OTHER))
