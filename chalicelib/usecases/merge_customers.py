"""An associate says that two customers are the same person, or takes that back (X11; docs/customers.md).

One transaction each, however much the two have: what was the other one's keeps their id, and that leads on to the one
who is kept. Only the names that lists show are written one by one (follow_names).
"""

from msgspec import Struct

from chalicelib.domain.audit import AuditAct
from chalicelib.domain.customers import MOST_MERGED, Customer
from chalicelib.domain.errors import ChangedMeanwhile, InvalidInput, NotFound
from chalicelib.domain.merges import merged, parted

from .access import own_conversation
from .audit_entry import audited
from .browse_orders import show_order
from .follow_names import follow_names
from .ports import Deps, MergeCommand
from .show_customer import CustomerSheet, show_customer

_ATTEMPTS = 4
"""Each loss of a race means that a shop or a colleague changed one of the two."""


class Other(Struct, frozen=True):
    """The customer to merge, by something of theirs that the associate may see: one of the two."""

    conversation_id: str | None = None
    order_id: str | None = None


def merge_customers(
    conversation_id: str, other: Other, associate_id: str, deps: Deps, *, keep_other: bool = False
) -> CustomerSheet:
    """Who is kept: the conversation's customer, unless `keep_other`. Of two who are one already, nothing changes.

    Raises NotFound, PermissionDenied, MessagingDisabled, InvalidInput (also: too many), ChangedMeanwhile.
    """
    conversation, associate, _ = own_conversation(conversation_id, associate_id, deps)
    ids = (conversation.customer_id, _customer_id(other, associate_id, deps))
    for _ in range(_ATTEMPTS):
        kept, gone = (_customer(each, deps) for each in (reversed(ids) if keep_other else ids))
        if kept.id == gone.id:
            return show_customer(conversation_id, associate_id, deps)
        _check(kept, gone)
        both, tombstone = merged(
            kept, gone, deps.customers.merged_into(kept), associate.id, associate.name, deps.clock.now()
        )
        entry = audited(AuditAct.CUSTOMERS_MERGED, conversation, associate.id, deps)
        if deps.customers.change_both(MergeCommand((kept, both), (gone, tombstone)), entry):
            deps.log.info("customers_merged", kept=kept.id, other=gone.id, by=associate.id)
            return show_customer(conversation_id, associate_id, deps)
    raise ChangedMeanwhile


def undo_merge(conversation_id: str, merged_id: str, associate_id: str, deps: Deps) -> CustomerSheet:
    """The conversation's customer, as they are then. What is undone already stays so.

    Raises NotFound, PermissionDenied, MessagingDisabled, ChangedMeanwhile.
    """
    conversation, associate, _ = own_conversation(conversation_id, associate_id, deps)
    for _ in range(_ATTEMPTS):
        kept = _customer(conversation.customer_id, deps)
        tombstones = deps.customers.merged_into(kept)
        gone = next((each for each in tombstones if each.id == merged_id), None)
        if gone is None:
            _check_merchant(kept, _customer(merged_id, deps))
            return show_customer(conversation_id, associate_id, deps)
        alone, other = parted(kept, gone, [each for each in tombstones if each.id != gone.id], deps.clock.now())
        entry = audited(AuditAct.MERGE_UNDONE, conversation, associate.id, deps)
        if deps.customers.change_both(MergeCommand((kept, alone), (gone, other)), entry):
            deps.log.info("merge_undone", kept=kept.id, other=gone.id, by=associate.id)
            for each in (alone, other):
                follow_names(each, deps)
            return show_customer(conversation_id, associate_id, deps)
    raise ChangedMeanwhile


def _check(kept: Customer, gone: Customer) -> None:
    _check_merchant(kept, gone)
    if len(kept.ids) + len(gone.ids) > MOST_MERGED + 1:
        raise InvalidInput(f"At most {MOST_MERGED} customers can be merged into one.")


def _check_merchant(kept: Customer, other: Customer) -> None:
    if kept.merchant_id != other.merchant_id:
        raise NotFound


def _customer_id(other: Other, associate_id: str, deps: Deps) -> str:
    if other.conversation_id and not other.order_id:
        return own_conversation(other.conversation_id, associate_id, deps)[0].customer_id
    if other.order_id and not other.conversation_id:
        return show_order(other.order_id, associate_id, deps).customer_id
    raise InvalidInput("Name a conversation or an order of the other customer.")


def _customer(customer_id: str, deps: Deps) -> Customer:
    customer = deps.customers.find(customer_id)
    if customer is None:
        raise NotFound
    return customer
