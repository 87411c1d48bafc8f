"""Templates (L8, L15, L23) and quick replies (N15, N17): the store's own words with tokens.

Not to be mixed up with what WhatsApp approves beforehand: that is in `message_templates`.
"""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from .errors import InvalidInput
from .messages import BODY_LIMIT
from .orders import OrderEvent
from .template_tokens import parse

LANGUAGES = ("en", "es", "de", "fr", "it", "pt", "nl")
"""Of template texts, in the order in which screens show them."""
MOST_TEMPLATES = 50
"""Custom templates and quick replies of one store together."""
LONGEST_NAME = 60
FOLLOW_UP_DAYS = 7
"""After which a follow-up goes out, as it comes (X22)."""
LONGEST_DELAY = 60
"""Days."""


class TemplateKind(StrEnum):
    """What makes a template go out."""

    STANDARD = "standard"
    """An event of an order, by itself (L8)."""
    CUSTOM = "custom"
    """An associate, who may change it before (L10)."""
    QUICK_REPLY = "quick_reply"
    """An associate, while answering (N15)."""


class Audience(StrEnum):
    """Whom a template texts (L15)."""

    CUSTOMER = "customer"
    MERCHANT = "merchant"
    """The merchant's own phone (L7)."""


class Template(Struct, frozen=True, kw_only=True):
    """One template of a store. Standard ones have the event as their id."""

    id: str
    merchant_id: str
    store_id: str
    kind: TemplateKind
    name: str = ""
    """Of standard ones empty: the event says it."""
    texts: dict[str, str]
    """By language, at least one."""
    active: bool = True
    transactional: bool = True
    """Of standard ones: it goes out at night as well (X4)."""
    edited: bool = True
    """Of standard ones: it no longer is as it came."""
    delay_days: int = FOLLOW_UP_DAYS
    """Of the follow-up: after how many days it goes out (X22)."""
    revision: int = 0
    """Counts its changes; 0: not stored."""
    deleted: bool = False
    """A custom one: gone. A standard one: as it came again."""

    @property
    def audience(self) -> Audience:
        """What goes out by hand is for customers."""
        told = self.kind is TemplateKind.STANDARD and OrderEvent(self.id).for_merchant
        return Audience.MERCHANT if told else Audience.CUSTOMER

    def text_for(self, wanted: str, store_language: str) -> tuple[str, str]:
        """The language that is chosen, and its text: the customer's, else the store's, else English, else any."""
        for language in (wanted, wanted.partition("-")[0].lower(), store_language, "en"):
            if language in self.texts:
                return language, self.texts[language]
        return next(iter(self.texts.items()))


def checked(texts: Mapping[str, str]) -> dict[str, str]:
    """As they are to be stored. Raises InvalidInput with the first place that is wrong."""
    found = {language: texts[language].strip() for language in LANGUAGES if texts.get(language, "").strip()}
    if set(texts) - set(LANGUAGES):
        raise InvalidInput("A text is in a language that templates do not have.", field="texts")
    if not found:
        raise InvalidInput("A template needs a text.", field="texts")
    for language, text in found.items():
        if len(text) > BODY_LIMIT:
            raise InvalidInput("A text is too long.", field=f"texts.{language}", limit=BODY_LIMIT)
        for problem in parse(text).problems:
            raise InvalidInput(
                "A text has a token that is not known, or not closed.",
                field=f"texts.{language}",
                problem=problem.kind.value,
                at=problem.start,
                token=problem.name,
                nearest=problem.nearest or "",
            )
    return found


def checked_name(name: str) -> str:
    """Raises InvalidInput."""
    line = " ".join(name.split())
    if not line or len(line) > LONGEST_NAME or not line.isprintable():
        raise InvalidInput("A name has 1 to 60 characters.", field="name", limit=LONGEST_NAME)
    return line


class AutomaticSwitches(Struct, frozen=True, kw_only=True):
    """Which standard templates of a store go out, where that is not as they came. Part of the set-up, which every
    process has at hand: an order's event asks nobody."""

    store_id: str
    merchant_id: str
    on: frozenset[OrderEvent]
    """Of those that text customers."""
    merchant_off: frozenset[OrderEvent] = frozenset()
    """Of those that text the merchant's own phone."""
    follow_up_days: int = FOLLOW_UP_DAYS
