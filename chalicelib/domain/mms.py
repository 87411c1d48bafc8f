"""Where a text carries pictures (N19): between numbers of the United States and Canada, and within Australia.

https://help.twilio.com/articles/223181668, https://help.twilio.com/articles/360023985374
"""

from .addresses import Address, can_be_texted
from .quiet_hours import regions_of

LARGEST_MMS = 5_000_000
"""Bytes of all the pictures of one text together: what Twilio takes."""
NORTH_AMERICA, AUSTRALIA = "north_america", "australia"


def mms_area(sender: Address, recipient: Address) -> str | None:
    """In which of the areas both numbers are; None where a text between them carries words only."""
    area = _area_of(sender)
    return area if area is not None and area == _area_of(recipient) else None


def _area_of(address: Address) -> str | None:
    """A number of the North American plan of which nothing is known is taken for one of the two large countries: area
    codes are added there each year. The plan's islands are known, and carry words only."""
    if not can_be_texted(address):
        return None
    if address.startswith("+61"):
        return AUSTRALIA
    if not address.startswith("+1"):
        return None
    regions = regions_of(address)
    return None if regions == () else NORTH_AMERICA
