"""What comes with a text over Twilio: https://www.twilio.com/docs/messaging/guides/webhook-request

Where it is kept: https://www.twilio.com/docs/messaging/api/media-resource
"""

import re
from urllib.parse import quote

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.media import LONGEST_SOURCE, LONGEST_TYPE, MOST_MEDIA, MediaReference
from chalicelib.usecases.ports import Origin

from .forms import Form, optional

STORES = (
    "https://mms.twiliocdn.com/",
    "https://media.twiliocdn.com/",
    "https://s3-external-1.amazonaws.com/media.twiliocdn.com/",
)
"""Where the API sends on to: for four hours, or for good where the account does not protect its media."""
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


def origins(api_url: str, account: str, authorization: str) -> tuple[Origin, ...]:
    """The account's own part of the API, with its credentials; and where that leads to, without."""
    from .twilio import API_URL

    simulated = api_url != API_URL
    path = f"/2010-04-01/Accounts/{quote(account, safe='')}/Messages/"
    own = Origin(prefix=api_url + path, headers={"Authorization": authorization}, private=simulated)
    stores = [Origin(prefix=prefix) for prefix in STORES]
    if simulated:
        stores.append(Origin(prefix=f"{api_url}/", private=True))
    return (own, *stores)
