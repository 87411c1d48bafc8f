"""The clock: unread answers on the chat page go out as one mail that leads there (S15-S17, S25).

The row that made the clock look goes away in the transaction that adds the mail: whatever stops, crashes or meets
another run, nothing goes out twice.
"""

from msgspec import Struct, field
from msgspec.structs import replace

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.consent import ConsentKey, ConsentState
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.masking import mask_these
from chalicelib.domain.merchants import Proxy
from chalicelib.domain.messages import Message, MessageKind
from chalicelib.domain.unread_replies import AGAIN, UnreadReply, mail_body, unread

from . import compose
from .await_reading import stores_mailbox
from .invite_to_chat import link_of
from .ports import Append, Appended, Deps, Once

_PAGE = 25
_LOOKED_BACK = 50
"""Messages among which unread answers are looked for: as many as the page shows at first."""
_PUT_ASIDE = 900_000
"""Milliseconds after which one is looked at again that only makes us fail."""


class Mailed(Struct):
    """What a run came to. `finished`: time sufficed for all; else the next run goes on."""

    mailed: int = 0
    finished: bool = True
    seen: set[str] = field(default_factory=set)


class _Way(Struct, frozen=True):
    """From where to where the mail goes."""

    store_name: str
    mailbox: Proxy
    address: Address


def mail_unread_replies(now: int, stop_at: int, deps: Deps) -> Mailed:
    """Works off what is due at `now`; begins none from `stop_at` (on the clock) on. Safe to repeat and to run twice
    at once."""
    run, cursor = Mailed(), None
    while True:
        page = deps.unread_replies.due(now, _PAGE, cursor)
        for conversation_id in page.rows:
            if deps.clock.now() >= stop_at:
                run.finished = False
                return run
            if conversation_id not in run.seen:
                run.seen.add(conversation_id)
                _try(conversation_id, now, run, deps)
        cursor = page.cursor
        if cursor is None:
            return run


def _try(conversation_id: str, now: int, run: Mailed, deps: Deps) -> None:
    try:
        waiting = deps.unread_replies.find(conversation_id)
        if waiting is not None and waiting.due_at <= now:
            run.mailed += _look(waiting, now, deps)
    except Unavailable:
        deps.log.warning("reply_not_mailed", conversation_id=conversation_id)
    except Exception as error:  # a mistake of ours, such as a row that cannot be read: it goes behind the others
        deps.log.failure("mailing_reply_failed", error)
        _put_aside(conversation_id, now + _PUT_ASIDE, deps)


def _put_aside(conversation_id: str, until: int, deps: Deps) -> None:
    try:
        deps.unread_replies.put_aside(conversation_id, until)
    except Unavailable:
        deps.log.warning("reply_not_mailed", conversation_id=conversation_id)


def _look(waiting: UnreadReply, now: int, deps: Deps) -> bool:
    """Whether a mail goes out. What is said meanwhile refuses it: the next run decides anew."""
    thread = deps.conversations.thread(waiting.conversation_id, _LOOKED_BACK, None)
    if thread is not None and thread.conversation.last_message_id < waiting.last_message_id:
        return False  # the copy that was read is older than the answer: the next run sees it
    found = None if thread is None else unread(thread.messages.rows)
    if found is not None and found.on_its_way:
        deps.unread_replies.put_aside(waiting.conversation_id, now + AGAIN)
        return False
    way = _way(thread.conversation, deps) if thread is not None and found is not None and found.messages else None
    if thread is None or found is None or way is None:
        deps.unread_replies.forget(waiting)
        return False
    return _mail(waiting, thread.conversation, found.messages, way, deps)


def _way(conversation: Conversation, deps: Deps) -> _Way | None:
    """None: nobody is to be mailed, or can be."""
    store = deps.directory.store(conversation.store_id)
    if not _may_be_told(conversation, deps) or store is None or not store.messaging:
        return None
    mailbox, customer = stores_mailbox(store, deps), deps.customers.find(conversation.customer_id)
    if mailbox is None or customer is None or not customer.emails:
        return None
    address = Address(customer.emails[0])
    key = ConsentKey(conversation.merchant_id, Channel.EMAIL, address, conversation.consent_scope)
    consent = deps.consents.state(key)
    if consent is not None and consent.state is ConsentState.OPTED_OUT:
        return None
    return _Way(store.name, mailbox, address)


def _may_be_told(conversation: Conversation, deps: Deps) -> bool:
    return (
        conversation.channel == Channel.CHAT and not conversation.opted_out and conversation.is_open(deps.clock.now())
    )


def _mail(
    waiting: UnreadReply, conversation: Conversation, replies: tuple[Message, ...], way: _Way, deps: Deps
) -> bool:
    now = deps.clock.now()
    seed = f"reply.{conversation.id}.{conversation.links_from or 0}"
    deps.chat_links.keep(link_of(conversation, seed, now, deps))  # the same one each time; those from before still open
    message = compose.written(
        conversation,
        compose.next_id(conversation.last_message_id, now, deps),
        mask_these(mail_body(way.store_name, replies), _mailboxes(replies, deps)),
        now,
        author_id=None,
        author_name=replies[-1].author_name,
    )
    mail = replace(
        message,
        kind=MessageKind.CHAT_REPLY,
        channel=Channel.EMAIL,
        proxy=way.mailbox.address,
        connection_id=way.mailbox.connection_id,
        customer_address=way.address,
        link_seed=seed,
    )
    once = Once("chat-reply", waiting.last_message_id, result=mail.id)
    command = Append(once=once, messages=(mail,), expected=conversation, mailed=waiting)
    return isinstance(deps.conversations.append(command), Appended)


def _mailboxes(replies: tuple[Message, ...], deps: Deps) -> list[str]:
    """Of those who answered: nobody's own goes out (X7)."""
    authors = dict.fromkeys(each.author_id for each in replies if each.author_id)
    found = [deps.directory.associate(each) for each in authors]
    return [each.email for each in found if each is not None]
