"""Somebody with the permission sees a customer's real addresses, and it is written down first (X7, X24)."""

from msgspec import Struct

from chalicelib.domain.addresses import Address
from chalicelib.domain.audit import AuditAct
from chalicelib.domain.errors import PermissionDenied
from chalicelib.domain.merchants import Permission

from .access import own_conversation
from .audit_entry import audited
from .ports import Deps


class RealAddresses(Struct, frozen=True, kw_only=True):
    address: Address
    """The conversation's own."""
    phones: tuple[Address, ...]
    emails: tuple[str, ...]


def unmask_customer(conversation_id: str, associate_id: str, deps: Deps) -> RealAddresses:
    """Each request is an entry of its own, also one whose answer gets lost.

    Raises NotFound, PermissionDenied, MessagingDisabled; Unavailable where it cannot be written down: then nothing is
    shown.
    """
    conversation, associate, _ = own_conversation(conversation_id, associate_id, deps)
    if not associate.may(Permission.UNMASK, conversation.store_id):
        raise PermissionDenied
    deps.audit.record(audited(AuditAct.UNMASKED, conversation, associate.id, deps))
    customer = deps.customers.find(conversation.customer_id)
    return RealAddresses(
        address=conversation.customer_address,
        phones=() if customer is None else customer.phones,
        emails=() if customer is None else customer.emails,
    )
