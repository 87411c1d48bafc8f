"""The line between a reply and what it quotes: "On 1 May 2024 at 10:00, Ann <ann@shop.example> wrote:".

Told from a sentence by what it is made of: a date or time, an e-mail address, the verb of some language, a colon at its
end - and no words that only sentences have. Programs wrap it over up to four lines.
"""

import re
from collections.abc import Sequence
from enum import IntEnum

from . import vocabulary
from .lines import LONGEST_MATCH, Line, fold

MOST_LINES = 4
_MOST_WORDS = 40

_YEAR = r"(?<!\d)(?:19|20|25)\d\d(?!\d)"
_TIME = r"(?<!\d)(?:[01]?\d|2[0-3])[:.h時点點时시][0-5]\d(?!\d|[.]\d)"
_DATE = r"(?<!\d)\d{1,4}[./-] ?\d{1,2}[./-] ?\d{2,4}(?!\d)"
_DAY = re.compile(rf"{_YEAR}|{_DATE}")
_WHEN = re.compile(rf"{_YEAR}|{_TIME}|{_DATE}")
_CLOCK = re.compile(
    rf"{_TIME}|{_DATE}|\d+年\d+月\d+日|\d+\. ?\w{{3,10}}\.? {_YEAR}"
    rf"|\d+ \w{{3,10}}\.?,? (?:de )?{_YEAR}|\w{{3,10}}\.? \d+, {_YEAR}"
)
_EMAIL = re.compile(r"[^\s@<>\[\]():;,]{1,100}@[^\s@<>\[\]():;,]{2,100}")
_IN_BRACKETS = re.compile(r"[<(\[] ?(?:mailto:)?[^\s@<>\[\]()]{1,100}@[^\s@<>\[\]()]{2,100} ?[>)\]]")
_END = re.compile(r"(?::|--+|—|：)[\s\u200e\u200f\u202c\u200e_-]*$")
_DATE_AND_ADDRESS = re.compile(rf"(?:{_DATE}|{_YEAR}).{{0,100}}<[^\s<>]{{1,100}}@[^\s<>]{{2,100}}>$")
"""As old Gmail wrote it, without a verb or a colon."""

_GLUED = re.compile(r"(?<=\S)[ \t](?=(?:On|Am|Le|El|Il|Em|Op|Den|Dne|Dnia|W dniu|Il giorno)\s)")
"""Where an attribution may begin behind other words of its line."""

_DASHES = re.compile(r"^-{2,} ?| ?-{2,}:?$")
_LEADING_DATE = re.compile(
    rf"[\"'(\[\u202b]?(?:{_YEAR}|\d{{1,2}}[./:年 -]|\w{{1,12}}[.,]{{1,2}} ?(?:\d|\w{{1,10}} \d))"
)
_YOU = re.compile(r"(?:you|sie|vous|вы) (?:wrote|schrieben|avez écrit|писали)\b")
_SENTENCE_END = re.compile(r"[?？。]")


_DASHED = re.compile(r"-{3,} ?(\S[^-]{1,60}?) ?-{3,}:?$")


class Strength(IntEnum):
    """WEAK: an attribution if a quote follows. STRONG: by itself."""

    WEAK = 1
    STRONG = 2


def ends_here(lines: Sequence[Line], end: int) -> tuple[int, Strength] | None:
    """The first line of the attribution whose last line is `end`, and how sure that is; None: there is none."""
    folded = lines[end].folded
    if not _END.search(folded):
        return (end, Strength.WEAK) if _lacks_colon(folded) else None
    best: tuple[int, Strength] | None = None
    text = ""
    torn = folded.startswith(">")
    for start in range(end, max(end - (2 if torn else 1) * MOST_LINES, -1), -1):
        line = lines[start]
        if line.blank and torn:
            continue
        if line.blank or line.quoted != lines[end].quoted:
            break
        text = f"{line.folded} {text}".strip()
        if len(text) > LONGEST_MATCH or _ends_sentence(line, start == end):
            break
        strength = strength_of(text)
        if strength and _better(strength, best, text):
            best = (start, strength)
        if best and best[0] == start and vocabulary.lead().match(text):
            break
    return best


def _lacks_colon(folded: str) -> bool:
    """An attribution without the colon at its end; it needs a quote below it."""
    if _DATE_AND_ADDRESS.match(folded):
        return True
    verb = vocabulary.wrote().search(folded)
    return verb is not None and verb.end() == len(folded) and strength_of(f"{folded}:") is Strength.STRONG


def _ends_sentence(line: Line, last: bool) -> bool:
    """The line before ends what was said before, or is a salutation; an attribution begins after it."""
    return not last and (
        line.folded.endswith((".", "!", "?", ":", "。")) and not re.search(r"\b\w{1,5}\.$", line.folded)
    )


def _better(strength: Strength, best: tuple[int, Strength] | None, text: str) -> bool:
    if best is None or strength > best[1]:
        return True
    return strength == best[1] and bool(vocabulary.lead().match(text) or _LEADING_DATE.match(text))


def strength_of(text: str) -> Strength | None:
    """Of a folded text: an attribution, and nothing else?"""
    if _dashed_around(text):
        return Strength.STRONG
    text = _DASHES.sub("", text).strip(" _")
    if len(text.split()) > _MOST_WORDS:
        return None
    if _YOU.search(text):
        return Strength.WEAK if _CLOCK.search(text) else None
    when, email = _WHEN.search(text), _EMAIL.search(text)
    verb = vocabulary.wrote().search(text)
    rest = _IN_BRACKETS.sub("<>", text)
    if _SENTENCE_END.search(rest) or _speaks(rest, vocabulary.wrote().search(rest)):
        return Strength.WEAK if verb and _CLOCK.search(text) and vocabulary.lead().match(text) else None
    if verb and when and (email or _is_short(rest)):
        return Strength.STRONG if email or _begins_well(text) or _CLOCK.search(text) else Strength.WEAK
    address = _IN_BRACKETS.search(text)
    if address and when and _DAY.search(text) and (_begins_well(text) or _is_name_first(text, address, when)):
        return Strength.STRONG
    if verb and (email or _is_short(rest)):
        return Strength.WEAK
    return Strength.WEAK if when and (email or _begins_well(text)) and _is_short(rest) else None


def _dashed_around(text: str) -> bool:
    """ "---- Ann Lee wrote ----", as phones put it: a name and the verb between dashes, without a date."""
    between = _DASHED.match(text)
    verb = between and vocabulary.wrote().search(between.group(1))
    return bool(between and verb and verb.end() == len(between.group(1)) and len(between.group(1).split()) <= 5)


def flattened(folded: str) -> bool:
    """Does the line begin with a whole attribution, and go on with what it quotes? (HTML turned into text badly.)"""
    if not (vocabulary.lead().match(folded) and _EMAIL.search(folded)):
        return False
    for colon in re.finditer(r": ", folded):
        head = folded[: colon.start() + 1]
        if _EMAIL.search(head) and vocabulary.wrote().search(head):
            return strength_of(head) is Strength.STRONG
    return False


def glued(text: str) -> int | None:
    """Where in a line an attribution begins that a program put right behind the customer's words; None: nowhere."""
    for start in _GLUED.finditer(text[:LONGEST_MATCH]):
        if not any(character.isalnum() for character in text[: start.start()]):
            continue
        if strength_of(fold(text[start.end() :])) is Strength.STRONG:
            return start.end()
    return None


def _speaks(rest: str, verb: re.Match[str] | None) -> bool:
    """Words beside names and dates that only a sentence has. ("An" may be a name: beside an address it takes two.)"""
    if verb is None:
        return False
    prose = vocabulary.prose(vocabulary.languages_of(verb.group()))
    lead = vocabulary.lead().match(rest)
    found = [match for match in prose.finditer(rest) if not _within(match, verb)]
    telling = [match for match in found if lead is None or match.start() >= lead.end()]
    if "<>" in rest:
        return len(telling) >= 3
    return len(telling) >= (2 if "@" in rest else 1) or any(_beside(match, verb) for match in telling)


def _within(match: re.Match[str], verb: re.Match[str] | None) -> bool:
    return verb is not None and verb.start() <= match.start() < verb.end()


def _beside(match: re.Match[str], verb: re.Match[str] | None) -> bool:
    return verb is not None and (match.end() + 1 == verb.start() or verb.end() + 1 == match.start())


def _is_name_first(text: str, address: re.Match[str], when: re.Match[str]) -> bool:
    """A name and an address, then a date: nothing of a sentence before them."""
    return when.start() > address.start() and not vocabulary.prose(frozenset()).search(text, 0, address.start())


def _is_short(rest: str) -> bool:
    return len(rest.split()) <= 18


def _begins_well(text: str) -> bool:
    return bool(vocabulary.lead().match(text) or _LEADING_DATE.match(text))
