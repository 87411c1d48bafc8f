"""The phrases of a language, as they are written down and as they are looked for."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from msgspec import Struct

from .words import COMMA

Words = tuple[frozenset[str], ...]


class Source(Struct, frozen=True, kw_only=True):
    """A language as people edit it: plain lower case without accents and apostrophes, one phrase a line; ` / ` parts
    several on one.

    In a phrase `a|b` is either word, `<name>` any of `slots`, `?` at the end of a word makes it optional and `,` is a
    comma. Before the phrase: `^` only where a clause begins, `!` not after a subject ("you don't text me"); after it:
    `$` only where the clause ends.
    """

    slots: Mapping[str, str]
    phrases: str
    tails: str
    """What may follow a phrase and belongs to it: "on this number"."""
    fillers: str
    """What may stand anywhere and says nothing here; it is taken away first, longest first."""
    joints: str
    """Words that join clauses, and end them."""
    going_on: str
    """Words, or pairs of words, with which people go on without a comma: "stop texting me i moved"."""
    subjects: str
    denials: str
    """Right before a phrase (subjects left out) they take it back: "don't", "why did"."""
    conditions: str
    bare: str
    """What asks only as the whole message."""
    asides: str
    """What may stand beside that."""


class Phrase(Struct, frozen=True):
    words: Words
    opens: bool
    commands: bool
    closed: bool


class Grammar(Struct, frozen=True, kw_only=True):
    phrases: dict[str, tuple[Phrase, ...]]
    """By their first word."""
    tails: dict[str, tuple[Words, ...]]
    fillers: dict[str, tuple[Words, ...]]
    joints: frozenset[str]
    going_on: frozenset[str | tuple[str, ...]]
    subjects: frozenset[str]
    denials: frozenset[str]
    conditions: frozenset[str]
    bare: frozenset[tuple[str, ...]]
    asides: frozenset[tuple[str, ...]]
    begins: frozenset[str]
    """Where none of these words stands, nobody asks."""

    @classmethod
    def of(cls, source: Source) -> "Grammar":
        going_on = [tuple(line.split()) for line in _lines(source.going_on)]
        phrases = _by_first([p for line in _lines(source.phrases) for p in _phrases(line, source.slots)])
        bare = frozenset(_sentences(source.bare, source.slots))
        return cls(
            phrases=phrases,
            tails=_indexed(source.tails, source.slots),
            fillers=_indexed(source.fillers, source.slots),
            joints=frozenset(source.joints.split()),
            going_on=frozenset(each[0] if len(each) == 1 else each for each in going_on),
            subjects=frozenset(source.subjects.split()),
            denials=frozenset(source.denials.split()),
            conditions=frozenset(source.conditions.split()),
            bare=bare,
            asides=frozenset(_sentences(source.asides, source.slots)),
            begins=frozenset(phrases) | {words[0] for words in bare},
        )

    def without_fillers(self, sentence: Sequence[str]) -> list[str]:
        kept: list[str] = []
        position = 0
        while position < len(sentence):
            skipped = _longest(self.fillers, sentence, position)
            if not skipped:
                kept.append(sentence[position])
            position += skipped or 1
        return kept

    def tail_at(self, words: Sequence[str], position: int) -> int:
        """How many words of a tail stand there."""
        return _longest(self.tails, words, position)


def _longest(known: dict[str, tuple[Words, ...]], words: Sequence[str], position: int) -> int:
    if position >= len(words):
        return 0
    for each in known.get(words[position], ()):
        part = words[position : position + len(each)]
        if len(part) == len(each) and all(word in allowed for word, allowed in zip(part, each, strict=True)):
            return len(each)
    return 0


def _lines(text: str) -> list[str]:
    return [part.strip() for line in text.splitlines() for part in line.split(" / ") if part.strip()]


def _sequences(line: str, slots: Mapping[str, str]) -> Iterator[Words]:
    """Every way through the optional words of a line."""
    ways: list[tuple[frozenset[str] | None, ...]] = []
    for word in line.split():
        name = word.rstrip("?")
        meant = slots[name[1:-1]].split() if name.startswith("<") else name.split("|")
        allowed = frozenset(COMMA if each == "," else each for each in meant)
        ways.append((allowed, None) if word.endswith("?") else (allowed,))
    for way in product(*ways):
        yield tuple(each for each in way if each is not None)


def _phrases(line: str, slots: Mapping[str, str]) -> Iterator[Phrase]:
    text = line.lstrip("^!").rstrip("$")
    for words in _sequences(text, slots):
        head = line[: len(line) - len(line.lstrip("^!"))]
        yield Phrase(words, opens="^" in head, commands="!" in head, closed=line.endswith("$"))


def _by_first(phrases: Sequence[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, tuple[Phrase, ...]] = {}
    for phrase in phrases:
        for word in phrase.words[0]:
            found[word] = (*found.get(word, ()), phrase)
    return found


def _indexed(text: str, slots: Mapping[str, str]) -> dict[str, tuple[Words, ...]]:
    found: dict[str, list[Words]] = {}
    for line in _lines(text):
        for words in _sequences(line, slots):
            for first in words[0]:
                found.setdefault(first, []).append(words)
    return {first: tuple(sorted(each, key=len, reverse=True)) for first, each in found.items()}


def _sentences(text: str, slots: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    for line in _lines(text):
        for words in _sequences(line, slots):
            yield from product(*(sorted(each) for each in words))
