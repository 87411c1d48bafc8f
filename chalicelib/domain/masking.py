"""Addresses of people taken out of words that others are to read (X7). Linear in the length of the text."""

import re
from collections.abc import Iterable

MASK = "•••@•••"
MASKED_NUMBER = "•••"
_AT = re.compile(r"@|\uff20|\ufe6b|%40", re.IGNORECASE)
"""Also as full-width forms, and as it stands in links."""
_BEFORE = re.compile(r"[^\s@<>()\[\]{}\",;:\uff1a|=&?/\\'`*\u00ab\u00bb\u201c\u201d\u2018\u2019\u3000\uff20\ufe6b]+$")
_BEHIND = re.compile(r"[\w\u3002.-]+", re.UNICODE)
_LONGEST_LOCAL, _LONGEST_DOMAIN = 64, 253
_NUMBER = re.compile(r"(?<![\w.,/#-])(?:\+|00)[ ()./-]{0,2}[1-9](?:[ ()./\u2010-\u2015-]{0,3}[0-9]){6,14}(?!\w)")
_LOCAL_NUMBER = re.compile(
    r"(?<![\w.,/#-])\(?0?[1-9][0-9]{1,4}\)?(?:[ ./\u2010-\u2015-]{1,2}[0-9]{2,5}){2,4}(?![\w./-])"
)
"""With separators only: a number without any may be an order's, or a parcel's."""
_DATE = re.compile(
    r"(?:[0-9]{1,2}[./-][0-9]{1,2}[./-](?:19|20)?[0-9]{2}|(?:19|20)[0-9]{2}[./-][0-9]{1,2}[./-][0-9]{1,2})(?![0-9])"
)


_NUMBER_IN_NAME = re.compile(r"[+(]{0,2}\d(?:[\s()./\u2010-\u2015-]{0,3}\d){6,}")
"""Names have no seven digits; full-width ones count."""


def mask_mailboxes(text: str) -> str:
    """Every mailbox in a text replaced, whatever stands around it: brackets, `mailto:`, the inside of a link."""
    found: list[str] = []
    kept = 0
    for at in _AT.finditer(text):
        if at.start() < kept:
            continue
        before = _BEFORE.search(text[max(kept, at.start() - _LONGEST_LOCAL) : at.start()])
        behind = _BEHIND.match(text, at.end(), at.end() + _LONGEST_DOMAIN)
        if before is None or behind is None or "." not in behind.group().rstrip(".").replace("\u3002", "."):
            continue
        found += [text[kept : at.start() - len(before.group())], MASK]
        kept = behind.end() - (len(behind.group()) - len(behind.group().rstrip(".-_")))
    return "".join([*found, text[kept:]])


def mask_contacts(text: str) -> str:
    """Mailboxes, and phone numbers as people write them below a mail."""
    return _LOCAL_NUMBER.sub(_masked_number, _NUMBER.sub(MASKED_NUMBER, mask_mailboxes(text)))


def mask_name(name: str) -> str:
    """What somebody is called, without any address of theirs in it; empty where they are called by nothing else.

    WhatsApp lets people call themselves by their number, and forms take what is typed.
    """
    masked = _NUMBER_IN_NAME.sub(MASKED_NUMBER, mask_mailboxes(name)).strip()
    return masked if masked.strip("•@ ") else ""


def _masked_number(found: re.Match[str]) -> str:
    return found.group() if _DATE.match(found.group()) else MASKED_NUMBER


def mask_these(text: str, addresses: Iterable[str]) -> str:
    """Only these mailboxes, however they are written; other words stay as they are."""
    wanted = sorted({address.strip() for address in addresses if "@" in address}, key=len, reverse=True)
    if not wanted or not _AT.search(text):
        return text
    spelled = [re.escape(address).replace("@", "(?:@|\uff20|\ufe6b|%40)") for address in wanted]
    return re.sub(rf"(?<![\w.+-])(?:{'|'.join(spelled)})(?![\w-])", MASK, text, flags=re.IGNORECASE)
