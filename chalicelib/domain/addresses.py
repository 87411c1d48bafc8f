"""Channels and the addresses on them, in the one form that keys and comparisons use."""

import re
from enum import StrEnum
from typing import NewType

Address = NewType("Address", str)
"""A normalised address, by channel.

`sms`: E.164 (`+15551234567`), a short code (`40404`), or an alphanumeric sender in upper case. `whatsapp`: E.164, or
`id:` and the user id that Meta gives in place of a number. `email`: see `email_address`. `chat`: the id of the
customer, or of the store.
"""

_E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_SHORT_CODE = re.compile(r"[0-9]{3,8}", re.ASCII)
_MAILBOX = re.compile(r"[^\s@<>\x00-\x1f]{1,64}@[^\s@<>\x00-\x1f]{1,252}\.[^\s@<>.\x00-\x1f]{2,63}")
_WHATSAPP_USER = re.compile(r"(id:)?([A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128})", re.ASCII)
_SENDER_NAME = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 ._&-]{1,11}", re.ASCII)


class Channel(StrEnum):
    """How a customer is reached."""

    SMS = "sms"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    CHAT = "chat"


def sms_address(raw: str) -> Address:
    """Normalise what a provider names as sender or recipient of a text. Raises ValueError otherwise."""
    text = raw.strip()
    if _E164.fullmatch(text) or _SHORT_CODE.fullmatch(text):
        return Address(text)
    if _SENDER_NAME.fullmatch(text):
        return Address(text.upper())
    raise ValueError("not an address that can text")


def whatsapp_address(raw: str) -> Address:
    """A number with or without its plus sign, or the user id that Meta gives in place of one. Raises ValueError.

    User ids: a country, a point, up to 128 letters and digits; they mean a person to one business only, and are kept
    exactly as they came: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
    """
    text = raw.strip()
    if user := _WHATSAPP_USER.fullmatch(text):
        return Address(f"id:{user[2]}")
    number = f"+{text.removeprefix('+')}"
    if _E164.fullmatch(number):
        return Address(number)
    raise ValueError("not an address at WhatsApp")


def email_address(raw: str) -> Address:
    """One mailbox in lower case, which is how mailboxes are told apart here. Raises ValueError otherwise.

    RFC 5321 lets the part before "@" differ by case; no provider of mailboxes does.
    """
    text = raw.strip().lower()
    if len(text) > 254 or not _MAILBOX.fullmatch(text):
        raise ValueError("not a mailbox")
    return Address(text)


def can_be_answered(channel: str, address: Address) -> bool:
    """Whether an answer to this address makes sense. Texts: not to a short code or a sender's name."""
    return channel != Channel.SMS or can_be_texted(address)


def can_be_texted(address: Address) -> bool:
    """Whether an answer to this address makes sense: a full number; not a short code or a sender's name."""
    return _E164.fullmatch(address) is not None


def phone_from_shop(raw: str, region: str) -> Address | None:
    """The E.164 form of a phone number as people type it into shops; None when it is not a possible number.

    `region`: ISO 3166 country for numbers without a country code.
    """
    import phonenumbers  # ~40 ms: only where numbers come as typed by people

    try:
        number = phonenumbers.parse(raw, region)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None  # also without its area code: the same digits belong to somebody else elsewhere
    return Address(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def masked(address: Address) -> str:
    """What people without the unmasking permission see of an address: two last digits, of a mailbox nothing (X7)."""
    if "@" in address:
        return "•••@•••"
    return "•••" + address[-2:]
