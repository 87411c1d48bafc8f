"""All languages in which replies are understood. A row more is a language more (docs/email.md)."""

from .languages_further import FURTHER
from .languages_slavic import SLAVIC
from .languages_western import WESTERN

LANGUAGES = (*WESTERN, *SLAVIC, *FURTHER)
