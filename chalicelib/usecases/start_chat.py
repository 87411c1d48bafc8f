"""A store's conversation starts on the chat page: what leads the customer there has no content (D1, D15, D16)."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain import invitations, web_chat
from chalicelib.domain.addresses import Address, Channel, can_be_texted
from chalicelib.domain.consent import ConsentKey, ConsentState
from chalicelib.domain.conversations import Conversation, ConversationKind
from chalicelib.domain.customers import Customer
from chalicelib.domain.errors import CustomerUnreachable, OptedOut
from chalicelib.domain.media import Media
from chalicelib.domain.merchants import Associate, ChatLinkSetting, Store
from chalicelib.domain.orders import Order
from chalicelib.domain.routing import Route, RouteKey

from . import compose
from .allocate_proxy import mailbox_of
from .charge_credits import charged
from .invite_to_chat import Door, link_of
from .invite_to_chat import invitations as invite
from .ports import Deps, Once, Opening


class ChatStart(Struct, frozen=True, kw_only=True):
    """What is known before the first attempt."""

    store: Store
    associate: Associate
    order: Order
    customer: Customer
    body: str
    doors: tuple[Door, ...]


def doors_to(
    customer: Customer, order_phone: Address | None, store: Store, associate_id: str, deps: Deps
) -> tuple[Door, ...]:
    """How this customer is told of the chat, as the store's `chat_link` says and as far as there are addresses.

    Without a mailbox of the store, or an e-mail address of the customer, the text has the link. Raises
    CustomerUnreachable, OptedOut (of any of these channels, or of chat itself).
    """
    text, mail = _text(customer, order_phone, store), _mail(customer, store, associate_id, deps)
    doors: list[Door] = []
    if mail is not None and store.chat_link in (ChatLinkSetting.IN_MAIL, ChatLinkSetting.BOTH):
        doors.append(mail)
    if text is not None:
        elsewhere = bool(doors) and store.chat_link is ChatLinkSetting.IN_MAIL
        words = invitations.text_about_mail if elsewhere else invitations.text_with_link
        doors.append(replace(text, body=words(store.name)))
    if not doors:
        raise CustomerUnreachable
    for channel, address in [(Channel.CHAT, customer.id), *((door.channel, door.address) for door in doors)]:
        _require_no_opt_out(store, channel, Address(address), deps)
    return tuple(doors)


def chat_opening(
    start: ChatStart,
    held: Callable[[Route | None], Conversation | None],
    once: Callable[[str], Once],
    media: Callable[[Conversation], tuple[Media, ...]],
    deps: Deps,
) -> Opening:
    """The conversation with its first message, and the invitations behind that: it can be read when they arrive.

    `held`: the conversation that a route still leads to; `once`: of the request that leads to a conversation;
    `media`: the pictures of its first message.
    """
    now, proxy = deps.clock.now(), web_chat.proxy(start.store)
    key = RouteKey(Channel.CHAT, proxy.address, Address(start.customer.id))
    route = deps.conversations.find_route(key, consistent=True)
    stored = held(route)
    conversation = _conversation(start, stored, now, deps)
    first = compose.written(
        conversation,
        compose.next_id(conversation.last_message_id, now, deps),
        start.body,
        now,
        author_id=start.associate.id,
        author_name=start.associate.name,
        media=media(conversation),
    )
    seed = deps.ids.token()
    invited = invite(conversation, first.id, start.doors, seed, now, start.associate)
    sent = tuple(charged(each, deps) for each in invited)
    last = sent[-1].id
    return Opening(
        once=once(conversation.id),
        conversation=replace(conversation.with_message(first), last_message_id=last, last_outbound_id=last),
        was=stored,
        route=Route(
            key=key, merchant_id=start.store.merchant_id, store_id=start.store.id, conversation_id=conversation.id
        ),
        route_was=route,
        messages=(first, *sent),
        order=start.order.in_conversation(conversation.id),
        link=link_of(conversation, seed, now, deps),
    )


def _text(customer: Customer, order_phone: Address | None, store: Store) -> Door | None:
    address = next((phone for phone in (order_phone, *customer.phones) if phone and can_be_texted(phone)), None)
    if address is None or store.proxy is None or store.connection_id is None:
        return None
    return Door(channel=Channel.SMS, proxy=store.proxy, connection_id=store.connection_id, address=address, body="")


def _mail(customer: Customer, store: Store, associate_id: str, deps: Deps) -> Door | None:
    mailbox = mailbox_of(store, associate_id, deps)
    if mailbox is None or not customer.emails:
        return None
    return Door(
        channel=Channel.EMAIL,
        proxy=mailbox.address,
        connection_id=mailbox.connection_id,
        address=Address(customer.emails[0]),
        body=invitations.mail_with_link(store.name),
    )


def _require_no_opt_out(store: Store, channel: Channel, address: Address, deps: Deps) -> None:
    consent = deps.consents.state(ConsentKey(store.merchant_id, channel, address, store.consent_scope_id))
    if consent is not None and consent.state is ConsentState.OPTED_OUT:
        raise OptedOut


def _conversation(start: ChatStart, stored: Conversation | None, now: int, deps: Deps) -> Conversation:
    """The one that this customer has with this store on this channel, taken up again (X2); else a new one."""
    if stored is not None:
        return replace(
            stored.reopened(now),
            customer_name=start.customer.name,
            order_id=start.order.id,
            order_number=start.order.number,
            opted_out=False,
        )
    return Conversation(
        id=deps.ids.ulid(now),
        merchant_id=start.store.merchant_id,
        store_id=start.store.id,
        connection_id=web_chat.connection_id(start.store.id),
        customer_id=start.customer.id,
        customer_name=start.customer.name,
        kind=ConversationKind.ORDER,
        channel=Channel.CHAT,
        proxy=web_chat.proxy(start.store).address,
        customer_address=Address(start.customer.id),
        consent_scope=start.store.consent_scope_id,
        order_id=start.order.id,
        order_number=start.order.number,
        created_at=now,
        last_activity_at=now,
    )
