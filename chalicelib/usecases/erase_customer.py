"""A manager has a customer erased, wherever the merchant has something of them (X13; docs/privacy.md)."""

from collections.abc import Sequence

from chalicelib.domain.audit import AuditAct
from chalicelib.domain.customers import Customer
from chalicelib.domain.erasures import Erasure, erasure_of
from chalicelib.domain.errors import InvalidInput, NotFound, PermissionDenied
from chalicelib.domain.merchants import Permission, Store

from .access import orders_store, own_conversation, signed_in
from .audit_entry import audited_in_store
from .browse_orders import show_order
from .merge_customers import Other
from .ports import Deps

SHOWN = 50


def erase_customer(whose: Other, associate_id: str, deps: Deps) -> Erasure:
    """It is done in the background, within a minute and a quarter of an hour; asked for twice, it is one erasure.

    Raises NotFound, PermissionDenied, MessagingDisabled, InvalidInput.
    """
    store, customer = customer_behind(whose, Permission.ERASE, associate_id, deps)
    asked = erasure_of(customer, customer.id, store.id, associate_id, deps.clock.now())
    begun = deps.erasures.begin(asked, audited_in_store(AuditAct.CUSTOMER_ERASED, store, associate_id, deps))
    deps.log.info("erasure_begun", erasure_id=begun.id, by=associate_id)
    return begun


def list_erasures(store_id: str, associate_id: str, deps: Deps) -> Sequence[Erasure]:
    """Those that were asked for in a store, the latest first. Raises NotFound, PermissionDenied."""
    associate = signed_in(associate_id, deps)
    store = orders_store(associate, store_id, deps)
    if not associate.may(Permission.ERASE, store.id):
        raise PermissionDenied
    return sorted(deps.erasures.of_store(store.id, SHOWN), key=lambda each: each.requested_at, reverse=True)


def customer_behind(whose: Other, needed: Permission, associate_id: str, deps: Deps) -> tuple[Store, Customer]:
    """The customer of something that the associate may see, and the store that it is in, where they have a permission.

    Raises NotFound, PermissionDenied, MessagingDisabled, InvalidInput.
    """
    associate = signed_in(associate_id, deps)
    if whose.conversation_id and not whose.order_id:
        conversation, _, store = own_conversation(whose.conversation_id, associate_id, deps)
        customer_id = conversation.customer_id
    elif whose.order_id and not whose.conversation_id:
        order = show_order(whose.order_id, associate_id, deps)
        store, customer_id = orders_store(associate, order.store_id, deps), order.customer_id
    else:
        raise InvalidInput("Name a conversation or an order of the customer.")
    if not associate.may(needed, store.id):
        raise PermissionDenied
    customer = deps.customers.find(customer_id)
    if customer is None:
        raise NotFound
    return store, customer
