"""Colleagues give customers tags, and take them away (S13)."""

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.errors import ChangedMeanwhile, NotFound
from chalicelib.domain.tags import Tags, retagged

from .access import own_conversation
from .ports import CustomerUpsert, Deps

_ATTEMPTS = 5


class TagChange(Struct, frozen=True):
    """Of a conversation's customer. The same change again changes nothing."""

    conversation_id: str
    associate_id: str
    add: Tags
    remove: Tags


def tag_customer(change: TagChange, deps: Deps) -> Tags:
    """What they have then. Raises NotFound, PermissionDenied, MessagingDisabled, InvalidInput, ChangedMeanwhile."""
    conversation, _, _ = own_conversation(change.conversation_id, change.associate_id, deps)
    for _attempt in range(_ATTEMPTS):
        was = deps.customers.find(conversation.customer_id)
        if was is None:
            raise NotFound
        tags = retagged(was.tags or (), change.add, change.remove)
        if tags == (was.tags or ()):
            return tags
        tagged = replace(was, tags=tags or None, updated_at=deps.clock.now())
        if deps.customers.upsert(CustomerUpsert(customer=tagged, customer_was=was)):
            return tags
    raise ChangedMeanwhile
