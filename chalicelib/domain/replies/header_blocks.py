"""The block that Outlook and others put above older mail: From, Sent, To, Subject, in any language and order."""

import re
from collections.abc import Sequence

from . import vocabulary
from .lines import Line, Mark
from .vocabulary import Role

MOST_LINES = 16
_MOST_WRAPPED = 6
"""Lines in a row that may be the rest of a long list of recipients."""

_LABEL = re.compile(r"([^:]{1,30}?) ?: ?(.*)", re.DOTALL)
_DATED = re.compile(r"(?<!\d)\d{1,2}[:.h時点][0-5]\d(?!\d)|(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_SERVER_DATE = re.compile(r"\d{1,2} \w{3} (?:19|20)\d\d \d{2}:\d{2}(?::\d{2})? [+-]\d{4}")
_UNKNOWN_LABEL = re.compile(r"[^\W\d_][\w .'-]{0,24} ?: ?\S")


def label_of(folded: str) -> tuple[Role, str] | None:
    """What a line labels, and the value; None for any other line."""
    match = _LABEL.match(folded.lstrip("|_[ "))
    if match is None:
        return None
    role = vocabulary.labels().get(match.group(1).strip(" _"))
    return None if role is None else (role, match.group(2))


def block_at(lines: Sequence[Line], start: int, *, after_separator: bool = False) -> int | None:
    """The line behind the header block that begins at `start`; None: there is none.

    `after_separator`: a rule or "Original message" stands above it, so that two labels are enough.
    """
    if label_of(lines[start].folded) is None:
        return None
    end, found = _collect(lines, start)
    if "sender" not in found:
        return end if _has_no_sender(found) else None
    if _is_block(found, after_separator):
        return end
    return None


def _collect(lines: Sequence[Line], start: int) -> tuple[int, dict[Role, str]]:
    """Labelled lines, their wrapped rests, and the blank lines between them."""
    found: dict[Role, str] = {}
    end, position, wrapped, role = start, start, 0, None
    depth = lines[start].quoted
    while position < min(len(lines), start + MOST_LINES * 2) and lines[position].quoted == depth:
        line = lines[position]
        label = label_of(line.folded)
        if label is not None and (label[0] not in found or label[0] == "copy"):
            role, wrapped = label[0], 0
            found[role] = label[1]
            end = position + 1
        elif role is not None and not line.blank and _goes_on(line, role, found, wrapped):
            found[role] += " " + line.folded
            wrapped += 1
            end = position + 1
        elif not line.blank or not _label_soon(lines, position):
            break
        position += 1
    return end, found


def _goes_on(line: Line, role: Role, found: dict[Role, str], wrapped: int) -> bool:
    if wrapped >= _MOST_WRAPPED:
        return False
    if not found[role].strip():
        return True
    if role in ("to", "copy", "sender"):
        return "@" in line.folded or found[role].rstrip().endswith((";", ","))
    return False


def _label_soon(lines: Sequence[Line], position: int) -> bool:
    """Blank lines between labels are of paragraphs; after the last label they end the block."""
    following = next((line for line in lines[position : position + 3] if not line.blank), None)
    return following is not None and label_of(following.folded) is not None


def _is_block(found: dict[Role, str], after_separator: bool) -> bool:
    dated = "date" in found and bool(_DATED.search(found["date"]))
    address = any("@" in found.get(role, "") for role in ("sender", "to", "copy"))
    if after_separator:
        return len(found) >= 2
    if len(found) >= 3:
        return (
            ("subject" in found and (dated or address))
            or (dated and address)
            or ("subject" in found and "date" in found)
        )
    return len(found) == 2 and dated and "@" in found["sender"]


def _has_no_sender(found: dict[Role, str]) -> bool:
    """A date as mail servers write it, with its zone, above the address it went to."""
    return bool(_SERVER_DATE.search(found.get("date", ""))) and "@" in found.get("to", "")


def flattened(folded: str) -> bool:
    """Is a whole block written in one line ("From: Ann Sent: 1 May 2024 10:00 To: Shop Subject: Order")?"""
    label = label_of(folded)
    if label is None or label[0] not in ("sender", "date"):
        return False
    found: dict[Role, str] = {label[0]: label[1]}
    words = folded.split(" ")
    for position, word in enumerate(words[1:], start=1):
        if not word.endswith(":"):
            continue
        role = vocabulary.labels().get(word[:-1])
        if role is not None and role not in found:
            found[role] = " ".join(words[position + 1 :])
    return len(found) >= 4 and "sender" in found and "subject" in found and bool(_DATED.search(found.get("date", "")))


def unknown_block_at(lines: Sequence[Line], start: int) -> bool:
    """After a drawn line: three labelled lines in a language that is not in the table, with an address and a date."""
    if not lines[start].marks & (Mark.SEPARATOR | Mark.HISTORY):
        return False
    block = []
    for line in lines[start : start + 6]:
        if not _UNKNOWN_LABEL.match(line.folded):
            break
        block.append(line.folded)
    text = "\n".join(block)
    return len(block) >= 3 and bool(_DATED.search(text)) and "@" in text
