"""Attachments and pictures as they go over HTTP."""

from chalicelib.domain.media import REFUSAL_TEXT, Media
from chalicelib.usecases.send_pictures import Page
from chalicelib.usecases.show_media import MediaLinks
from chalicelib.usecases.upload_picture import Offer, Shown

from . import media_schemas


def media(of: Media) -> media_schemas.MediaView:
    return media_schemas.MediaView(
        id=of.id,
        state=of.state,
        content_type=of.content_type,
        name=of.name,
        width=of.width,
        height=of.height,
        size=of.size,
        refusal=None if of.refusal is None else media_schemas.MediaRefusalView(of.refusal, REFUSAL_TEXT[of.refusal]),
    )


def media_links(of: MediaLinks) -> media_schemas.MediaLinks:
    return media_schemas.MediaLinks(url=of.url, thumbnail_url=of.thumbnail_url, expires_at=of.expires_at)


def picture_offer(of: Offer) -> media_schemas.PictureOffer:
    return media_schemas.PictureOffer(id=of.upload.id, url=of.url, headers=of.headers, expires_at=of.expires_at)


def picture(of: Shown) -> media_schemas.PictureView:
    seen = media(of.media)
    return media_schemas.PictureView(
        id=seen.id,
        state=seen.state,
        width=seen.width,
        height=seen.height,
        thumbnail_url=of.thumbnail_url,
        refusal=seen.refusal,
    )


def picture_page(of: Page) -> media_schemas.PicturePage:
    pictures = [
        media_schemas.PagePictureView(
            url=each.url, thumbnail_url=each.thumbnail_url, width=each.media.width, height=each.media.height
        )
        for each in of.pictures
    ]
    return media_schemas.PicturePage(store=of.store, pictures=pictures, expires_at=of.expires_at)
