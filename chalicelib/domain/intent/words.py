"""A text as sentences of plain words: without case, accents, quotations, and lines that quote."""

import re
from collections.abc import Iterator
from unicodedata import category, normalize

COMMA = ","
_END = "."
_QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_QUOTATION = re.compile(r'"[^"\n]*"|“[^“”„\n]*”|„[^“”„\n]*[“”]|«[^«»\n]*»|(?<!\w)[\'‘][^\'‘’\n]*[\'’](?!\w)')
_ELIDED = re.compile(r"\b(m|n|l|d|j|qu|c|s|t|dell|all|dall|nell|un)'(?=\w\w)")
"""French and Italian, where an apostrophe parts words; elsewhere ("don't") it stands within one."""
_MAIL = re.compile(r"\be[ -]?mail")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "ʼ": "'", "\u2032": "'"})
_ENDS = frozenset(".!?;:…。！？\n")
_DASHES = frozenset("-–—")


def readings(text: str) -> Iterator[list[list[str]]]:
    """The sentences of a text: once with each line by itself, once with lines that go on in the next one."""
    said = _own_words(text)
    yield _sentences(said.replace("\n", " , "))
    if "\n" in said.strip():
        yield _sentences(said.replace("\n\n", _END).replace("\n", " "))


def _own_words(text: str) -> str:
    plain = _QUOTED_LINE.sub("\n", text.replace("\r\n", "\n")).strip()
    kept = _QUOTATION.sub(" , ", plain)
    return kept if any(character.isalpha() for character in kept) else plain


def _sentences(text: str) -> list[list[str]]:
    folded = _MAIL.sub("email", _ELIDED.sub(r"\1 ", _folded(text)))
    marked = folded.translate(_ASCII_MARKS) if folded.isascii() else "".join(map(_marked, folded))
    found = [sentence.replace(COMMA, f" {COMMA} ").split() for sentence in marked.split(_END)]
    return [words for words in found if words]


def _folded(text: str) -> str:
    """Lower case without accents. Character by character: whole runs of accents would take quadratic time."""
    lower = text.translate(_APOSTROPHES).lower()
    if lower.isascii():
        return lower
    letters = (normalize("NFKD", each).casefold() for each in lower)
    return "".join(each for part in letters for each in part if category(each) not in ("Mn", "Cf", "Me"))


def _marked(character: str) -> str:
    if character.isalnum():
        return character
    if character == "'":
        return ""
    if character == "&":
        return " and "
    if character.isspace() or character in _DASHES:
        return " "
    return _END if character in _ENDS or category(character) == "So" else COMMA


_ASCII_MARKS = {code: _marked(chr(code)) for code in range(128)}
"""Most texts are plain: one pass in C."""
