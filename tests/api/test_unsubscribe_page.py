"""The address behind a mail that can be stopped with one click: what changes something there, and what never does."""

import json
from collections.abc import Iterator
from typing import Any, cast

import pytest

from chalicelib import wiring
from chalicelib.api import unsubscribe_page, webhooks
from chalicelib.domain.addresses import Channel
from chalicelib.domain.consent import ConsentState
from chalicelib.domain.errors import Unavailable
from chalicelib.signing import SignedReferences
from tests.api.client import Answer, through_url, url_event_of
from tests.api.conftest import SIGNING_KEY
from tests.support.invites import accept, consent, invite
from tests.support.mail import CARLAS_MAIL, OTHER_SES, mail_world
from tests.support.world import World

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PARTS = {"Content-Type": 'multipart/form-data; boundary="b-1"'}
ASKS = b"List-Unsubscribe=One-Click"
ASKS_IN_PARTS = (
    b'--b-1\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b-1--\r\n'
)  # fmt: skip
OUT, ASKED = ConsentState.OPTED_OUT, ConsentState.REQUESTED


@pytest.fixture
def world() -> Iterator[World]:
    made = mail_world()
    cast(Any, made).references = SignedReferences(lambda: SIGNING_KEY)
    wiring.use(cast(Any, made))
    yield made
    wiring.use(None)


def path_in(world: World) -> str:
    """Of the mail that asked Carla for her yes."""
    accept(world, invite(world), CARLAS_MAIL, Channel.EMAIL)
    world.deliver()
    mail = world.channel.sent[-1].mail
    assert mail is not None
    return mail.unsubscribe_url.removeprefix(world.webhook_url)


def post(path: str, body: bytes = ASKS, headers: dict[str, str] = FORM, *, encoded: bool = True) -> Answer:
    return through_url(url_event_of("POST", path, body=body, headers=headers, encoded=encoded))


def mailed(world: World) -> ConsentState:
    return consent(world, "email", CARLAS_MAIL)


@pytest.mark.parametrize("encoded", [True, False])
@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (FORM, ASKS), (FORM, b"a=b&List-Unsubscribe=One-Click"), (PARTS, ASKS_IN_PARTS),
        ({"Content-Type": "Application/X-WWW-Form-Urlencoded; charset=UTF-8"}, ASKS),
        ({"Content-Type": "multipart/form-data; boundary=b-1"}, ASKS_IN_PARTS.replace(b'"', b"")),
    ],
    ids=repr,
)  # fmt: skip
def test_a_mail_programs_request_opts_out(world: World, headers: dict[str, str], body: bytes, encoded: bool) -> None:
    answer = post(path_in(world), body, headers, encoded=encoded)
    assert answer.status == 200
    assert "You get no more mails from Pine Street Shoes." in answer.text
    assert mailed(world) is OUT


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_changes_nothing_however_often(world: World, method: str) -> None:
    path = path_in(world)
    world.table.requests = 0
    for _ in range(100):
        answer = through_url(url_event_of(method, path))
        assert answer.status == 200
    assert (mailed(world), world.table.requests) == (ASKED, 0)
    assert ("Stop mails from Pine Street Shoes?" in answer.text) is (method == "GET")


def test_the_pages_button_asks_what_a_mail_program_asks(world: World) -> None:
    page = through_url(url_event_of("GET", path_in(world))).text
    name, value = unsubscribe_page.ASKED
    assert f'<form method="post"><input type="hidden" name="{name}" value="{value}">' in page
    assert f"{name}={value}".encode() == ASKS


def test_the_page_needs_nothing_and_lets_nothing_in(world: World) -> None:
    answer = through_url(url_event_of("GET", path_in(world)))
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';")
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert not any(mark in answer.text for mark in ("<script", "src=", "href=", "@import", "url("))
    assert CARLAS_MAIL not in answer.text


def test_the_name_of_a_store_stays_text(world: World) -> None:
    path = path_in(world)
    world.change_store(name="<script>alert(1)</script> {stop} & Sons")
    for answer in (through_url(url_event_of("GET", path)), post(path)):
        assert "<script" not in answer.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {stop} &amp; Sons" in answer.text


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (FORM, b""), (FORM, b"x"), (FORM, b"List-Unsubscribe="), (FORM, b"List-Unsubscribe=one-click"),
        (FORM, b"list-unsubscribe=One-Click"), (FORM, b"=One-Click"), (FORM, b"\xff\xfe"), (FORM, b"&" * 4000),
        ({}, ASKS), ({"Content-Type": "application/json"}, b'{"List-Unsubscribe":"One-Click"}'),
        ({"Content-Type": "text/plain"}, ASKS), (PARTS, ASKS), (PARTS, b"--b-1--"), (FORM, ASKS_IN_PARTS),
        ({"Content-Type": "multipart/form-data"}, ASKS_IN_PARTS),
        ({"Content-Type": "multipart/form-data; boundary=b-1\r\nX: y"}, ASKS_IN_PARTS),
        (PARTS, b"--b-1\r\n" * 500), (PARTS, ASKS_IN_PARTS.replace(b"One-Click", b"Two-Clicks")),
        (PARTS, ASKS_IN_PARTS.replace(b"name=", b"filename=")),
    ],
    ids=repr,
)  # fmt: skip
def test_another_body_stops_nothing(world: World, headers: dict[str, str], body: bytes) -> None:
    path = path_in(world)
    world.table.requests = 0
    answer = post(path, body, headers)
    assert (answer.status, answer.code) == (400, "invalid_input")
    assert (mailed(world), world.table.requests) == (ASKED, 0)


def test_a_body_that_cannot_be_read_or_is_too_large_stops_nothing(world: World) -> None:
    path = path_in(world)
    event = url_event_of("POST", path, headers=FORM) | {"body": "ü", "isBase64Encoded": True}
    assert through_url(event).status == 400
    padded = ASKS + b"&x=" + b"y" * (unsubscribe_page.BODY_LIMIT - len(ASKS) - 3)
    assert (post(path, padded + b"y").status, mailed(world)) == (413, ASKED)
    assert (post(path, padded).status, mailed(world)) == (200, OUT)
    assert unsubscribe_page.BODY_LIMIT < webhooks.BODY_LIMIT


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "post", ""])
def test_another_method_is_refused(world: World, method: str) -> None:
    answer = through_url(url_event_of(method, path_in(world), body=ASKS, headers=FORM))
    assert (answer.status, answer.headers["Allow"], mailed(world)) == (405, "GET, HEAD, POST", ASKED)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_what_is_none_of_our_links_gets_a_page_for_people_that_says_nothing(world: World, method: str) -> None:
    good = path_in(world).rpartition("/")[2]
    delivery = world.references.sign(f"delivery.{OTHER_SES}", ["c", "m", 1], now=0)
    pages = set()
    world.table.requests = 0
    for token in ("x", good[:-2], good.swapcase(), delivery, "%00", "%2e%2e", "ü", "a" * 5000, "\ud800", f"{good}%0A"):
        answer = through_url(url_event_of(method, f"/unsubscribe/{token}", body=ASKS, headers=FORM))
        assert answer.status == 404
        pages.add(answer.text)
    (page,) = pages
    assert ("This link leads nowhere" in page) is (method != "HEAD")
    assert "Pine Street" not in page
    assert (mailed(world), world.table.requests) == (ASKED, 0)


@pytest.mark.parametrize("path", ["/unsubscribe", "/unsubscribe/", "/unsubscribe/a/b", "/Unsubscribe/a"])
def test_other_addresses_are_none(world: World, path: str) -> None:
    answer = post(path)
    assert (answer.status, json.loads(answer.text)["error"]["code"]) == (404, "not_found")


def test_a_hundred_requests_are_one_line(world: World) -> None:
    path = path_in(world)
    post(path)
    lines = len(world.table.ledger)
    assert {post(path).status for _ in range(100)} == {200}
    assert len(world.table.ledger) == lines


def test_while_the_table_refuses_nobody_is_told_that_it_is_done(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise Unavailable

    path = path_in(world)
    monkeypatch.setattr(world.consents, "record", refuse)
    assert post(path).status == 503
    monkeypatch.undo()
    assert (post(path).status, mailed(world)) == (200, OUT)


def test_logs_say_nothing_of_whom_it_is_about(world: World) -> None:
    path = path_in(world)
    before = len(world.log.lines)
    for each in (path, f"{path}x"):
        post(each)
    said = str(world.log.lines[before:])
    assert "unsubscribe_link_refused" in said
    assert CARLAS_MAIL not in said
    assert path.rpartition("/")[2] not in said
