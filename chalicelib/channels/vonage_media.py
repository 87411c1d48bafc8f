"""What comes with a text over Vonage: https://developer.vonage.com/en/api/messages#inbound-message"""

from collections.abc import Sequence

from msgspec import Struct

from chalicelib.domain.events import LONGEST_NAME, LONGEST_SOURCE, MOST_MEDIA, MediaReference


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
