"""What comes and goes with a text over Vonage: https://developer.vonage.com/en/api/messages#inbound-message

Where it is kept: https://developer.vonage.com/en/messages/concepts/secure-inbound-media (the standard kind: for 48
hours, for whoever has the address. The enhanced kind wants a private key, which no connection of ours has.)
"""

from collections.abc import Sequence

from msgspec import Struct

from chalicelib.domain.media import LONGEST_NAME, LONGEST_SOURCE, MOST_MEDIA, MediaReference
from chalicelib.domain.mms import LARGEST_MMS, NORTH_AMERICA, mms_area
from chalicelib.usecases.ports import Origin, OutgoingText

STORES = tuple(f"https://{host}.nexmo.com/v3/media/" for host in ("api", "api-us", "api-eu", "api-ap"))


class Media(Struct):
    """An image, video, audio, file or contact card, as a webhook describes it."""

    url: str | None = None
    name: str | None = None
    caption: str | None = None


def references(media: Sequence[Media]) -> tuple[MediaReference, ...]:
    """Those with an address that can be kept. Vonage names files, and neither content nor size."""
    return tuple(
        MediaReference(source=each.url, name=(each.name or "")[:LONGEST_NAME])
        for each in media[:MOST_MEDIA]
        if each.url and len(each.url) <= LONGEST_SOURCE
    )


def origins(api_url: str) -> tuple[Origin, ...]:
    from .vonage import API_URL

    stores = tuple(Origin(prefix=prefix) for prefix in STORES)
    return stores if api_url == API_URL else (*stores, Origin(prefix=f"{api_url}/", private=True))


def carries_pictures(text: OutgoingText) -> bool:
    """One picture a message, within the US and Canada: https://developer.vonage.com/en/messages/concepts/mms"""
    if len(text.pictures) != 1 or text.pictures[0].size > LARGEST_MMS:
        return False
    return mms_area(text.sender, text.recipient) == NORTH_AMERICA


def content(text: OutgoingText) -> dict[str, object]:
    """What is sent, and by which of Vonage's channels."""
    words = text.body.encode("utf-8", "replace").decode()
    if not text.pictures:
        return {"channel": "sms", "message_type": "text", "text": words}
    caption = {"caption": words} if words else {}
    return {"channel": "mms", "message_type": "image", "image": {"url": text.pictures[0].url, **caption}}
