"""The language of templates (X20): `[[firstname]]`, `[[order.number|your order]]`; docs/templates.md is its manual.

A token is a known name, and after `|` the words that stand for it where its value is missing. `[[[[` is a plain `[[`.
What is filled in is never read again: a customer called `[[store.phone]]` stays so called. Linear in the text's length.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

NAMES = (
    "firstname", "lastname", "fullname", "order.number", "order.total", "order.items", "order.status", "store.name",
    "store.phone", "associate.name",
)  # fmt: skip
"""What a token can be called, in the order in which screens offer them."""
LONGEST_VALUE = 100
"""Characters of a value that are filled in."""
_LONGEST_NAME = 40
"""Characters of an unknown name that are compared with the known ones."""
_MARKS = re.compile(r"\[\[\[\[|\[\[|\]\]")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of what follows: words around a value would read otherwise than they were written."""


class ProblemKind(StrEnum):
    """What is wrong with a template's text."""

    UNKNOWN = "unknown"
    UNCLOSED = "unclosed"
    CONTROL = "control"
    """A character that no text may have: one of control, or one that turns the direction of writing."""


class Problem(Struct, frozen=True):
    """Something because of which a text cannot be saved, from character `start` to before `end`."""

    kind: ProblemKind
    start: int
    end: int
    name: str = ""
    nearest: str | None = None
    """The known name that was probably meant."""


class Token(Struct, frozen=True):
    name: str
    fallback: str | None = None


class Parsed(Struct, frozen=True):
    """A text in its parts: plain words, and tokens between them."""

    parts: tuple[str | Token, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Of its tokens, once each, in their order."""
        return tuple(dict.fromkeys(part.name for part in self.parts if isinstance(part, Token)))


class Filled(Struct, frozen=True):
    """`missing`: names without a value and without a fallback, in their order; in `text` they stand as tokens still."""

    text: str
    missing: tuple[str, ...] = ()


def parse(text: str) -> Parsed:
    """Whatever it is: problems are told, not raised."""
    parts: list[str | Token] = []
    problems = [Problem(ProblemKind.CONTROL, at, at + 1) for at, character in enumerate(text) if _forbidden(character)]
    opened: int | None = None
    kept = 0
    for mark in _MARKS.finditer(text):
        sign, at = mark.group(), mark.start()
        if opened is not None and sign == "]]":
            token, problem = _token(text[opened + 2 : at], opened, mark.end())
            parts += [text[kept:opened]] if kept < opened else []
            parts.append(token if problem is None else text[opened : mark.end()])
            problems += [problem] if problem else []
            opened, kept = None, mark.end()
        elif opened is None and sign == "[[[[":
            parts.append(text[kept:at] + "[[")
            kept = mark.end()
        elif sign != "]]":
            problems += [] if opened is None else [Problem(ProblemKind.UNCLOSED, opened, at)]
            opened = mark.end() - 2
    if opened is not None:
        problems.append(Problem(ProblemKind.UNCLOSED, opened, len(text)))
    parts += [text[kept:]] if kept < len(text) else []
    return Parsed(tuple(parts), tuple(sorted(problems, key=lambda problem: problem.start)))


def fill(parsed: Parsed, values: Mapping[str, str]) -> Filled:
    """With the values that are there, else the fallbacks. Values are cleaned; nothing in them is a token."""
    words: list[str] = []
    missing: dict[str, None] = {}
    for part in parsed.parts:
        if isinstance(part, str):
            words.append(part)
            continue
        value = cleaned(values.get(part.name, ""))
        if not value and part.fallback is None:
            missing[part.name] = None
        words.append(value or (f"[[{part.name}]]" if part.fallback is None else part.fallback))
    return Filled("".join(words), tuple(missing))


def cleaned(value: str) -> str:
    """One line without control and direction signs, LONGEST_VALUE characters at most."""
    plain = "".join(" " if unicodedata.category(each) in ("Cc", "Zl", "Zp") else each for each in value)
    kept = "".join(each for each in plain if each not in _BIDI and unicodedata.category(each) != "Cs")
    line = " ".join(kept.split())
    return line if len(line) <= LONGEST_VALUE else line[: LONGEST_VALUE - 3].rstrip() + "..."


def _token(inside: str, start: int, end: int) -> tuple[Token, Problem | None]:
    name, bar, fallback = inside.partition("|")
    name = name.strip().lower()
    token = Token(name, fallback.strip() if bar else None)
    return token, None if name in NAMES else Problem(ProblemKind.UNKNOWN, start, end, name, _nearest(name))


def _nearest(name: str) -> str | None:
    from difflib import get_close_matches  # only mistakes pay for it

    return next(iter(get_close_matches(name[:_LONGEST_NAME], NAMES, 1)), None)


def _forbidden(character: str) -> bool:
    return character in _BIDI or (character != "\n" and unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"))
