"""What a message at WhatsApp says, in words for the associate: of every kind that Meta documents, and of others.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
"""

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from chalicelib.domain.media import LONGEST_NAME, LONGEST_TYPE, MediaReference

LONGEST = 4_096
"""Characters that a text can have at WhatsApp; nothing that is told is longer."""
MOST_LINES = 30
"""Of an order or of contacts."""
_KIND = re.compile(r"[a-z_]{1,40}", re.ASCII)
_MEDIA_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_NOT_DIGITS = re.compile(r"[^0-9]+", re.ASCII)

Fields = dict[str, Any]


class Content(Struct, frozen=True, kw_only=True):
    """`notice`: WhatsApp tells it of itself, the customer wrote nothing."""

    body: str
    media: MediaReference | None = None
    media_count: int = 0
    quoted_id: str = ""
    notice: bool = False


def read(kind: str, message: Fields, *, own: str) -> Content:
    """The content of a message. `own`: its sender's address, which is not repeated to anybody (X7)."""
    reader = _READERS.get(kind)
    content = None if reader is None else reader(message, own)
    if content is None:
        content = _cannot_be_shown(kind, message)
    quoted_id = content.quoted_id or _text(_part(message, "context"), "id")
    return Content(
        body=content.body[:LONGEST],
        media=content.media,
        media_count=content.media_count,
        quoted_id=quoted_id,
        notice=content.notice,
    )


# --- what people write ------------------------------------------------------------------------------------------------


def _plain(message: Fields, own: str) -> Content | None:
    text = _part(message, "text")
    if not isinstance(text.get("body"), str):
        return None
    about = _text(_part(_part(message, "context"), "referred_product"), "product_retailer_id")
    return Content(body=f"{text['body']}\n[About the product {about} of the catalogue]" if about else text["body"])


def _pressed(message: Fields, own: str) -> Content | None:
    """An answer button of a template."""
    label = _text(_part(message, "button"), "text")
    return Content(body=label) if label else None


def _chosen(message: Fields, own: str) -> Content | None:
    """A button, a row of a list, or a form (a flow) filled in."""
    answer = _part(message, "interactive")
    choice = _part(answer, "button_reply") or _part(answer, "list_reply")
    if title := _text(choice, "title"):
        return Content(body="\n".join(each for each in (title, _text(choice, "description")) if each))
    form = _part(answer, "nfm_reply")
    if not form:
        return None
    answers = _text(form, "response_json")
    return Content(body=_bracketed("Filled in a form", answers or _text(form, "body")))


def _media(message: Fields, own: str) -> Content | None:
    """A picture, film, recording, sticker or document with its caption."""
    media = _part(message, _text(message, "type"))
    caption, media_id = _text(media, "caption"), _text(media, "id")
    if not media:
        return None
    if not _MEDIA_ID.fullmatch(media_id):
        return Content(body=caption, media_count=1)
    kind, name = _text(media, "mime_type").partition(";")[0], _text(media, "filename")
    found = MediaReference(source=media_id, content_type=kind[:LONGEST_TYPE], name=name[:LONGEST_NAME])
    return Content(body=caption, media=found)


def _reaction(message: Fields, own: str) -> Content | None:
    reaction = _part(message, "reaction")
    emoji, quoted_id = _text(reaction, "emoji"), _text(reaction, "message_id")
    if not reaction:
        return None
    return Content(body=f"[Reacted with {emoji}]" if emoji else "[Took a reaction back]", quoted_id=quoted_id)


def _location(message: Fields, own: str) -> Content | None:
    place = _part(message, "location")
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    named = ", ".join(each for each in (_text(place, "name"), _text(place, "address")) if each)
    return Content(body=f"{_bracketed('Location', named)}\nhttps://maps.google.com/?q={latitude:.6f},{longitude:.6f}")


def _contacts(message: Fields, own: str) -> Content | None:
    cards = _list(message, "contacts")
    lines = [_card(card, own) for card in cards[:MOST_LINES]]
    return Content(body="\n".join(_bracketed("Contact", line) for line in lines)) if lines else None


def _card(card: Fields, own: str) -> str:
    """Name and numbers; not the sender's own, which stays masked."""
    phones = [_text(phone, "phone") or _text(phone, "wa_id") for phone in _list(card, "phones")]
    emails = [_text(email, "email") for email in _list(card, "emails")]
    others = [each for each in phones if _digits(each) != _digits(own)]
    return ", ".join(each for each in (_text(_part(card, "name"), "formatted_name"), *others, *emails) if each)


def _order(message: Fields, own: str) -> Content | None:
    """A basket from the catalogue at WhatsApp."""
    order = _part(message, "order")
    items = _list(order, "product_items")
    if not items:
        return None
    lines = [_bracketed("Orders from the catalogue", f"{len(items)} products" if len(items) > 1 else "")]
    lines += [
        f"{item.get('quantity', 1)} × {_text(item, 'product_retailer_id')}"
        f" ({item.get('item_price', '?')} {_text(item, 'currency')})"
        for item in items[:MOST_LINES]
    ]
    return Content(body="\n".join([*lines, *([_text(order, "text")] if _text(order, "text") else [])]))


def _corrected(message: Fields, own: str) -> Content | None:
    edit = _part(message, "edit")
    inner = _part(edit, "message")
    words = _text(_part(inner, "text"), "body") or _text(_part(inner, _text(inner, "type")), "caption")
    quoted_id = _text(edit, "original_message_id")
    return Content(body=f"[Corrected an earlier message]\n{words}", quoted_id=quoted_id) if words else None


def _deleted(message: Fields, own: str) -> Content | None:
    """It stays in the conversation: the associate may have acted on it."""
    return Content(
        body="[Deleted an earlier message at WhatsApp]",
        quoted_id=_text(_part(message, "revoke"), "original_message_id"),
        notice=True,
    )


# --- what WhatsApp tells ----------------------------------------------------------------------------------------------

SYSTEM = {
    "user_changed_number": "This customer has a new phone number at WhatsApp and may write from there.",
    "customer_changed_number": "This customer has a new phone number at WhatsApp and may write from there.",
    "user_changed_user_id": "This customer has a new user id at WhatsApp and may write from there.",
    "customer_identity_changed": "This customer has set up WhatsApp anew, perhaps on another phone.",
}
"""In our words: Meta's own name the numbers."""
UNSUPPORTED = {
    "edit": "a correction of an earlier message",
    "event": "an event",
    "list": "a list",
    "live_location": "a live location",
    "pin": "a pinned message",
    "poll_creation": "a poll",
    "poll_update": "a vote in a poll",
    "video_note": "a video note",
    "view_once": "something to be seen once",
}


def _system(message: Fields, own: str) -> Content | None:
    told = SYSTEM.get(_text(_part(message, "system"), "type"), "Something about this customer's account has changed.")
    return Content(body=_bracketed("WhatsApp", told), notice=True)


def _welcome(message: Fields, own: str) -> Content | None:
    return Content(body="[Opened the chat at WhatsApp for the first time]", notice=True)


def _cannot_be_shown(kind: str, message: Fields) -> Content:
    """Whatever else there is or will be, and what lacks what its kind must have."""
    hidden = _text(_part(message, "unsupported"), "type") or kind
    named = UNSUPPORTED.get(hidden, hidden.replace("_", " ") if _KIND.fullmatch(hidden) else "")
    told = "" if named in ("unsupported", "unknown", "errors") else named
    return Content(body=f"[Sent something we cannot show{': ' + told if told else ''}]")


_READERS: dict[str, Callable[[Fields, str], Content | None]] = {
    "text": _plain,
    "button": _pressed,
    "interactive": _chosen,
    "image": _media,
    "video": _media,
    "audio": _media,
    "voice": _media,
    "sticker": _media,
    "document": _media,
    "reaction": _reaction,
    "location": _location,
    "contacts": _contacts,
    "order": _order,
    "edit": _corrected,
    "revoke": _deleted,
    "system": _system,
    "request_welcome": _welcome,
}
KINDS = tuple(_READERS)


# --- reading what may be anything -------------------------------------------------------------------------------------


def _part(fields: Fields, name: str) -> Fields:
    found = fields.get(name)
    return found if isinstance(found, dict) else {}


def _list(fields: Fields, name: str) -> list[Fields]:
    found = fields.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _text(fields: Fields, name: str) -> str:
    found = fields.get(name)
    return found.strip() if isinstance(found, str) else ""


def _bracketed(what: str, detail: str) -> str:
    return f"[{what}: {detail}]" if detail else f"[{what}]"


def _digits(number: str) -> str:
    return _NOT_DIGITS.sub("", number)
