"""What stands below a reply without being part of it: signatures, tag lines of phones, notices of lawyers and scanners.

In doubt it stays: a signature that is shown costs a glance, a sentence that is hidden costs the customer's trust.
"""

import re
from collections.abc import Sequence

from . import phrases, vocabulary
from .lines import Line, Mark

MOST_SIGNED = 40
"""Lines below a proper delimiter ("-- " with its space)."""

MOST_SIGNED_BELOW_DASHES = 12
"""Lines below two dashes that may be a rule."""

MOST_NOTICE_LINES = 40
LONGEST_TAG = 110
_NEAR_THE_END = 100
_MOST_CONTACT_LINES = 14
_LONGEST_CONTACT_LINE = 90

_DELIMITERS = frozenset({"--", "– –", "—", "––", "- -", "-- -"})
_LINK = re.compile(r" ?[<(\[](?:https?://|mailto:|www\.)?[^<>()\[\]\s]{1,300}[>)\]]")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+")
_PHONE = re.compile(r"(?:\+|\b00|\(0|\b0)\d[\d ()/.-]{5,20}\d|\(\d{3}\) ?\d{3}[ .-]\d{4}|\b\d{3}[ .-]\d{3}[ .-]\d{4}\b")
_CONTACT_LABEL = re.compile(
    r"(?:tel|tél|telefon|telefoon|phone|fax|mobile?|mob|cell|web|e-?mail|mail|www|office|direct|t|m|f|p|e|w|тел|моб|電話|电话"
    r"|telefax|tfn|tlf|puh|portable|móvil|cellulare|handy)\b ?[.:|]"
)
_RULE = re.compile(r"(?:[-_=*~–—] ?){3,}$")


def is_tag(folded: str) -> bool:
    """Is it the line that a phone or app adds ("Sent from my iPhone")?"""
    text = _LINK.sub("", folded).strip(" .*_[]<>\"'")
    if not text or len(text) > LONGEST_TAG or text.endswith("?"):
        return False
    start = vocabulary.tag_starts().match(text)
    if start is not None:
        return vocabulary.devices().search(text, start.start(), start.end() + 40) is not None
    if not any(part in text for part in vocabulary.tag_parts()):
        return False
    return len(text) <= 60 and vocabulary.devices().search(text) is not None


def is_warning(folded: str) -> bool:
    """Does a banner begin here that warns of mail from outside?"""
    return folded.lstrip("[*#! ").startswith(_WARNINGS) or folded.startswith(phrases.WARNINGS)


_WARNINGS = tuple(
    each.lstrip("[*#! ") for each in phrases.WARNINGS if each not in ("[external]", "[extern]", "[externe]")
)


def notice_end(lines: Sequence[Line], start: int, end: int, *, first_one: bool) -> int | None:
    """The line behind the paragraph that begins here, if it is a notice of a lawyer, a virus scanner or a list.

    `first_one`: then it must begin like one; a further paragraph below it need only speak like one.
    """
    if first_one and not lines[start].folded.lstrip("*_-#[( ").startswith(phrases.DISCLAIMERS):
        return None
    after = start
    if lines[start].folded.strip("*_-#[]() :") in phrases.NOTICE_HEADINGS:
        after = next((at for at in range(start + 1, end) if not lines[at].blank), start)
    while after < min(end, start + MOST_NOTICE_LINES) and not lines[after].blank:
        after += 1
    whole = " ".join(line.folded for line in lines[start:after])
    return after if any(word in whole for word in phrases.CONFIDENTIAL) else None


def delimiter_in(lines: Sequence[Line], start: int, end: int) -> int | None:
    """The line "-- " that begins a signature in a stretch of new text; None: there is none."""
    start = max(start, end - _NEAR_THE_END)
    dashes = [at for at in range(start, end) if lines[at].text.strip() in _DELIMITERS]
    for at in dashes:
        below = [line for line in lines[at + 1 : end] if not line.blank]
        proper = lines[at].text.rstrip("\r\n") == "-- "
        if proper and len(below) <= MOST_SIGNED:
            return at
        if len(dashes) == 1 and len(below) <= MOST_SIGNED_BELOW_DASHES and not _speaks(below):
            return at
    return None


def _speaks(lines: Sequence[Line]) -> bool:
    """Questions and long lines with sentences are the customer's words."""
    return (
        any(line.folded.endswith("?") for line in lines)
        or sum(len(line.folded) > _LONGEST_CONTACT_LINE for line in lines) > len(lines) / 2
    )


def contact_lines(lines: Sequence[Line], start: int, end: int) -> int | None:
    """Where the name's titles, numbers and addresses begin, below a closing and a name; None: nothing of the kind."""
    closing = _last_closing(lines, start, end)
    if closing is None:
        return None
    below = [at for at in range(closing + 1, end) if not lines[at].blank]
    if not below:
        return None
    rest = below[1:] if not _is_contact(lines[below[0]]) else below
    if not rest or len(rest) > _MOST_CONTACT_LINES or any(_too_long(lines[at]) for at in rest):
        return None
    contacts = sum(_is_contact(lines[at]) for at in rest)
    return rest[0] if contacts >= 2 or (contacts == 1 and len(rest) <= 4) else None


def ruled_contact_lines(lines: Sequence[Line], start: int, end: int) -> int | None:
    """A rule at the end of a text with nothing but contact lines below it."""
    for at in range(end - 1, max(start, end - _NEAR_THE_END), -1):
        if not _RULE.match(lines[at].folded):
            continue
        below = [line for line in lines[at + 1 : end] if not line.blank]
        if not below:
            continue
        contacts = sum(_is_contact(line) for line in below)
        if contacts >= 2 and len(below) <= 10 and not any(_too_long(line) for line in below):
            return at
        return None
    return None


def last_contact_paragraph(lines: Sequence[Line], start: int, end: int) -> int | None:
    """A last paragraph with a name, then numbers and addresses with a web site among them: a business card."""
    start = max(start, end - _NEAR_THE_END)
    last = [at for at in range(start, end) if not lines[at].blank]
    if not last:
        return None
    first = last[-1]
    while first > start and not lines[first - 1].blank:
        first -= 1
    card = [lines[at] for at in range(first + 1, last[-1] + 1)]
    before = next((line for line in reversed(lines[start:first]) if not line.blank), None)
    if before is None or before.folded.endswith(":") or _is_contact(lines[first]) or len(lines[first].folded) > 40:
        return None
    contacts = sum(_is_contact(line) for line in card)
    if contacts < 2 or any(_too_long(line) for line in card) or not any(_WEB.search(line.folded) for line in card):
        return None
    return first + 1


_WEB = re.compile(r"https?://|www\.")


def _last_closing(lines: Sequence[Line], start: int, end: int) -> int | None:
    for at in range(end - 1, max(start, end - _NEAR_THE_END) - 1, -1):
        if lines[at].folded.rstrip(" ,.!;:-") in vocabulary.closings():
            return at
    return None


def _too_long(line: Line) -> bool:
    return len(line.folded) > _LONGEST_CONTACT_LINE or line.folded.endswith("?")


def _is_contact(line: Line) -> bool:
    text = line.folded
    return bool(_ADDRESS.search(text) or _PHONE.search(text) or _CONTACT_LABEL.match(text))


def in_signature_element(line: Line) -> bool:
    return Mark.SIGNATURE in line.marks
