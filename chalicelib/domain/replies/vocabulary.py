"""The tables of languages.py in the form in which lines are compared with them; built when first asked for."""

import re
from functools import cache
from typing import Literal

from . import languages, phrases
from .lines import fold

Role = Literal["sender", "date", "to", "copy", "subject"]
ROLES: tuple[Role, ...] = ("sender", "date", "to", "copy", "subject")

_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts that put no spaces between words."""


def _phrases(field: str) -> set[str]:
    return {fold(each) for language in languages.LANGUAGES for each in getattr(language, field).split("|") if each}


def _any_of(phrases: set[str]) -> str:
    """A pattern for one of them as whole words, longest first."""
    ordered = sorted(phrases, key=len, reverse=True)
    spaced = "|".join(re.escape(each) for each in ordered if not _UNSPACED.search(each))
    unspaced = "|".join(re.escape(each) for each in ordered if _UNSPACED.search(each))
    return rf"(?:(?<!\w)(?:{spaced})(?!\w)|{unspaced})" if unspaced else rf"(?<!\w)(?:{spaced})(?!\w)"


@cache
def wrote() -> re.Pattern[str]:
    """A verb of an attribution."""
    return re.compile(_any_of(_phrases("wrote")))


@cache
def lead() -> re.Pattern[str]:
    """How an attribution begins (for `match`)."""
    return re.compile(rf"[\"'(\[\u202b\u202a]?{_any_of(_phrases('leads'))}")


@cache
def languages_of(verb: str) -> frozenset[str]:
    """The languages (codes) that have this verb in their attributions."""
    return frozenset(each.code for each in languages.LANGUAGES if verb in {fold(one) for one in each.wrote.split("|")})


@cache
def prose(codes: frozenset[str]) -> re.Pattern[str]:
    """A word that stands in sentences of these languages (none: of any), not in their attributions."""
    words = {
        fold(word)
        for language in languages.LANGUAGES
        if not codes or language.code in codes
        for word in language.prose.split("|")
        if word and not _UNSPACED.search(word)
    }
    return re.compile(_any_of(words) if words else r"(?!)")


@cache
def labels() -> dict[str, Role]:
    """Label of a header block -> what it labels. Where languages disagree, the more telling role wins."""
    found: dict[str, Role] = {}
    for role in reversed(ROLES):
        for each in _phrases(role):
            found[each] = role
    return found


@cache
def originals() -> frozenset[str]:
    return frozenset(_phrases("original"))


@cache
def forwards() -> frozenset[str]:
    return frozenset(_phrases("forwarded"))


@cache
def closings() -> frozenset[str]:
    return frozenset(_phrases("closings"))


@cache
def tag_starts() -> re.Pattern[str]:
    """How the tag line of a phone or app begins (for `match`)."""
    starts = {each for each in _phrases("sent_from") if not each.startswith("~")}
    return re.compile(
        r"[\[(<\"~\-–— ]{0,4}(?:" + "|".join(re.escape(each) for each in sorted(starts, key=len, reverse=True)) + ")"
    )


@cache
def tag_parts() -> tuple[str, ...]:
    """What a tag line contains, in languages that put the verb last."""
    return tuple(sorted(each[1:] for each in _phrases("sent_from") if each.startswith("~")))


@cache
def devices() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(each) for each in sorted(phrases.DEVICES, key=len, reverse=True)))
