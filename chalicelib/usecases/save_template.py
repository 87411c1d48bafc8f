"""Managers make, change, switch off and delete templates (L9, L15, L23); standard ones go back to how they came."""

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.errors import ChangedMeanwhile, InvalidInput, NotFound
from chalicelib.domain.merchants import Store
from chalicelib.domain.orders import OrderEvent
from chalicelib.domain.standard_texts import FOR_MERCHANT, standard, switched_on
from chalicelib.domain.templates import (
    FOLLOW_UP_DAYS,
    MOST_TEMPLATES,
    AutomaticSwitches,
    Template,
    TemplateKind,
    checked,
    checked_name,
)

from .access import managed_store, signed_in
from .ports import Deps

_EVENTS = frozenset(event.value for event in OrderEvent)


class SaveCommand(Struct, frozen=True, kw_only=True):
    """`revision`: the one that was seen; 0 makes it. Whoever makes one chooses its id, so that a repeat is none."""

    store_id: str
    associate_id: str
    template_id: str
    kind: TemplateKind
    name: str
    texts: dict[str, str]
    active: bool
    transactional: bool
    delay_days: int
    """Read for the follow-up alone."""
    revision: int


def save_template(command: SaveCommand, deps: Deps) -> Template:
    """As it is from now on. A repeat changes nothing. Raises NotFound, PermissionDenied, InvalidInput,
    ChangedMeanwhile."""
    store = managed_store(signed_in(command.associate_id, deps), command.store_id, deps)
    if (command.kind is TemplateKind.STANDARD) is not (command.template_id in _EVENTS):
        raise InvalidInput("Standard templates are those of the events, and no others.", field="kind")
    stored = deps.templates.find(store.id, command.template_id)
    wanted = _wanted(command, store)
    if stored is not None and wanted == stored:
        return stored
    if stored is None and command.revision:
        raise NotFound
    if stored is None and wanted.kind is not TemplateKind.STANDARD:
        _require_room(store, deps)
    if stored is not None and stored.kind is not wanted.kind:
        raise InvalidInput("A template stays of the kind that it is.", field="kind")
    return _saved(wanted, stored, store, deps)


def delete_template(store_id: str, template_id: str, associate_id: str, deps: Deps) -> None:
    """A custom one is gone; a standard one is as it came. Safe to repeat. Raises NotFound, PermissionDenied."""
    store = managed_store(signed_in(associate_id, deps), store_id, deps)
    stored = deps.templates.find(store.id, template_id)
    if stored is None and template_id not in _EVENTS:
        raise NotFound
    if stored is not None and not stored.deleted:
        _saved(replace(_emptied(stored), revision=stored.revision + 1), stored, store, deps)


def _emptied(template: Template) -> Template:
    """Gone, or as it came."""
    if template.kind is not TemplateKind.STANDARD:
        return replace(template, deleted=True)
    came = standard(OrderEvent(template.id), template.merchant_id, template.store_id)
    as_it_came = {name: getattr(came, name) for name in ("active", "transactional", "delay_days")}
    return replace(template, **as_it_came, deleted=True)


def _wanted(command: SaveCommand, store: Store) -> Template:
    own, later = command.kind is not TemplateKind.STANDARD, command.template_id == OrderEvent.FOLLOW_UP
    at_night = command.template_id in FOR_MERCHANT or (command.transactional and not later)
    return Template(
        id=command.template_id,
        merchant_id=store.merchant_id,
        store_id=store.id,
        kind=command.kind,
        name=checked_name(command.name) if own else "",
        texts=checked(command.texts),
        active=command.active,
        transactional=at_night,
        delay_days=command.delay_days if later else FOLLOW_UP_DAYS,
        revision=command.revision + 1,
    )


def _saved(wanted: Template, stored: Template | None, store: Store, deps: Deps) -> Template:
    """Under the revision that was seen. A standard one brings its switch along."""
    before = 0 if stored is None else stored.revision
    if wanted.revision != before + 1 or not deps.templates.save(wanted, _switches(wanted, store, deps)):
        raise ChangedMeanwhile
    deps.log.info("template_saved", store_id=store.id, template_id=wanted.id, deleted=int(wanted.deleted))
    return wanted


def _switches(wanted: Template, store: Store, deps: Deps) -> AutomaticSwitches | None:
    """From all that is stored: the set-up at hand may be older than the last switch."""
    if wanted.kind is not TemplateKind.STANDARD:
        return None
    known = {each.id: each for each in deps.templates.of_store(store.id)} | {wanted.id: wanted}
    came = switched_on(None)
    on = {event for event in OrderEvent if (known[event].active if event in known else event in came)}
    later = known.get(OrderEvent.FOLLOW_UP)
    return AutomaticSwitches(
        store_id=store.id,
        merchant_id=store.merchant_id,
        on=frozenset(on) - FOR_MERCHANT,
        merchant_off=FOR_MERCHANT - on,
        follow_up_days=FOLLOW_UP_DAYS if later is None else later.delay_days,
    )


def _require_room(store: Store, deps: Deps) -> None:
    own = [each for each in deps.templates.of_store(store.id) if each.kind is not TemplateKind.STANDARD]
    if sum(not each.deleted for each in own) >= MOST_TEMPLATES:
        raise InvalidInput("A store has at most 50 templates and quick replies.", limit=MOST_TEMPLATES)
