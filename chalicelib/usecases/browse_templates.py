"""A store's templates and quick replies, as its people see them (L8, L15, N15)."""

from collections.abc import Sequence

from msgspec.structs import replace

from chalicelib.domain.merchants import Store
from chalicelib.domain.orders import OrderEvent
from chalicelib.domain.standard_texts import FOR_MERCHANT, standard, switched_on
from chalicelib.domain.templates import FOLLOW_UP_DAYS, Template, TemplateKind

from .access import messaging_store, signed_in
from .ports import Deps


def show_templates(store_id: str, associate_id: str, deps: Deps) -> tuple[Store, Sequence[Template]]:
    """Standard ones in the order of their events, then the others by name. Raises NotFound, PermissionDenied,
    MessagingDisabled."""
    store = messaging_store(signed_in(associate_id, deps), store_id, deps)
    return store, templates_of(store, deps)


def templates_of(store: Store, deps: Deps) -> Sequence[Template]:
    """One query."""
    stored = {each.id: each for each in deps.templates.of_store(store.id)}
    own = [each for each in stored.values() if each.kind is not TemplateKind.STANDARD and not each.deleted]
    return (
        *(with_defaults(event, stored.get(event.value), store) for event in OrderEvent),
        *sorted(own, key=lambda template: (template.kind.value, template.name.casefold(), template.id)),
    )


def with_defaults(event: OrderEvent, stored: Template | None, store: Store) -> Template:
    """The store's own words for an event, else those that it came with."""
    if stored is not None and not stored.deleted:
        return stored
    came = standard(event, store.merchant_id, store.id)
    return came if stored is None else replace(came, revision=stored.revision)


def active_events(store: Store, deps: Deps) -> frozenset[OrderEvent]:
    """At which events the store's customers, and the merchant's own phone, get a text; from the set-up alone."""
    on = switched_on(deps.directory.automatic_switches(store.id))
    told = on if store.automatic_texts else on & FOR_MERCHANT
    return told if store.merchant_phone else told - FOR_MERCHANT


def follow_up_days(store: Store, deps: Deps) -> int:
    """After how many days a follow-up goes out; from the set-up alone."""
    switches = deps.directory.automatic_switches(store.id)
    return FOLLOW_UP_DAYS if switches is None else switches.follow_up_days
