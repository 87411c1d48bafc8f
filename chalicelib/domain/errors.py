"""Every refusal that a person or a program can get, as one hierarchy with one code each.

`api/errors.py` maps the classes to HTTP statuses; `docs/errors.md` lists the codes, and a test keeps it complete.
"""


class CounterlineError(Exception):
    """A refusal with a stable code (for programs) and a message (for people, without personal data)."""

    code = "internal"
    message = "Something went wrong on our side."

    def __init__(self, message: str | None = None, **details: str | int) -> None:
        super().__init__(message or self.message)
        self.details = details


class NotFound(CounterlineError):
    """It does not exist, or it belongs to a store the caller has nothing to do with."""

    code = "not_found"
    message = "There is nothing here, or it is not yours to see."


class PermissionDenied(CounterlineError):
    """The store is the caller's own, but the permission is missing."""

    code = "permission_denied"
    message = "Your account lacks the permission for this."


class MessagingDisabled(CounterlineError):
    """The store's `messaging` feature flag is off (D4)."""

    code = "messaging_disabled"
    message = "Messaging is switched off for this store."


class ContactsDisabled(CounterlineError):
    """The store does without contacts and reminders (H15)."""

    code = "contacts_disabled"
    message = "Contacts and reminders are switched off for this store."


class InvalidInput(CounterlineError):
    """The request is understood as HTTP but not as what this route takes."""

    code = "invalid_input"
    message = "The request does not have the form that this address takes."


class TooLarge(CounterlineError):
    """The body is larger than this route takes."""

    code = "too_large"
    message = "The request is too large."


class BadSignature(CounterlineError):
    """A webhook whose signature is missing or wrong, a forged reference, a used or expired ticket."""

    code = "bad_signature"
    message = "The signature is missing or wrong."


class Unavailable(CounterlineError):
    """A part we depend on refuses for the moment; the same request may succeed later."""

    code = "unavailable"
    message = "Busy for the moment. Please try again."


class OptedOut(CounterlineError):
    """The customer has opted out in this scope: nothing may be sent (N9)."""

    code = "opted_out"
    message = "This customer has opted out and cannot be messaged."


class OptOutStands(CounterlineError):
    """The opt-out is no reading of ours: a keyword, the provider or another conversation brought it about (X6)."""

    code = "opt_out_stands"
    message = "Only the customer can take this opt-out back."


class OptInPending(CounterlineError):
    """The customer was asked whether they want messages and has not answered (N7), or was asked not long ago."""

    code = "opt_in_pending"
    message = "This customer has been asked whether they want messages, and has not answered yet."


class ConversationEnded(CounterlineError):
    """The conversation is closed, expired or deleted."""

    code = "conversation_ended"
    message = "This conversation has ended."


class WindowClosed(CounterlineError):
    """The customer has not written for 24 hours: the channel takes approved templates only (X9)."""

    code = "window_closed"
    message = "More than 24 hours have passed since the customer last wrote. Choose a template instead."


class OrderNotStartable(CounterlineError):
    """No conversation can be started about this order: too old, or no longer active (D2, D3)."""

    code = "order_not_startable"
    message = "Conversations can be started about active orders of the past 72 hours only."


class CustomerUnreachable(CounterlineError):
    """The customer has no address on any channel this store can send on."""

    code = "customer_unreachable"
    message = "This customer has no phone number we can text."


class ChatUnavailable(CounterlineError):
    """A chat link or session that opens nothing: guessed, expired, taken back, of another conversation."""

    code = "chat_unavailable"
    message = "This link does not open a conversation, or no longer. Please use the latest one, or call the store."


class InviteUnusable(CounterlineError):
    """An invitation that is over: revoked, expired, taken up, or tried with too many addresses."""

    code = "invite_unusable"
    message = "This invitation can no longer be used. Please ask the store for a new one."


class AddressNotServed(CounterlineError):
    """A number in a country in which the store has none to text from, or an address that another store talks with."""

    code = "address_not_served"
    message = "The store cannot write to this address. Please choose another way."


class TooManyAttempts(CounterlineError):
    """More than a person would try: from one place, or to one address."""

    code = "too_many_attempts"
    message = "This was tried too often. Please try again later."


class NoFreeProxy(CounterlineError):
    """Every address of the pool is in a conversation with this customer already, or was within the cool-down."""

    code = "no_free_proxy"
    message = "All numbers of this store are taken for this customer: by colleagues, or by talk that has just ended."


class ProxyUnusable(CounterlineError):
    """The address of ours that the conversation is over is lost, or cannot send any more."""

    code = "proxy_unusable"
    message = "The number of this conversation cannot send any more. Go on over another one."


class IdempotencyConflict(CounterlineError):
    """The same idempotency key came with another body (I12)."""

    code = "idempotency_conflict"
    message = "This request was already made with another content."


class NotRetryable(CounterlineError):
    """Only a failed message, or one whose delivery is unknown, can be sent again (X10)."""

    code = "not_retryable"
    message = "Only a message that failed, or whose delivery is unknown, can be sent again."


class NotAssignable(CounterlineError):
    """The associate is unknown in this store, or may not message there."""

    code = "not_assignable"
    message = "This colleague cannot look after conversations of this store."


class QuietHours(CounterlineError):
    """It is night where the customer is (X4): nothing is sent there now."""

    code = "quiet_hours"
    message = "It is too late, or too early, where this customer is. Please try again in the daytime there."


class NoLongerHeld(CounterlineError):
    """The text that was to be sent later has gone out meanwhile (X3)."""

    code = "no_longer_held"
    message = "This text has gone out meanwhile and cannot be changed any more."


class TooManyHeld(CounterlineError):
    """As many texts of a conversation wait for their time as may."""

    code = "too_many_held"
    message = "Too many texts are waiting in this conversation. Send or cancel one of them first."


class TooManyFavourites(CounterlineError):
    """An associate has as many favourites among the products as may be (H23)."""

    code = "too_many_favourites"
    message = "You have as many favourites as there can be. Take one away first."


class ProductGone(CounterlineError):
    """A product that is to be sent is no longer in the shop (N18)."""

    code = "product_gone"
    message = "This product is no longer in the shop. Please choose another one."


class TooManyReminders(CounterlineError):
    """An associate has as many reminders as they may (H20)."""

    code = "too_many_reminders"
    message = "You have as many reminders as there can be. Please finish some of them first."


class PictureNotReady(CounterlineError):
    """A picture that is to be sent is still on its way to us, or being checked (N20)."""

    code = "picture_not_ready"
    message = "A picture is still being loaded. Please wait until it shows."


class PictureMissing(CounterlineError):
    """A picture that is to be sent is not there: refused, too old, or somebody else's. The answers are the same."""

    code = "picture_missing"
    message = "A picture is no longer there. Please attach it again."


class RequestHasNoPictures(CounterlineError):
    """The customer is asked for their yes first, and until then nothing else goes out (N7)."""

    code = "request_has_no_pictures"
    message = "This customer is asked for their yes first. Send the pictures once they have agreed."


class MailNotConnected(CounterlineError):
    """The store has no mailbox that can send: nothing that a text says of a mail would be true (D15)."""

    code = "mail_not_connected"
    message = "This store has no mailbox that can send yet. Connect e-mail first."


class TooManyPictures(CounterlineError):
    """More pictures than one message of this channel carries."""

    code = "too_many_pictures"
    message = "That is more pictures than one message can carry here."


class TooFewCredits(CounterlineError):
    """The store has fewer credits than the text costs (L14)."""

    code = "too_few_credits"
    message = "This store has too few credits for this text. A manager can buy more in the settings."


class ChangedMeanwhile(CounterlineError):
    """Somebody else changed the same thing first, again and again; nothing was done."""

    code = "changed_meanwhile"
    message = "Somebody else changed this at the same moment. Please try again."


class CartFixed(CounterlineError):
    """A cart is not what it would have to be for this: shared, paid or over by now (N22, N24)."""

    code = "cart_fixed"
    message = "This cart has gone further meanwhile and cannot be changed like this any more."


class CartNotReady(CounterlineError):
    """A cart that is to be shared has no price yet (N22)."""

    code = "cart_not_ready"
    message = "This cart has no price yet. Please wait for it, or see which line needs you."


class CartsUnavailable(CounterlineError):
    """The shop whose products these are makes no carts, or they are of two shops (N22)."""

    code = "carts_unavailable"
    message = "Carts cannot be made of these products: their shop does not take part, or they are of different shops."
