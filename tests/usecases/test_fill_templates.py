"""Templates filled in for a conversation, for an order, and for a manager who writes one (L10, N15, X20)."""

from msgspec.structs import replace

from chalicelib.domain.template_tokens import Filled
from chalicelib.domain.templates import Template, TemplateKind
from chalicelib.usecases.fill_templates import (
    ReadyText,
    preview_template,
    texts_for_conversation,
    texts_for_order,
)
from tests.support.world import ADA, MERCHANT, MIA, SEATTLE, World

MADE = Template(
    id="a", merchant_id=MERCHANT, store_id=SEATTLE, kind=TemplateKind.CUSTOM, name="Ready",
    texts={"en": "Hi [[firstname]], [[order.number]] is ready. [[associate.name]]", "de": "Hallo [[firstname]]"},
    revision=1,
)  # fmt: skip


def texts(found: object) -> list[tuple[str, tuple[str, ...]]]:
    assert isinstance(found, list)
    assert all(isinstance(each, ReadyText) for each in found)
    return [(each.filled.text, each.filled.missing) for each in found]


def test_for_a_conversation_about_an_order(world: World) -> None:
    world.templates.save(MADE, None)
    conversation_id = world.start(world.order())
    assert texts(texts_for_conversation(conversation_id, ADA, world)) == [("Hi Carla, #1001 is ready. Ada", ())]


def test_for_an_order_before_there_is_a_conversation(world: World) -> None:
    world.templates.save(MADE, None)
    assert texts(texts_for_order(world.order().id, MIA, world)) == [("Hi Carla, #1001 is ready. Mia", ())]


def test_what_is_missing_is_named(world: World) -> None:
    world.templates.save(MADE, None)
    world.text("Hello")
    assert texts(texts_for_conversation(world.conversation_of().id, ADA, world)) == [
        ("Hi [[firstname]], [[order.number]] is ready. Ada", ("firstname", "order.number"))
    ]


def test_the_stores_language_is_taken(world: World) -> None:
    world.templates.save(MADE, None)
    world.change_store(language="de")
    assert texts(texts_for_order(world.order().id, ADA, world)) == [("Hallo Carla", ())]


def test_what_is_switched_off_or_standard_is_not_offered(world: World) -> None:
    world.templates.save(replace(MADE, active=False), None)
    assert texts(texts_for_order(world.order().id, ADA, world)) == []


def test_a_preview_shows_the_newest_order(world: World) -> None:
    world.order()
    found = preview_template(SEATTLE, MIA, "Hi [[firstname]] [[order.itmes]]", "en", world)
    assert (found.filled, found.order_number) == (Filled("Hi Carla [[order.itmes]]"), "#1001")
    assert [(each.start, each.end, each.nearest) for each in found.problems] == [(17, 32, "order.items")]


def test_a_preview_without_any_order_names_what_is_missing(world: World) -> None:
    found = preview_template(SEATTLE, MIA, "[[store.name]] [[order.number]]", "en", world)
    assert (found.filled.missing, found.order_number) == (("order.number",), None)
