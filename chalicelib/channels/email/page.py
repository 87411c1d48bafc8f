"""A mail of ours as simple HTML: the words, lines and links of its text, and a product as a card (H9)."""

import re
from html import escape

from chalicelib.domain.products import Card

_LINK = re.compile(r"https?://[^\s<>\"]{1,500}[^\s<>\".,;:!?)\]']")
_CARD = "border:1px solid #d4d4d8;border-radius:8px;margin:12px 0;max-width:480px"
_PICTURE = "display:block;border-radius:6px"


def as_html(body: str, card: Card | None = None, picture: str = "") -> str:
    """What looks like HTML in the body stays text. `picture`: the Content-ID of the card's; empty where it has none."""
    before, after = body, ""
    if card is not None and card.text in body:
        before, _, after = body.rpartition(card.text)
    shown = "" if before is body or card is None else _card(card, picture)
    return f"<!doctype html>\n<html><body>{_words(before)}{shown}{_words(after)}</body></html>\n"


def _words(text: str) -> str:
    if not text.strip():
        return ""
    found, kept = [], 0
    for link in _LINK.finditer(text):
        found += [escape(text[kept : link.start()]), f'<a href="{escape(link.group())}">{escape(link.group())}</a>']
        kept = link.end()
    lines = "".join([*found, escape(text[kept:])]).replace("\r\n", "\n").replace("\n", "<br>\n")
    return f'<div dir="auto">{lines}</div>'


def _card(card: Card, picture: str) -> str:
    """A table, as mail programs lay out nothing else alike. Its picture says nothing that its title does not."""
    title = f"<strong>{escape(card.title)}</strong>"
    if card.url:
        title = f'<a href="{escape(card.url)}">{title}</a>'
    shown = f'<td><img src="cid:{escape(picture)}" alt="" width="96" style="{_PICTURE}"></td>' if picture else ""
    price = f"<br>{escape(card.price)}" if card.price else ""
    return (
        f'<table role="presentation" cellpadding="8" style="{_CARD}">'
        f'<tr>{shown}<td dir="auto" valign="top">{title}{price}</td></tr></table>'
    )
