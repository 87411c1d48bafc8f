"""Messages that WhatsApp has approved beforehand: they reach customers who have not written of late (X9).

https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview
"""

import re

from msgspec import Struct

from .errors import InvalidInput

LONGEST_VALUE = 200
"""Characters that stand for a placeholder."""
_PLACEHOLDER = re.compile(r"\{\{([1-9][0-9]?)\}\}")
_REFUSED = re.compile(r"[\n\r\t\0]| {5}|\{\{|\}\}")
"""What WhatsApp takes in no value: line breaks, tabs, more than four spaces in a row. Braces could be placeholders."""


class MessageTemplate(Struct, frozen=True, kw_only=True):
    """As approved: its body, with `{{1}}`, `{{2}}` and so on where words are to be filled in."""

    name: str
    language: str
    """As the provider writes it: `en_US`, `de`."""
    body: str
    content_id: str = ""
    """Twilio's id of it (`HX...`)."""

    @property
    def placeholders(self) -> int:
        """How many values it takes. Raises ValueError unless they are numbered from 1 without a gap."""
        numbers = sorted({int(each) for each in _PLACEHOLDER.findall(self.body)})
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError("placeholders are {{1}}, {{2}} and so on, without a gap")
        return len(numbers)

    def filled(self, values: tuple[str, ...]) -> str:
        """The words that the customer reads. Raises InvalidInput for values that cannot be sent."""
        if len(values) != self.placeholders:
            raise InvalidInput(field="values", expected=self.placeholders)
        for number, value in enumerate(values, 1):
            if not value.strip() or len(value) > LONGEST_VALUE or _REFUSED.search(value):
                raise InvalidInput(field="values", placeholder=number)
        return _PLACEHOLDER.sub(lambda found: values[int(found[1]) - 1], self.body)


class TemplateUse(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which template a message is, and what it was filled with."""

    name: str
    language: str
    values: tuple[str, ...] = ()
    content_id: str = ""
