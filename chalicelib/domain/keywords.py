"""The words that opt out, opt in and ask for help, and what is answered to them (docs/requirements.md, Keywords)."""

from enum import StrEnum
from unicodedata import category, normalize

from .addresses import Address, Channel
from .consent import ConsentState


class Keyword(StrEnum):
    STOP = "stop"
    START = "start"
    HELP = "help"


_YES = "yes"
_WORDS = {
    Keyword.STOP: "stop stopall unsubscribe cancel end quit revoke optout remove td arret arrete arrett",
    Keyword.START: f"start {_YES} unstop",
    Keyword.HELP: "help info aide",
}
_KEYWORDS = {word: keyword for keyword, words in _WORDS.items() for word in words.split()}
_LONGEST = max(map(len, _KEYWORDS))

_IGNORED = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Me", "Sk", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"})
"""Unicode categories of white space, controls, zero-width characters, accents, skin tones, quotes and punctuation."""
_ASCII_SYMBOLS = frozenset("$+<=>|~^`")
_EMOJI = frozenset({"So", "Sm", "Sc"})
_KEYCAP = "\u20e3"

WORDING = {
    Keyword.STOP: "sms-stop-1",
    Keyword.START: "sms-start-1",
    Keyword.HELP: "sms-help-1",
}
MAIL_WORDING = {
    Keyword.STOP: "email-stop-1",
    Keyword.START: "email-start-1",
    Keyword.HELP: "email-help-1",
}
"""Version of the wording that the customer is answered with; kept in the consent ledger. Change both together."""
_RATES = "Msg & data rates may apply."


def classify(text: str) -> Keyword | None:
    """What the whole message asks for; None for ordinary talk, also where a keyword stands in it."""
    return _KEYWORDS.get(_word(text))


def next_consent(current: ConsentState, keyword: Keyword, said: str) -> ConsentState | None:
    """The state a keyword leads to; None where it changes nothing. `said`: the message.

    YES is an everyday word about orders: it opts in only where a request is pending or the customer had opted out.
    """
    if keyword is Keyword.STOP:
        return None if current is ConsentState.OPTED_OUT else ConsentState.OPTED_OUT
    if keyword is Keyword.HELP or current is ConsentState.OPTED_IN:
        return None
    if _word(said) == _YES and current not in (ConsentState.REQUESTED, ConsentState.OPTED_OUT):
        return None
    return ConsentState.OPTED_IN


def wording(keyword: Keyword, channel: str) -> str:
    """Which version of the wording the answer to a keyword has."""
    return (MAIL_WORDING if channel == Channel.EMAIL else WORDING)[keyword]


def opt_out_confirmation(store_name: str, channel: str = Channel.SMS) -> str:
    if channel == Channel.EMAIL:
        return f"You have opted out and will get no more mail from {store_name}. Answer START to opt in again."
    return f"You have opted out and will get no more texts from {store_name}. Reply START to opt in again."


def opt_in_confirmation(store_name: str, channel: str = Channel.SMS) -> str:
    if channel == Channel.EMAIL:
        return f"You have opted in to mail from {store_name}. Answer HELP for help, STOP to opt out."
    return f"You have opted in to texts from {store_name}. Reply HELP for help, STOP to opt out. {_RATES}"


def help_answer(store_name: str, store_phone: Address, channel: str = Channel.SMS) -> str:
    if channel == Channel.EMAIL:
        return f"{store_name}: for help call {store_phone}. Answer STOP to opt out."
    return f"{store_name}: for help call {store_phone}. Reply STOP to opt out. {_RATES}"


def ended_answer(store_name: str, store_phone: Address) -> str:
    """What a customer who writes into an ended conversation is told, once (D19)."""
    return f"{store_name} has ended this conversation. Please call {store_phone}."


def _word(text: str) -> str:
    """The letters of a message that could be a keyword, folded to plain lower case; else an empty text.

    One pass, character by character: normalising a whole text takes quadratic time on long runs of accents.
    """
    word, emoji = "", False
    for position, character in enumerate(text):
        if _is_ignored(character):
            continue
        if _is_emoji(character) or text[position + 1 : position + 3].lstrip("\ufe0f")[:1] == _KEYCAP:
            emoji = True
            continue
        letters = "".join(c for c in normalize("NFKD", character).casefold() if not _is_ignored(c))
        word += letters
        if emoji or len(word) > _LONGEST:
            return ""
    return word


def _is_ignored(character: str) -> bool:
    return category(character) in _IGNORED or character in _ASCII_SYMBOLS


def _is_emoji(character: str) -> bool:
    """Symbols beyond ASCII, and code points of the emoji blocks that are newer than our Unicode tables."""
    kind = category(character)
    if kind == "Cn":
        return 0x1F000 <= ord(character) <= 0x1FBFF
    return kind in _EMOJI and character not in _ASCII_SYMBOLS
