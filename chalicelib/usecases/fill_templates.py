"""Templates filled in for somebody: to be sent by hand (L10, N15), or to see what they come to (X20)."""

from collections.abc import Sequence

from msgspec import Struct

from chalicelib.domain.customers import Customer
from chalicelib.domain.errors import NotFound
from chalicelib.domain.merchants import Store
from chalicelib.domain.orders import Order
from chalicelib.domain.template_tokens import Filled, Problem, fill, parse
from chalicelib.domain.template_values import values
from chalicelib.domain.templates import Template, TemplateKind

from .access import messaging_store, own_conversation, signed_in
from .browse_templates import templates_of
from .ports import Deps


class ReadyText(Struct, frozen=True):
    """A template with its words as they are for one customer. `filled.missing` is to be asked for."""

    template: Template
    language: str
    filled: Filled


class Preview(Struct, frozen=True):
    """What a text comes to for the store's newest order. `order_number`: None where there is none."""

    filled: Filled
    problems: tuple[Problem, ...]
    order_number: str | None


def texts_for_conversation(conversation_id: str, associate_id: str, deps: Deps) -> Sequence[ReadyText]:
    """The custom templates and quick replies that are switched on. Raises NotFound, PermissionDenied,
    MessagingDisabled."""
    conversation, associate, store = own_conversation(conversation_id, associate_id, deps)
    order = deps.orders.find(conversation.order_id) if conversation.order_id else None
    return _ready(store, deps.customers.find(conversation.customer_id), order, associate.name, deps)


def texts_for_order(order_id: str, associate_id: str, deps: Deps) -> Sequence[ReadyText]:
    """As above, before there is a conversation."""
    associate = signed_in(associate_id, deps)
    order = deps.orders.find(order_id)
    if order is None:
        raise NotFound
    store = messaging_store(associate, order.store_id, deps)
    return _ready(store, deps.customers.find(order.customer_id), order, associate.name, deps)


def preview_template(store_id: str, associate_id: str, text: str, language: str, deps: Deps) -> Preview:
    """Raises NotFound, PermissionDenied, MessagingDisabled."""
    associate = signed_in(associate_id, deps)
    store = messaging_store(associate, store_id, deps)
    newest = next(iter(deps.orders.active(store.id, 0, 1, None).rows), None)
    order = None if newest is None else deps.orders.find(newest.id)
    customer = None if order is None else deps.customers.find(order.customer_id)
    parsed = parse(text)
    known = values(store, language, customer=customer, order=order, associate=associate.name)
    return Preview(fill(parsed, known), parsed.problems, None if order is None else order.number)


def _ready(
    store: Store, customer: Customer | None, order: Order | None, associate: str, deps: Deps
) -> Sequence[ReadyText]:
    mine = [each for each in templates_of(store, deps) if each.kind is not TemplateKind.STANDARD and each.active]
    return [_filled(each, store, customer, order, associate) for each in mine]


def _filled(
    template: Template, store: Store, customer: Customer | None, order: Order | None, associate: str
) -> ReadyText:
    language, text = template.text_for("", store.language)
    known = values(store, language, customer=customer, order=order, associate=associate)
    return ReadyText(template, language, fill(parse(text), known))
