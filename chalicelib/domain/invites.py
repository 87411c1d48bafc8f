"""Invitations of customers by associates (H3-H7): what a link is good for, and the words that go with it.

The token of a link is made from `seed` and the signing key, as chat links are (docs/decisions/0015): nothing stored
opens it.
"""

import re
from enum import StrEnum
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from .addresses import Address, Channel

INVITE_LIFE = 7 * 86_400_000
"""Milliseconds in which an invitation can be taken up."""
MOST_ASKS = 3
"""Addresses that one invitation writes to: people mistype them."""
INVITE_WORDING = "invite-1"
"""Version of the words below, those of the page and those of the message; kept in the consent ledger."""
WORD_DIGITS = 6
MOST_WORDS = 5
"""Wrong words from one address to one of ours in a day; from then on they are ordinary texts."""
_LONGEST_WORD = 60
_WORD = re.compile(rf"yes([0-9]{{{WORD_DIGITS}}})")


class Invite(Struct, frozen=True, kw_only=True):
    """One customer is invited by one associate. `id`: the hash of the link's token."""

    id: str
    merchant_id: str
    store_id: str
    associate_id: str
    associate_name: str
    seed: str
    created_at: int
    expires_at: int
    from_conversation_id: str | None = None
    """In which the customer is invited; None: in the shop."""
    revoked_at: int | None = None
    asks: int = 0
    """How often an address was given that we wrote to."""
    asked_channel: str | None = None
    asked_id: str | None = None
    """The last message that asks for the yes; at WhatsApp, where the customer writes first, an id of that moment."""
    conversation_id: str | None = None
    """Where that is answered."""
    write_to: Address | None = None
    """At WhatsApp: which number of ours the customer is to write the word to. Until that has come, there is no
    `conversation_id`."""
    asked_name: str = ""
    """There: the name that was typed. It counts once the word has come."""
    revision: int = 1

    def lasts(self, now: int) -> bool:
        return self.revoked_at is None and now < self.expires_at

    def can_ask(self, now: int) -> bool:
        """Whether it may write to (another) address."""
        return self.lasts(now) and self.asks < MOST_ASKS

    def revoked(self, now: int) -> "Invite":
        return replace(self, revoked_at=now, revision=self.revision + 1)

    def asked(self, channel: Channel, message_id: str, conversation_id: str) -> "Invite":
        return replace(
            self,
            asks=self.asks + 1,
            asked_channel=channel.value,
            asked_id=message_id,
            conversation_id=conversation_id,
            write_to=None,
            revision=self.revision + 1,
        )

    def waits_for_word(self, channel: Channel, id_now: str, ours: Address, name: str) -> "Invite":
        """An address was given to which nothing is sent: the customer writes first."""
        return replace(self.asked(channel, id_now, ""), conversation_id=None, write_to=ours, asked_name=name)

    def answered(self, conversation_id: str) -> "Invite":
        """The word has come, into that conversation."""
        return replace(self, conversation_id=conversation_id, revision=self.revision + 1)


class InviteState(StrEnum):
    OPEN = "open"
    """Nobody has taken it up."""
    SENT = "sent"
    """The address was asked for its yes."""
    FAILED = "failed"
    """What asks did not arrive there."""
    DONE = "done"
    """The yes has come."""
    REVOKED = "revoked"
    EXPIRED = "expired"


def link(site_url: str, token: str) -> str:
    """In the fragment, which browsers send to no server and name to no other page."""
    return f"{site_url}/invite#{token}"


def digits_of(secret: bytes) -> str:
    """What makes the word of an invitation one that only the reader of its page knows."""
    return str(int.from_bytes(secret[:8], "big") % 10**WORD_DIGITS).zfill(WORD_DIGITS)


def digits_in(said: str) -> str | None:
    """Of the word, where it is the whole message: case, white space, punctuation and full-width forms do not matter."""
    if len(said) > _LONGEST_WORD:
        return None
    letters = "".join(each for each in normalize("NFKC", said).casefold() if each.isalnum())
    found = _WORD.fullmatch(letters)
    return None if found is None else found[1]


_NORTH_AMERICA = 1
_ONE_ZONE = frozenset(("US", "CA"))


def served(ours: Address, theirs: Address, country: str) -> bool:
    """Whether we text there for somebody who is not signed in: within the country of our number, never a premium rate.

    +1 alone is no country: numbers of some twenty others begin with it, at their prices. `country`: the store's, ISO
    3166, which is that of a short code or a name of ours.
    """
    import phonenumbers  # ~40 ms: here the address was just typed, so that it is loaded already

    number = phonenumbers.parse(theirs)
    if phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.PREMIUM_RATE:
        return False
    full = ours.startswith("+")
    code = phonenumbers.parse(ours).country_code if full else phonenumbers.country_code_for_region(country)
    if code != number.country_code:
        return False
    home = phonenumbers.region_code_for_number(phonenumbers.parse(ours)) if full else country
    region = phonenumbers.region_code_for_number(number)
    return code != _NORTH_AMERICA or region == home or {region, home} <= _ONE_ZONE


def agreement(store_name: str, channel: Channel) -> str:
    """What the customer agrees to on the page."""
    if channel is Channel.EMAIL:
        return f"I agree to get mail from {store_name}. I can stop at any time by answering STOP."
    way = "texts" if channel is Channel.SMS else "WhatsApp messages"
    rates = " Msg & data rates may apply." if channel is Channel.SMS else ""
    return f"I agree to get {way} from {store_name}. I can stop at any time by answering STOP.{rates}"


def confirmation_request(store_name: str, associate: str, channel: Channel) -> str:
    """What goes to the address that was given: only a yes from there counts (H6)."""
    first = associate.partition(" ")[0]
    if channel is Channel.EMAIL:
        return (
            f"Somebody asked for messages from {first} of {store_name} to be sent to this address.\n\n"
            "Answer YES to get them, STOP to never hear from us. If it was not you, do nothing."
        )
    return (
        f"{store_name}: {first} would like to keep in touch with you here.\nReply YES to get messages from "
        f"{store_name}, STOP to opt out. Msg & data rates may apply."
    )
