"""What comes with a WhatsApp message: Meta's id leads to an address of five minutes.

https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
"""

from urllib.parse import quote

import msgspec
from msgspec import Struct

from chalicelib.usecases.ports import Downloads, MediaUnavailable, Origin

STORE = "https://lookaside.fbsbx.com/whatsapp_business/attachments/"


class _Located(Struct):
    url: str


_LOCATED = msgspec.json.Decoder(_Located)


def fetch(media_id: str, api: str, token: str, downloads: Downloads, *, simulated: bool) -> bytes:
    """`api`: base address with its version. Raises MediaUnavailable, MediaRefused."""
    headers = {"Authorization": f"Bearer {token}"}
    own = Origin(prefix=f"{api}/", headers=headers, private=simulated)
    try:
        url = _LOCATED.decode(downloads.get(f"{api}/{quote(media_id, safe='')}", [own])).url
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise MediaUnavailable from error
    return downloads.get(url, [Origin(prefix=STORE, headers=headers), *([own] if simulated else [])])
