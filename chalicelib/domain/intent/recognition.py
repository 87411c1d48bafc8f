"""Whether somebody asks not to be written to any more, in their own words.

Phrases of each language (`phrases_*.py`) are looked for in each sentence, and what stands around them decides: "stop
texting me" asks, "don't stop texting me", "if it rains, stop texting me" and "don't text me before 9" do not. One pass
over the words per language; every phrase is short, so the work grows with the text and no faster.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from chalicelib.domain.addresses import Channel

from .grammar import Grammar, Phrase
from .languages import SOURCES
from .words import COMMA, readings

LONGEST = 4_000
"""Characters that are looked at: whoever wants no more messages says so early."""
_REACH = 6
"""Words before a phrase in which a condition ("if", "when") takes it back."""
_TAILS = 3
_OF_MAIL = frozenset(("email", "emails", "emailing", "emailed", "mail", "mails", "mailen", "mailt", "mailing"))
_OF_TEXTS = frozenset(
    ("text", "texts", "texting", "texted", "sms", "smses", "smsen", "smsjes", "whatsapp", "whatsapps", "appen", "app")
)


def asks_to_stop(text: str, channel: str) -> bool:
    """`text`: what the customer wrote anew. Words for another channel than theirs ("don't e-mail me") do not count."""
    return any(_asked(sentences, channel) for sentences in readings(text[:LONGEST]))


def _asked(sentences: Sequence[Sequence[str]], channel: str) -> bool:
    said = frozenset(word for words in sentences for word in words)
    likely = (grammar for grammar in _grammars() if not said.isdisjoint(grammar.begins))
    return any(_asks(sentences, grammar, channel) for grammar in likely)


@cache
def _grammars() -> tuple[Grammar, ...]:
    """Made when the first text comes: no cold start waits for them."""
    return tuple(Grammar.of(source) for source in SOURCES)


def _asks(sentences: Sequence[Sequence[str]], grammar: Grammar, channel: str) -> bool:
    kept = [grammar.without_fillers(sentence) for sentence in sentences]
    if any(_sentence_asks(words, grammar, channel) for words in kept):
        return True
    return _is_bare(kept, grammar)


def _sentence_asks(words: Sequence[str], grammar: Grammar, channel: str) -> bool:
    first = next((word for word in words if word != COMMA), "")
    if first in grammar.conditions:
        return False
    return any(
        _counts(words, start, end, phrase, grammar)
        and _of_channel(words[start : _past_tails(words, end, grammar)], channel)
        for start, end, phrase in _found(words, grammar)
    )


def _found(words: Sequence[str], grammar: Grammar) -> Iterator[tuple[int, int, Phrase]]:
    for start, word in enumerate(words):
        for phrase in grammar.phrases.get(word, ()):
            end = start + len(phrase.words)
            if end <= len(words) and all(w in each for w, each in zip(words[start:end], phrase.words, strict=True)):
                yield start, end, phrase


def _of_channel(phrase: Sequence[str], channel: str) -> bool:
    own, foreign = (_OF_MAIL, _OF_TEXTS) if channel == Channel.EMAIL else (_OF_TEXTS, _OF_MAIL)
    return foreign.isdisjoint(phrase) or not own.isdisjoint(phrase)


def _counts(words: Sequence[str], start: int, end: int, phrase: Phrase, grammar: Grammar) -> bool:
    return _ends_well(words, end, phrase, grammar) and _begins_well(words, start, phrase, grammar)


def _ends_well(words: Sequence[str], end: int, phrase: Phrase, grammar: Grammar) -> bool:
    """Nothing follows that limits it: the end, a comma, or words with which people go on."""
    end = _past_tails(words, end, grammar)
    if end >= len(words) or words[end] == COMMA:
        return True
    goes_on = words[end] in grammar.going_on or tuple(words[end : end + 2]) in grammar.going_on
    return not phrase.closed and (goes_on or words[end] in grammar.joints)


def _past_tails(words: Sequence[str], end: int, grammar: Grammar) -> int:
    for _ in range(_TAILS):
        end += grammar.tail_at(words, end)
    return end


def _begins_well(words: Sequence[str], start: int, phrase: Phrase, grammar: Grammar) -> bool:
    before = _clause_before(words, start)
    if phrase.opens:
        return not before or before[-1] in grammar.joints
    if not grammar.conditions.isdisjoint(before):
        return False
    if phrase.commands and before and before[-1] in grammar.subjects:
        return False
    while before and before[-1] in grammar.subjects:
        before = before[:-1]
    return not before or before[-1] not in grammar.denials


def _clause_before(words: Sequence[str], start: int) -> Sequence[str]:
    clause = words[max(0, start - _REACH) : start]
    while COMMA in clause:
        clause = clause[clause.index(COMMA) + 1 :]
    return clause


def _is_bare(sentences: Sequence[Sequence[str]], grammar: Grammar) -> bool:
    """The whole message is "please stop" and the like, perhaps with "wrong number"."""
    clauses = [clause for words in sentences for clause in _clauses(words)]
    said = [clause for clause in clauses if clause not in grammar.asides]
    return 0 < len(said) <= _REACH and all(clause in grammar.bare for clause in said)


def _clauses(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    clause: list[str] = []
    for word in (*words, COMMA):
        if word != COMMA:
            clause.append(word)
        elif clause:
            yield tuple(clause)
            clause = []
