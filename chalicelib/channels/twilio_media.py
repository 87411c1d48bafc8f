"""What comes with a text over Twilio: https://www.twilio.com/docs/messaging/guides/webhook-request"""

import re

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.events import LONGEST_SOURCE, LONGEST_TYPE, MOST_MEDIA, MediaReference

from .forms import Form, optional

_COUNT = re.compile(r"[0-9]{1,3}", re.ASCII)


def media_count(form: Form) -> int:
    """How many Twilio says there are. Raises InvalidInput."""
    count = optional(form, "NumMedia") or "0"
    if not _COUNT.fullmatch(count):
        raise InvalidInput(parameter="NumMedia")
    return int(count)


def references(form: Form) -> tuple[MediaReference, ...]:
    """Those with an address that can be kept. Twilio tells neither name nor size. Raises InvalidInput."""
    found = (
        MediaReference(source=source, content_type=optional(form, f"MediaContentType{place}")[:LONGEST_TYPE])
        for place in range(min(media_count(form), MOST_MEDIA))
        if 0 < len(source := optional(form, f"MediaUrl{place}")) <= LONGEST_SOURCE
    )
    return tuple(found)
