"""What a mail has beyond a text: a subject, what was folded away, and its place in a thread (X15)."""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

SUBJECT_LIMIT, BODY_KEPT, FOLDED_KEPT = 250, 20_000, 10_000
"""Characters that are stored and shown; the mail itself is kept whole, in the bucket."""
MOST_REFERENCES = 12
NO_TEXT = "[This mail has no new text.]"
UNREADABLE = "[This mail could not be read. It is kept as it came.]"
CUT = "\n[The mail goes on; it is kept whole.]"
_ID = re.compile(r"[!-;=?A-~]{1,200}(?:@[!-;=?A-~]{1,200})?")
"""Printable ASCII without brackets: nothing else can stand in a header of ours."""
_PREFIX = re.compile(r"(?:\s*(?:re|aw|antw|sv|vs|odp|rif|res|r|回复|答复|返信)(?:\[\d+\])?\s*[:：])+", re.IGNORECASE)


class Mail(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Of one received mail. Everything in it may be shown, but `other_sender`, `message_id` and `references`."""

    subject: str = ""
    folded: str = ""
    """Quotes, signatures and notices, in the order of the mail."""
    message_id: str = ""
    """Without brackets."""
    references: tuple[str, ...] = ()
    original: str = ""
    """Key of the whole mail in the bucket."""
    unverified: bool = False
    """Nothing proves that it comes from the address that it names (docs/requirements.md, E-mail)."""
    unreadable: bool = False
    automatic: bool = False
    order_id: str = ""
    """The order of the sender's that it names (S19); empty: none."""
    order_number: str = ""
    other_sender: str = ""
    """The address it came from, where a reply token led elsewhere than that address would have."""


class Threading(Struct, frozen=True):
    """What a mail of ours answers. An id without "@" is one that SES gave; its domain is for the adapter to add."""

    in_reply_to: str = ""
    references: tuple[str, ...] = ()


def usable_ids(found: Iterable[str]) -> tuple[str, ...]:
    """Ids that can stand in a header, the last ones."""
    return tuple(each for each in found if _ID.fullmatch(each))[-MOST_REFERENCES:]


def threading(received: Sequence[Mail], sent_ids: Sequence[str]) -> Threading:
    """For the next mail of a conversation. `received`: its mails, oldest first; `sent_ids`: of ours, as SES named them.

    SES replaces the id that a mail was given: the one it returns is the part before the "@" (docs/email.md). Where
    a customer's program has named ours in full, that spelling is used.
    """
    seen = [each for mail in received for each in (*mail.references, mail.message_id) if each]
    spelled = {each.partition("@")[0]: each for each in seen}
    ours = [spelled.get(each, each) for each in sent_ids]
    last = next((mail.message_id for mail in reversed(received) if mail.message_id), "")
    chain = usable_ids(dict.fromkeys([*(each for each in ours if each not in seen), *seen]))
    answered = last or (ours[-1] if ours else "")
    if not answered:
        return Threading()
    return Threading(answered, (*(each for each in chain if each != answered), answered)[-MOST_REFERENCES:])


def answer_subject(subject: str) -> str:
    """`Re: ` once, whatever stood there before."""
    bare = subject[_match.end() :] if (_match := _PREFIX.match(subject)) else subject
    return f"Re: {bare.strip()}".strip()
