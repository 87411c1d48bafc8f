"""What a store's people see of its templates: the standard ones first, then the others by name."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.errors import MessagingDisabled, NotFound
from chalicelib.domain.orders import OrderEvent
from chalicelib.domain.templates import Template, TemplateKind
from chalicelib.usecases.browse_templates import show_templates
from tests.support.world import ADA, BOB, MERCHANT, SEATTLE, World

MADE = Template(
    id="a", merchant_id=MERCHANT, store_id=SEATTLE, kind=TemplateKind.CUSTOM, name="b", texts={"en": "Hi"}, revision=1
)


def test_the_order(world: World) -> None:
    for made in (MADE, replace(MADE, id="b", name="A"), replace(MADE, id="c", kind=TemplateKind.QUICK_REPLY)):
        world.templates.save(made, None)
    found = show_templates(SEATTLE, ADA, world)[1]
    assert [each.id for each in found] == [*OrderEvent, "b", "a", "c"]


def test_strangers_see_nothing(world: World) -> None:
    with pytest.raises(NotFound):
        show_templates(SEATTLE, BOB, world)


def test_nothing_shows_while_messaging_is_off(world: World) -> None:
    world.change_store(messaging=False)
    with pytest.raises(MessagingDisabled):
        show_templates(SEATTLE, ADA, world)
