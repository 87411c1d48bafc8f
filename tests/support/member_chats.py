"""A member's conversation with the store, as the member page begins it."""

from chalicelib.usecases.let_member_in import let_member_in, write_as_member

from .mail import CARLAS_MAIL
from .members import identity
from .world import SHOP, World


def chat_of_member(world: World, body: str = "Do you have these in blue?", email: str = CARLAS_MAIL) -> str:
    """The id of the conversation that they begin, or go on with."""
    for words in (body, ""):
        member = let_member_in(identity(world.clock.now(), email=email), SHOP, world)
        if words:
            write_as_member(member, words, world.key(), world)
    assert member.conversation is not None
    return member.conversation.id
