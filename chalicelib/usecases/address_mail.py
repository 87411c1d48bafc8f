"""What a mail of ours says of itself: from whom, where answers go, what it answers (X7, X15, H17)."""

from chalicelib.domain import reply_tokens
from chalicelib.domain.mail import Mail, answer_subject, threading
from chalicelib.domain.masking import mask_mailboxes, mask_these
from chalicelib.domain.messages import Direction, Message, MessageKind
from chalicelib.domain.unread_replies import mail_subject

from .invite_to_chat import words_of
from .ports import Deps, OutgoingMail, Thread

_LOOKED_BACK = 30


def outgoing_mail(message: Message, reference: str, deps: Deps) -> OutgoingMail:
    """One query. The address it is sent from is the proxy's, and so is the one for answers, with a token in it."""
    thread = deps.conversations.thread(message.conversation_id, _LOOKED_BACK, None)
    before = [] if thread is None else _before(message, thread)
    received = [each.mail for each in before if each.mail is not None and not each.mail.other_sender]
    store = deps.directory.store(message.store_id)
    store_name = "" if store is None else store.name
    token = deps.reply_tokens.issue(message.proxy, message.conversation_id, deps.clock.now())
    return OutgoingMail(
        from_name=_from_name(message, store_name),
        reply_to=reply_tokens.joined(message.proxy, token),
        subject=_subject(message, thread, received, store_name),
        threading=threading(received, [each.provider_id for each in before if _was_sent(each) and each.provider_id]),
        automatic=message.kind is not MessageKind.TEXT,
        unsubscribe_url=_unsubscribe_url(message, deps),
        reference=reference,
        card=message.card,
    )


def outgoing_body(message: Message, deps: Deps) -> str:
    """As it was written, without the private mailboxes of both sides: nobody gives one away by quoting it (X7)."""
    author = deps.directory.associate(message.author_id) if message.author_id else None
    return mask_these(words_of(message, deps), [message.customer_address, *([] if author is None else [author.email])])


def _unsubscribe_url(message: Message, deps: Deps) -> str:
    if not message.unprompted:
        return ""
    from .unsubscribe import unsubscribe_url  # answers do not pay for it

    return unsubscribe_url(message, deps)


def _before(message: Message, thread: Thread) -> list[Message]:
    """The mails before it, oldest first."""
    rows = thread.messages.rows
    return [each for each in reversed(rows) if each.id < message.id and each.channel == message.channel]


def _was_sent(each: Message) -> bool:
    return each.direction is Direction.OUTBOUND and each.provider_id is not None


def _from_name(message: Message, store_name: str) -> str:
    """The associate at the store; mailboxes that somebody put into a name do not go out."""
    return mask_mailboxes(" at ".join(name for name in (message.author_name, store_name) if name))


def _subject(message: Message, thread: Thread | None, received: list[Mail], store_name: str) -> str:
    if message.kind is MessageKind.CHAT_REPLY:
        return mail_subject(store_name, None if thread is None else thread.conversation.order_number)
    asked = next((mail.subject for mail in reversed(received) if mail.subject.strip()), "")
    return answer_subject(asked) if asked else f"Message from {store_name}".strip()
