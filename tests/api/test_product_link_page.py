"""The address behind a link to a product: on to the shop's page, and never anywhere else (N4, H22)."""

from collections.abc import Iterator
from typing import Any, cast

import pytest

from chalicelib import wiring
from chalicelib.api.product_link_page import WORDS
from chalicelib.usecases.link_product import link_product
from tests.api.client import Answer, through_url, url_event_of
from tests.support.products import product
from tests.support.world import ADA, SEATTLE, World


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    wiring.use(cast(Any, made))
    yield made
    wiring.use(None)


def link(world: World) -> str:
    boots = product()
    world.table.products[boots.id] = boots
    return link_product(SEATTLE, boots.id, ADA, world).link.id


def ask(code: str, method: str = "GET") -> Answer:
    return through_url(url_event_of(method, f"/l/{code}"))


def clicks(world: World, code: str) -> int:
    return world.table.product_links[code].clicks


def test_it_leads_to_the_page_and_tells_nobody_where_from(world: World) -> None:
    code = link(world)
    answer = ask(code)
    assert answer.status == 302
    assert answer.headers["Location"] == f"{product().url}?cl={code}"
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert clicks(world, code) == 1


def test_what_only_looks_is_not_counted(world: World) -> None:
    code = link(world)
    assert ask(code, "HEAD").status == 302
    assert clicks(world, code) == 0


@pytest.mark.parametrize("code", ["AbCdEfGhIj", "x", "https:%2F%2Fevil.example", "..", "%00", "a" * 64])
def test_what_is_no_link_says_so_to_people(world: World, code: str) -> None:
    link(world)
    answer = ask(code)
    assert answer.status == 404
    assert WORDS["nothing"] in answer.text
    assert "Location" not in answer.headers


def test_the_table_is_down(world: World) -> None:
    code = link(world)
    world.table.refuse_after(0)
    answer = ask(code)
    assert (answer.status, WORDS["busy"] in answer.text) == (503, True)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_else_is_taken(world: World, method: str) -> None:
    assert ask(link(world), method).status == 405
