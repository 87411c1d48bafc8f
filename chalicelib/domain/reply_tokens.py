"""The token in the mailbox that a mail of ours names for answers: `<mailbox>+<token>@<domain>`.

It names a conversation, the day it was issued, and proves both. Mailboxes are taken for the same whatever their case,
and a mailbox has 64 characters at most (RFC 5321), so it is short and lower case: 128 bits of the conversation's id, 80
of them chance that no customer ever sees, 16 bits for the day, and 80 bits of HMAC-SHA256.
"""

import base64
import binascii
import hmac

from .addresses import Address
from .ids import from_bytes, is_ulid, to_bytes

DAY = 86_400_000
VALID_DAYS = 180
"""Longer than a conversation without a further word lives and its route cools down."""
LONGEST_MAILBOX = 18
"""Characters before the "@" of a mailbox of ours, so that a token has room behind it."""
_MAC, _ID, _DAY = 10, 16, 2
LENGTH = 45


def issue(key: str, mailbox: Address, conversation_id: str, now: int) -> str:
    """`conversation_id`: a ULID. `mailbox`: without a token."""
    content = to_bytes(conversation_id) + (now // DAY).to_bytes(_DAY, "big")
    return _text(content + _mac(key, mailbox, content))


def read(key: str, mailbox: Address, token: str, now: int) -> str | None:
    """The conversation; None for a token that is forged, another mailbox's, or too old."""
    if len(token) != LENGTH or not token.isascii():
        return None
    try:
        packed = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except binascii.Error:
        return None
    if _text(packed) != token.lower():  # its last letter has a bit to spare
        return None
    content, mac = packed[:-_MAC], packed[-_MAC:]
    if not hmac.compare_digest(mac, _mac(key, mailbox, content)):
        return None
    age = now // DAY - int.from_bytes(content[_ID:], "big")
    conversation_id = from_bytes(content[:_ID])
    return conversation_id if 0 <= age <= VALID_DAYS and is_ulid(conversation_id) else None


def split(mailbox: Address) -> tuple[Address, str]:
    """The mailbox itself, and what stands behind a "+" in it."""
    local, _, domain = mailbox.rpartition("@")
    name, _, token = local.partition("+")
    return Address(f"{name}@{domain}"), token


def joined(mailbox: Address, token: str) -> Address:
    local, _, domain = mailbox.rpartition("@")
    return Address(f"{local}+{token}@{domain}")


def _text(packed: bytes) -> str:
    return base64.b32encode(packed).decode().rstrip("=").lower()


def _mac(key: str, mailbox: Address, content: bytes) -> bytes:
    signed = b"counterline.reply\0" + mailbox.encode() + b"\0" + content
    return hmac.new(key.encode(), signed, "sha256").digest()[:_MAC]
