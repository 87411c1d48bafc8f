"""The time in which a customer can be answered freely, where their channel has such a time (X9).

https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages#customer-service-windows
"""

from .addresses import Channel

WINDOW = 24 * 3_600_000
"""Milliseconds from when the customer wrote. In the last of them an answer can go, at their end no more."""
WINDOWED = frozenset({Channel.WHATSAPP})


def has_window(channel: str) -> bool:
    return channel in WINDOWED


def opened(channel: str, written_at: int | None) -> int | None:
    """Until when a message written then may be answered; None where the channel has no window, or nobody wrote."""
    return written_at + WINDOW if written_at is not None and has_window(channel) else None


def is_closed(channel: str, free_until: int | None, now: int) -> bool:
    """Whether only templates go. `free_until`: as the latest message of the customer opened it."""
    return has_window(channel) and (free_until is None or now >= free_until)
