"""Whatever a mail looks like: no exception, nothing lost, and time in proportion to its size."""

import random
import re
import time
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.replies import Reply, extract_reply
from chalicelib.domain.replies.html_lines import MAX_DEPTH, _Reader, read_html
from chalicelib.domain.replies.html_tokens import Scanner, Tag
from chalicelib.domain.replies.lines import MAX_CHARACTERS, MAX_LINES, fold
from tests.domain.replies.reading import mails, table

PIECES = [
    *(line for name in ("attributions", "header_blocks", "tag_lines", "forwards") for _, line in table(name)),
    "> quoted", ">> deeper", ">", "-- ", "--", "________________________________", "Best regards,", "Tom",
    "+49 30 1234567",
    "www.shop.example", "This e-mail and any files are confidential.", "Hello, where is it?", "", " ", "\ufeff",
    "\u202e", "*", ":",
    "From:", "To: a@b.example", "\0", "\ud800", "a" * 500, "##- Please type your reply above this line -##",
]  # fmt: skip
TAGS = [
    "<p>", "</p>", "<br>", "<div class=gmail_quote>", "<blockquote type=cite>", "</blockquote>", "</div>", "<hr>",
    "<!--", "-->",
    "<div id=divRplyFwdMsg>", "<div class='gmail_attr'>", "<span class=gmail_signature>", "</span>", "<style>",
    "</style>", "<",
    "<td>", "<li>", "<ol>", "</ol>", "<pre>", "</pre>", "<a href='https://x.example/'>", "</a>", "&lt;", "&#x1F600;",
    "&#99999999999;",
    "<div style='border-left:1px solid'>", "<p style='display:none'>", "<img alt=x>", "\"", "'", ">", "<table><tr>",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=60)), max_size=25).map("\n".join)
PAGES = st.lists(st.one_of(st.sampled_from(TAGS), st.sampled_from(PIECES), st.text(max_size=20)), max_size=40).map(
    "".join
)
WORD = re.compile(r"\S+")


def words(text: str) -> Counter[str]:
    """Of a text: what can be seen of it."""
    return Counter(WORD.findall("".join(each for each in text if each.isspace() or fold(each))))


def everything(reply: Reply) -> Counter[str]:
    return words("\n".join([reply.newest, *(part.text for part in reply.folded)]))


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_nothing_of_a_plain_text_is_lost(text: str) -> None:
    assert everything(extract_reply(text, None)) == words(text)


@settings(deadline=None, max_examples=300)
@given(PAGES)
def test_nothing_that_html_shows_is_lost(html: str) -> None:
    assert everything(extract_reply(None, html)) == words("\n".join(line.text for line in read_html(html)))


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.none(), TEXTS), st.one_of(st.none(), PAGES), st.text(max_size=30))
def test_any_mail_has_a_reply(text: str | None, html: str | None, subject: str) -> None:
    reply = extract_reply(text, html, subject)
    assert reply.source in ("", "text", "html")
    assert bool(reply.source) == bool(reply.newest or reply.folded)


@pytest.mark.parametrize("name", ["clients", "plain", "unseen"])
def test_nothing_of_the_case_mails_is_lost(name: str) -> None:
    for mail in mails(name):
        if mail.text is not None:
            assert everything(extract_reply(mail.text, None, mail.subject)) == words(mail.text), mail.name


def test_ten_thousand_mutations_of_the_case_mails() -> None:
    chance = random.Random(4)
    sources = [mail for name in ("clients", "plain") for mail in mails(name)]
    for _ in range(10_000):
        mail = chance.choice(sources)
        text, html = (None if part is None else mutated(part, chance) for part in (mail.text, mail.html))
        reply = extract_reply(text, html, mail.subject)
        assert isinstance(reply.newest, str)


def mutated(text: str, chance: random.Random) -> str:
    at, length = chance.randrange(len(text) + 1), chance.randrange(40)
    piece = chance.choice(
        (
            text[at : at + length] * 2,
            "",
            chance.choice(TAGS),
            chance.choice(PIECES),
            "\n> ",
            chr(chance.randrange(0x3000)),
        )
    )
    return text[:at] + piece + text[at + length :]


LINES = {
    "line breaks": "\n", "marks": ">", "quoted lines": ">\n", "colons": "a:\n", "senders": "From: a@b\n",
    "attributions": "On Mon, 1 May 2024 at 10:00, Ann <a@b> wrote:\n",
    "begun attributions": "On Mon, 1 May 2024 at 10:00, ",
    "verbs": "wrote ", "delimiters": "-- \n", "dashes": "-", "accents": "\u0301",
    "blocks": "From: a\nTo: b\nDate: 2024\n\n",
    "recipients": "x@y;\n", "tag lines": "Sent from my iPhone\n", "at signs": "@", "brackets": "<a@b ", "digits": "1",
    "spaces": " ",
    "forwards": "---------- Forwarded message\n", "closings": "Regards,\nAnn\n+49 30 12345678\n\n",
    "notices": "This e-mail and any\n\n",
    "broken quotes": "> a\nb\n", "times": "call a@b.example at 10:00: \n", "returns": "\r", "nothing": "\0",
    "full width": "＞",
}  # fmt: skip
ELEMENTS = {
    "less": "<", "open tags": "<a ", "open quotes": '<a "', "crossed quotes": "<a \">\"\"<a '", "comments": "<!--",
    "blocks": "<div>",
    "cited": "<blockquote type=cite>x", "bold": "<b>", "scripts": "<script>", "attributes": '<a b c d=e f="g">',
    "ampersands": "&",
    "entities": "&amp;", "numbers": "&#9999999999", "paragraphs": "<p>a", "lists": "<ul><li>", "cells": "<td>a",
    "breaks": "<br>",
    "hidden": '<p style="display:none">', "closed": "</div>", "rules": "<hr><b>From:</b> a@b<br><b>Date:</b> 2024<br>",
    "links": "<a href=http://x>y</a> ", "open links": "<a href=http://x>y ", "exact": "<pre>\n",
    "attributed": "<div class=gmail_attr>x</div>",
    "bordered": "<div style=border-left:1px>x: ", "pictures": "<img alt=x src=y>",
    "paired quotes": '<a ""',
}  # fmt: skip
MEGABYTE = 1_000_000


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def is_linear(read: Callable[[str], object], unit: str) -> bool:
    """Twice the size takes at most 2.6 times as long, or next to nothing. Measured anew where other work disturbed."""
    for _ in range(4):
        half, whole = (seconds(partial(read, unit * (size // len(unit)))) for size in (MEGABYTE // 8, MEGABYTE // 4))
        if whole <= 2.6 * half or whole < 0.1:
            return True
    return False


def read_plain(text: str) -> Reply:
    return extract_reply(text, None)


def read_page(html: str) -> Reply:
    return extract_reply(None, html)


@pytest.mark.parametrize("unit", LINES.values(), ids=LINES)
def test_time_grows_with_the_size_of_a_text(unit: str) -> None:
    assert is_linear(read_plain, unit)


@pytest.mark.parametrize("unit", ELEMENTS.values(), ids=ELEMENTS)
def test_time_grows_with_the_size_of_html(unit: str) -> None:
    assert is_linear(read_page, unit)


@pytest.mark.parametrize("unit", LINES.values(), ids=LINES)
def test_a_hostile_megabyte_of_text_takes_seconds_at_most(unit: str) -> None:
    """Under one second where nothing else runs (docs/email.md); three here."""
    assert seconds(lambda: read_plain(unit * (MEGABYTE // len(unit)))) < 3


@pytest.mark.parametrize("unit", ELEMENTS.values(), ids=ELEMENTS)
def test_a_hostile_megabyte_of_html_takes_seconds_at_most(unit: str) -> None:
    assert seconds(lambda: read_page(unit * (MEGABYTE // len(unit)))) < 3


def test_what_lies_beyond_the_caps_is_kept() -> None:
    for text in ("x " * MAX_CHARACTERS, "y\n" * (2 * MAX_LINES), "<p>z" * (2 * MAX_LINES)):
        assert everything(extract_reply(text, None)) == words(text)
    page = "<p>z" * (2 * MAX_LINES)
    assert everything(extract_reply(None, page)).total() > 0
    kept = extract_reply(None, page)
    assert kept.newest.count("z") == 2 * MAX_LINES


def test_deep_html_is_read_to_its_ground() -> None:
    deep = "<div>" * (MAX_DEPTH * 20) + "here" + "</div>" * (MAX_DEPTH * 20) + "<p>and there"
    assert extract_reply(None, deep).newest == "here\n\nand there"


def test_open_elements_are_not_remembered_beyond_the_depth() -> None:
    reader = _Reader()
    for token in Scanner("<div>" * (MAX_DEPTH * 20)).tokens():
        assert isinstance(token, Tag)
        reader.tag(token)
    assert len(reader._stack) == MAX_DEPTH
