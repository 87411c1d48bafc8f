"""A customer's file as it goes over HTTP."""

from collections.abc import Sequence
from typing import TypeVar

import msgspec
from msgspec import Struct

from chalicelib.domain.consent import Consent, ConsentChange, ConsentState
from chalicelib.domain.customers import Customer
from chalicelib.domain.exports import Bought, Talk
from chalicelib.domain.held import Held
from chalicelib.domain.media import Media, MediaKey, MediaState
from chalicelib.domain.messages import Message
from chalicelib.usecases.export_customer import ExportPage
from chalicelib.usecases.ports import Files

from . import export_schemas as schemas
from . import present_carts

LINKS = 3_600_000
"""Milliseconds for which attachments can be fetched by their links."""
T = TypeVar("T", bound=Struct)


def page(of: ExportPage, files: Files, now: int) -> schemas.ExportPage:
    found = of.records
    records = schemas.FileRecords(
        customers=[_customer(each) for each in found.customers],
        conversations=[_conversation(each) for each in found.conversations],
        messages=[_message(each, files) for each in found.messages],
        held=[_held(each, files) for each in found.held],
        carts=[present_carts.cart(each, now) for each in found.carts],
        orders=[_order(each) for each in found.orders],
        notes=[_same(each, schemas.FileNote) for each in found.notes],
        consents=[_consent(each) for each in found.consents],
        consent_lines=[_line(each) for each in found.consent_lines],
        reminders=[_same(each, schemas.FileReminder) for each in found.reminders],
        invites=[_same(each, schemas.FileInvite) for each in found.invites],
        left_out=[_same(each, schemas.FileLeftOut) for each in found.left_out],
    )
    return schemas.ExportPage(
        format=schemas.FORMAT,
        records=records,
        next=of.cursor,
        conversations=of.conversations,
        orders=of.orders,
    )


def _same(item: Struct, kind: type[T], **more: object) -> T:
    """The fields that are called the same, and `more`."""
    fields = {name: getattr(item, name) for name in kind.__struct_fields__ if name not in more}
    return msgspec.convert(fields | more, kind, from_attributes=True)


def _customer(of: Customer) -> schemas.FileCustomer:
    return _same(of, schemas.FileCustomer, tags=of.tags or ())


def _conversation(of: Talk) -> schemas.FileConversation:
    state = ConsentState.NONE if of.consent is None else of.consent.state
    return _same(of.conversation, schemas.FileConversation, our_address=of.conversation.proxy, consent=state)


def _message(of: Message, files: Files) -> schemas.FileMessage:
    mail = None if of.mail is None else _same(of.mail, schemas.FileMail)
    attachments = _attachments(of.conversation_id, of.media, files)
    product = of.card.title if of.card is not None else ""
    return _same(of, schemas.FileMessage, mail=mail, attachments=attachments, product=product)


def _held(of: Held, files: Files) -> schemas.FileHeld:
    return _same(of, schemas.FileHeld, attachments=_attachments(of.conversation_id, of.media, files))


def _attachments(conversation_id: str, media: Sequence[Media], files: Files) -> list[schemas.FileAttachment]:
    return [_attachment(MediaKey(conversation_id, each.id), each, files) for each in media]


def _attachment(place: MediaKey, of: Media, files: Files) -> schemas.FileAttachment:
    key = "" if of.state is not MediaState.READY else place.picture if of.is_picture else place.file
    return _same(of, schemas.FileAttachment, key=key, url=files.link(key, LINKS) if key else "")


def _order(of: Bought) -> schemas.FileOrder:
    texts = [_same(each, schemas.FileAutomaticText) for each in of.texts]
    return _same(of.order, schemas.FileOrder, automatic_texts=texts)


def _consent(of: Consent) -> schemas.FileConsent:
    return _same(of, schemas.FileConsent, channel=of.key.channel, address=of.key.address, scope=of.key.scope)


def _line(of: ConsentChange) -> schemas.FileConsentLine:
    return _same(of, schemas.FileConsentLine, channel=of.key.channel, address=of.key.address, scope=of.key.scope)
