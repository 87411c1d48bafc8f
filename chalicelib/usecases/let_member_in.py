"""A customer whom their shop signed in comes to the store's chat, or writes the first message there (S2, S18).

The shop vouches for them with a signed identity; what opens is the chat page, by a link as any customer gets.
"""

from msgspec import Struct

from chalicelib.domain import chat_links, web_chat
from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.customers import Customer
from chalicelib.domain.errors import NotFound, Unavailable
from chalicelib.domain.events import CustomerChanged, MessageReceived, ShopCustomer
from chalicelib.domain.member_identity import MemberIdentity, read_identity
from chalicelib.domain.merchants import Connection, Store
from chalicelib.domain.routing import RouteKey

from .apply_customer_event import apply_customer_event
from .attempts import spend
from .invite_to_chat import link_of, link_token
from .ports import Deps
from .receive_message import receive_message

MOST_MESSAGES = 20
"""Of one customer in WINDOW, by this door."""
WINDOW = 600_000
"""Milliseconds."""


class Member(Struct, frozen=True, kw_only=True):
    """Who came, and to which store. `conversation`: the chat as it is; `ended`: it takes no messages, nor does a new
    one begin yet (D19)."""

    store: Store
    customer: Customer
    conversation: Conversation | None
    ended: bool = False


def let_member_in(identity: str, connection_id: str, deps: Deps) -> Member:
    """Raises NotFound (no such shop, or it lets nobody in), BadSignature (forged, too old), Unavailable."""
    connection = deps.directory.connection(connection_id)
    secret = "" if connection is None else deps.directory.secrets(connection).get("member_secret", "")
    if connection is None or not secret:
        raise NotFound
    said = read_identity(identity, secret, deps.clock.now())
    store = deps.directory.store(connection.store_id)
    if store is None or not store.messaging:
        raise NotFound
    customer = _customer(said, connection, deps)
    conversation = _chat_of(customer, store, deps)
    now = deps.clock.now()
    cool_until = None if conversation is None else conversation.cool_until(now)
    if conversation is None or (cool_until is not None and now >= cool_until):
        return Member(store=store, customer=customer, conversation=None)
    return Member(store=store, customer=customer, conversation=conversation, ended=cool_until is not None)


def write_as_member(member: Member, body: str, nonce: str, deps: Deps) -> None:
    """Begins the chat, or goes on with one that began since the form was shown; the same `nonce` again is the same
    message. Raises TooManyAttempts, Unavailable."""
    talk = member.conversation
    spend("member-message", member.customer.id, MOST_MESSAGES, WINDOW, deps)
    receive_message(
        MessageReceived(
            connection_id=web_chat.connection_id(member.store.id),
            provider_id=f"member.{member.customer.id}.{nonce}",
            channel=Channel.CHAT,
            sender=talk.customer_address if talk else Address(member.customer.id),
            recipient=web_chat.proxy(member.store).address,
            body=body,
            received_at=deps.clock.now(),
        ),
        deps,
    )


def chat_link_for(member: Member, deps: Deps) -> str | None:
    """Where the chat opens, for who is let in; None where there is nothing to open. The same link until the store
    takes its links back: coming often adds nothing to the table. Raises Unavailable."""
    conversation = member.conversation
    if conversation is None:
        return None
    seed = f"member.{conversation.id}.{conversation.links_from or 0}"
    link = link_of(conversation, seed, deps.clock.now(), deps)
    if not link.opens(conversation, link.created_at):
        return None
    deps.chat_links.keep(link)
    return chat_links.link(deps.site_url, link_token(seed, deps))


def _customer(said: MemberIdentity, connection: Connection, deps: Deps) -> Customer:
    """As the shop's webhooks know them; who has never ordered nor been reported is noted now, and whatever the shop
    reports of them later counts for more."""
    external = f"{connection.id}:{said.customer}"
    found = deps.customers.find_by(connection.merchant_id, "external", external)
    if found is None:
        shop_customer = ShopCustomer(
            external_id=said.customer, first_name=said.first_name, last_name=said.last_name, email=said.email
        )
        event = CustomerChanged(connection_id=connection.id, event_id="", customer=shop_customer, updated_at=0)
        apply_customer_event(event, deps)
        found = deps.customers.find_by(connection.merchant_id, "external", external)
    customer = deps.customers.find(found) if found is not None else None
    if customer is None:
        raise Unavailable
    return customer


def _chat_of(customer: Customer, store: Store, deps: Deps) -> Conversation | None:
    """Under the id of now, or of before a merge; one that lives comes before those that have ended."""
    now, ended = deps.clock.now(), None
    for known_as in customer.ids:
        key = RouteKey(Channel.CHAT, web_chat.proxy(store).address, Address(known_as))
        route = deps.conversations.find_route(key, consistent=True)
        conversation = None if route is None else deps.conversations.find(route.conversation_id)
        if conversation is not None and conversation.lives(now):
            return conversation
        ended = ended or conversation
    return ended
