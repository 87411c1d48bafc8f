"""From the two versions of a mail to its newest text."""

import re
from collections.abc import Sequence

from msgspec import Struct

from . import phrases
from .folding import Folding, Kind, release_lists, repair
from .html_lines import read_html
from .lines import Line, fold, read_text

SAME_WORDS = 0.5
"""Share of the plain version's new words that the HTML version must show, to be taken for the same mail."""

_WORD = re.compile(r"\w{2,40}")
_PREFIX = re.compile(r"[\[(]?([^\s:\[\]()]{1,14})(?:\[\d+\])?[\])]? ?[:：]")


class Folded(Struct, frozen=True):
    """A part of a mail that is not shown at first."""

    kind: Kind
    text: str


class Reply(Struct, frozen=True):
    """`newest`: what was written now, with a forwarded mail if it carries one; "" if there is nothing but history.

    `folded`: the rest, in the order of the mail. Together they hold every visible line of the version they were read
    from: `source` is "html", "text" or "" (an empty mail).
    """

    newest: str
    folded: tuple[Folded, ...] = ()
    forwarded: bool = False
    source: str = ""


def extract_reply(text: str | None, html: str | None, subject: str = "") -> Reply:
    """The newest text of a mail that came as plain text, as HTML, or as both.

    HTML is read if there is some: its elements say what is quoted. Plain text counts where HTML says less, or something
    else. `subject` tells Outlook's forwards from its replies, which look the same.
    """
    forwarded = is_forward_subject(subject)
    from_html = _read("html", read_html(html), forwarded) if html else Reply("")
    from_text = _read("text", read_text(text), forwarded) if text else Reply("")
    return from_text if _text_knows_better(from_text, from_html) else from_html


def is_forward_subject(subject: str) -> bool:
    """Does the first prefix of a subject say that the mail is forwarded?"""
    match = _PREFIX.match(subject.strip()[:100])
    return match is not None and fold(match.group(1)) in phrases.FORWARD_SUBJECTS


def _read(source: str, lines: list[Line], forwarded: bool) -> Reply:
    repair(lines)
    release_lists(lines)
    folding = Folding(lines, forwarded_subject=forwarded)
    runs = [(kind, _joined(run)) for kind, run in _runs(lines, folding.kinds)]
    shown = "\n\n".join(text for kind, text in runs if kind is Kind.NEW and text)
    folded = tuple(Folded(kind, text) for kind, text in runs if kind is not Kind.NEW and text)
    return Reply(shown, folded, folding.forwarded is not None, source if shown or folded else "")


def _runs(lines: Sequence[Line], kinds: Sequence[Kind]) -> list[tuple[Kind, list[str]]]:
    """Neighbouring lines of one kind together; blank lines go with what stands above them."""
    found: list[tuple[Kind, list[str]]] = []
    for line, kind in zip(lines, kinds, strict=True):
        if found and (line.blank or found[-1][0] is kind):
            found[-1][1].append(line.text)
        elif not line.blank:
            found.append((kind, [line.text]))
    return found


def _joined(lines: Sequence[str]) -> str:
    """Lines as a text, with no more than one blank line in a row and none around it."""
    found: list[str] = []
    for line in lines:
        stripped = line.rstrip()
        if stripped or (found and found[-1]):
            found.append(stripped)
    return "\n".join(found).strip("\n ")


def _text_knows_better(text: Reply, html: Reply) -> bool:
    if not text.source:
        return False
    if not html.source or (text.newest and not html.newest):
        return True
    said, shown = _words(text.newest), _words(html.newest)
    everything = shown.union(*(_words(part.text) for part in html.folded))
    if said and len(said & everything) < SAME_WORDS * len(said):
        return True
    html_quotes = any(part.kind is Kind.QUOTE for part in html.folded)
    text_quotes = any(part.kind is Kind.QUOTE for part in text.folded)
    return text_quotes and not html_quotes and bool(text.newest) and not html.forwarded and said <= shown


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))
