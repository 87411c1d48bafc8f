"""The door behind a shop's form: on to the chat, a page to write the first message on, or a word why not."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, cast
from urllib.parse import urlencode

import pytest

from chalicelib import wiring
from chalicelib.api import member_page
from chalicelib.domain.errors import Unavailable
from chalicelib.signing import SignedReferences
from chalicelib.usecases.close_conversation import delete_conversation
from tests.api.client import Answer, through_url, url_event_of
from tests.api.conftest import SIGNING_KEY
from tests.support.members import identity
from tests.support.world import ADA, SHOP, World

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    cast(Any, made).references = SignedReferences(lambda: SIGNING_KEY)
    wiring.use(cast(Any, made))
    yield made
    wiring.use(None)


def post(world: World, connection: str = SHOP, **fields: str) -> Answer:
    given = {"identity": identity(world.clock.now())} | fields
    body = urlencode(given).encode()
    return through_url(url_event_of("POST", f"/members/{connection}", body=body, headers=FORM))


def hidden(answer: Answer, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.text)
    assert found is not None
    return unescape(found.group(1))


def write(world: World, message: str = "Hello", **fields: str) -> Answer:
    page = post(world)
    return post(world, **({"nonce": hidden(page, "nonce"), "message": message} | fields))


def test_the_first_visit_is_a_page_to_write_on_the_next_leads_to_the_chat(world: World) -> None:
    page = post(world)
    assert (page.status, "Write to Pine Street Shoes" in page.text) == (200, True)
    assert world.table.conversations == {}
    sent = post(world, nonce=hidden(page, "nonce"), identity=hidden(page, "identity"), message="Hello\r\nthere")
    assert sent.status == 303
    assert re.fullmatch(r"https://talk\.[^#]*/chat#[0-9A-Za-z]{22}", sent.headers["Location"])
    (conversation,) = world.table.conversations.values()
    assert world.bodies(conversation.id) == ["Hello\nthere"]
    assert post(world).headers["Location"] == sent.headers["Location"]


def test_sent_twice_it_is_one_message(world: World) -> None:
    page = post(world)
    nonce = hidden(page, "nonce")
    for _ in range(2):
        assert post(world, nonce=nonce, message="Hello").status == 303
    (conversation,) = world.table.conversations.values()
    assert world.bodies(conversation.id) == ["Hello"]


def test_what_is_written_in_two_windows_arrives_twice_over(world: World) -> None:
    pages = [post(world), post(world)]
    for number, page in enumerate(pages):
        assert post(world, nonce=hidden(page, "nonce"), message=f"Hello {number}").status == 303
    (conversation,) = world.table.conversations.values()
    assert world.bodies(conversation.id) == ["Hello 0", "Hello 1"]


@pytest.mark.parametrize(
    ("message", "nonce", "said"),
    [("", "n", "write something"), (" \n", "n", "write something"), ("Hello", "", "write something"),
     ("Hello", "a b", "write something"), ("x" * 4001, "n", "at most 4000 characters")],
)  # fmt: skip
def test_what_cannot_be_sent_is_said_and_what_was_written_stays(
    world: World, message: str, nonce: str, said: str
) -> None:
    answer = post(world, message=message, nonce=nonce)
    assert (answer.status, said in answer.text, message.strip() in answer.text) == (200, True, True)
    assert world.table.conversations == {}


def test_nothing_of_what_is_written_becomes_part_of_the_page(world: World) -> None:
    world.change_store(name="<script>alert(1)</script> & Sons")
    answer = post(world, message="</textarea><script>alert(2)</script>" + "x" * 4000, nonce="n")
    assert "<script" not in answer.text
    assert "&lt;/textarea&gt;" in answer.text


def test_the_page_needs_nothing_and_leads_only_to_the_chat(world: World) -> None:
    page = post(world)
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith(
        f"default-src 'none'; form-action 'self' {world.site_url}; base-uri 'none'; frame-ancestors"
    )
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == ("no-store", "no-referrer")


@pytest.mark.parametrize("given", ["", "nonsense", identity(0), identity(0, "another")])
def test_who_is_not_signed_in_is_sent_back_to_the_shop(world: World, given: str) -> None:
    answer = post(world, identity=given)
    assert (answer.status, "load that page anew" in answer.text) == (403, True)
    assert (world.table.customers, world.table.conversations) == ({}, {})


def test_a_shop_that_does_not_sign_is_no_door(world: World) -> None:
    assert post(world, "twilio-main").status == 403
    assert post(world, "nothing-here").status == 403


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_at_the_address_shows_nothing(world: World, method: str) -> None:
    answer = through_url(url_event_of(method, f"/members/{SHOP}"))
    assert (answer.status, world.table.changes) == (404, [])


def test_other_ways_to_ask_are_refused(world: World) -> None:
    assert through_url(url_event_of("PUT", f"/members/{SHOP}", headers=FORM)).status == 405
    assert through_url(url_event_of("POST", f"/members/{SHOP}", headers={"Content-Type": "text/plain"})).status == 415
    for path in ("/members/", "/members/a/b", "/members/a%20b", "/members"):
        assert through_url(url_event_of("POST", path, headers=FORM)).status == 404


def test_a_conversation_that_was_deleted_says_whom_to_call(world: World) -> None:
    write(world)
    (conversation,) = world.table.conversations.values()
    delete_conversation(conversation.id, ADA, world)
    answer = post(world)
    assert (answer.status, "has ended this conversation" in answer.text, "Please call +1" in answer.text) == (
        200, True, True,
    )  # fmt: skip


def test_what_cannot_be_reached_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(member_page, "let_member_in", refuses)
    answer = post(world)
    assert (answer.status, "try again in a moment" in answer.text) == (503, True)


def test_a_body_of_any_size_is_read_no_further_than_it_may_be(world: World) -> None:
    answer = post(world, message="x" * 200_000, nonce="n")
    assert answer.status == 200
    assert len(answer.text) < 80_000
