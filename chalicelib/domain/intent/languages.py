"""The languages in which it is understood, in the order in which they are asked."""

from .phrases_dutch import DUTCH
from .phrases_english import ENGLISH
from .phrases_french import FRENCH
from .phrases_german import GERMAN
from .phrases_italian import ITALIAN
from .phrases_portuguese import PORTUGUESE
from .phrases_spanish import SPANISH

SOURCES = (ENGLISH, SPANISH, GERMAN, FRENCH, ITALIAN, PORTUGUESE, DUTCH)
