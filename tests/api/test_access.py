"""Every route x every kind of person x own and foreign things (N31, I10)."""

from collections.abc import Callable

import pytest

from chalicelib.api.routing import Route
from chalicelib.domain.merchants import Permission
from tests.api.access_matrix import MATRIX, PRINCIPALS
from tests.api.client import Answer, call, every_route, name_of
from tests.api.story import SECRET, Objects, foreign, good_request
from tests.support.world import ADA, BOB, EVE, MIA, NOBODY, SEATTLE, TACOMA, ZOE, World

SUBJECTS = dict(zip(PRINCIPALS, (NOBODY, ZOE, BOB, EVE, ADA, ADA, ADA, MIA), strict=True))
REFUSED = {"not_found", "permission_denied", "messaging_disabled", "chat_unavailable", "invite_unusable"}
CASES = [
    pytest.param(route, principal, whose, id=f"{name_of(route)}-{principal}-{whose}")
    for route in every_route()
    for principal in PRINCIPALS
    for whose in ("own", "foreign")
]


def prepare(world: World, principal: str) -> None:
    if principal == "flag_off":
        world.change_store(messaging=False)
    if principal == "revoked":
        assert call("GET", f"/stores/{SEATTLE}/conversations", sub=ADA).status == 200
        world.permit(ADA, {SEATTLE: frozenset({Permission.INBOX})})


@pytest.mark.parametrize(("route", "principal", "whose"), CASES)
def test_every_route_answers_every_person_as_the_matrix_says(
    world: World, route: Route, principal: str, whose: str
) -> None:
    row = MATRIX[name_of(route)]
    expected = row.own if whose == "own" else row.foreign
    if not expected:
        assert "{" not in route.path
        return
    both = {"own": Objects(world), "foreign": foreign(world)}
    prepare(world, principal)
    before = len(world.table.changes)
    ids = {**both[whose].ids, "chat_cookie": both["own"].ids["chat_cookie"]}
    answer = good_request(route, ids, SUBJECTS[principal])
    assert answer.status == expected[PRINCIPALS.index(principal)]
    if answer.status >= 400:
        assert answer.code in REFUSED
        assert SECRET not in answer.text
        assert len(world.table.changes) == before


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert sorted(MATRIX) == sorted(map(name_of, every_route()))
    assert all(len(row.own) == len(PRINCIPALS) for row in MATRIX.values())
    assert all(len(row.foreign) == (len(PRINCIPALS) if "{" in name else 0) for name, row in MATRIX.items())


def test_what_is_foreign_and_what_is_nothing_look_alike(world: World) -> None:
    ours, theirs = Objects(world).ids, foreign(world).ids
    for route in every_route():
        if "{" not in route.path:
            continue
        theirs = {**theirs, "chat_cookie": ours["chat_cookie"]}
        hidden = good_request(route, theirs)
        nothing = {**dict.fromkeys(theirs, "nothing-here"), "message_id": theirs["message_id"]}
        missing = good_request(route, {**nothing, "chat_cookie": ours["chat_cookie"]})
        assert (hidden.status, hidden.text) == (missing.status, missing.text)


@pytest.mark.parametrize("principal", ["other_store", "other_merchant"])
def test_search_and_counts_show_nothing_of_other_stores(world: World, principal: str) -> None:
    Objects(world)
    sub, store = {"other_store": (BOB, TACOMA), "other_merchant": (ZOE, "sto-foreign")}[principal]
    for path, query in (
        (f"/stores/{store}/conversations", {"q": "canary"}),
        (f"/stores/{store}/conversations", {}),
        (f"/stores/{store}/orders", {"q": "Carla"}),
        (f"/stores/{store}/orders", {"startable": "true"}),
    ):
        assert call("GET", path, sub=sub, query=query).json["rows"] == []
    assert call("GET", "/me/unread", sub=sub).json["total"] == 0
    assert [each["id"] for each in call("GET", "/me", sub=sub).json["stores"]] == [store]


def test_an_order_of_another_store_cannot_be_started_with_through_ones_own(world: World) -> None:
    theirs = foreign(world).ids
    route = next(route for route in every_route() if route.name == "start_store_conversation")
    answer = good_request(route, {**theirs, "store_id": SEATTLE})
    assert (answer.status, answer.code) == (404, "not_found")


def test_a_message_cannot_be_reached_through_another_conversation(world: World) -> None:
    ours, theirs = Objects(world).ids, foreign(world).ids
    route = next(route for route in every_route() if route.name == "retry_conversation_message")
    answer = good_request(route, {**ours, "message_id": theirs["message_id"]})
    assert answer.status == 404


def test_the_customer_is_shown_masked(world: World) -> None:
    ids = Objects(world).ids
    asked: list[Callable[[], Answer]] = [
        lambda: call("GET", f"/conversations/{ids['conversation_id']}/customer", sub=ADA),
        lambda: call("GET", f"/conversations/{ids['conversation_id']}", sub=ADA),
        lambda: call("GET", f"/stores/{SEATTLE}/conversations", sub=ADA),
        lambda: call("GET", f"/stores/{SEATTLE}/orders", sub=ADA),
    ]
    for ask in asked:
        assert "5550177" not in ask().text


@pytest.mark.parametrize(
    "claims",
    [{}, {"sub": ""}, {"sub": None}, {"sub": 7}, {"sub": ["ada"]}, {"sub": "a" * 65}, {"sub": "a#b"}, {"sub": "ada\n"}],
)
def test_a_token_that_names_nobody_is_refused(world: World, claims: dict[str, object]) -> None:
    answer = call("GET", "/me", claims=claims)
    assert (answer.status, answer.code) == (403, "permission_denied")
    assert world.table.requests == 0


def test_a_request_that_went_round_the_sign_in_is_refused(world: World) -> None:
    answer = call("GET", "/me")
    assert (answer.status, answer.code) == (403, "permission_denied")
