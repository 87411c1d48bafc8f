"""Whatever arrives at a webhook address: never a 5XX, one error shape, nothing touched that was not signed.

100,000 requests are half a minute of one core; FUZZ_REQUESTS=n makes fewer or more, FUZZ_SEED=n other ones (make fuzz
SEED=n). A failure names its seed and request, which come again.
"""

import os
import random
from collections.abc import Callable, Iterator

import pytest
from msgspec.structs import replace

from tests.api.client import Answer
from tests.api.conftest import equipped
from tests.fuzz.mutations import SIGNATURES, changed_signature, mutation_of
from tests.fuzz.requests import (
    ACCOUNTS,
    GENERICS,
    METAS,
    SHOPS,
    VONAGES,
    WOOS,
    Request,
    ask,
    from_generic,
    from_meta,
    from_shopify,
    from_twilio,
    from_vonage,
    from_woocommerce,
    genuine,
    is_ping,
    really_signed,
)
from tests.support.merchant import GENERIC, OTHER_GENERIC, OTHER_WOO, WOO
from tests.support.world import META, OTHER_META, OTHER_SHOP, OTHER_TWILIO, OTHER_VONAGE, SHOP, TWILIO, VONAGE, World

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "100000"))
FORGERIES = 10_000
SEED = int(os.environ.get("FUZZ_SEED", "1"))
PER_WORLD = 500
"""Requests after which everything begins anew."""
CHUNKS = 8
"""The requests are dealt out over as many tests, so that workers share them."""


@pytest.fixture
def new_world() -> Iterator[Callable[[], World]]:
    """Makes a world and puts it in the place of the last one."""
    from chalicelib import wiring

    def make() -> World:
        world = equipped()
        wiring.use(world)  # type: ignore[arg-type]  # a World is ports.Deps
        return world

    yield make
    wiring.use(None)


def touched(world: World) -> tuple[int, int, int]:
    """What only a signed request may change."""
    return world.table.requests, len(world.inbound.events), len(world.outbound.messages)


def judge(request: Request, answer: Answer, before: tuple[int, int, int], world: World) -> str:
    """What is wrong with an answer; empty: nothing."""
    if answer.status >= 500:
        return f"answered {answer.status}"
    if answer.status != 200:
        answer.code  # noqa: B018  raises unless it is the one shape
    if not really_signed(request):
        if answer.status == 200 and not is_ping(request):
            return "accepted, and nobody has signed it"
        if touched(world) != before:
            return "unsigned, and something was touched"
    return ""


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_mutated_request_does_any_harm(new_world: Callable[[], World], chunk: int) -> None:
    chance = random.Random(f"{SEED}-{chunk}")
    accepted = 0
    for number in range(REQUESTS // CHUNKS):
        if number % PER_WORLD == 0:
            world = new_world()
            originals = pool(world)
        request = mutation_of(chance.choice(originals), chance)
        before = touched(world)
        answer = ask(request)
        wrong = judge(request, answer, before, world)
        assert not wrong, f"{wrong} (seed {SEED}, chunk {chunk}, request {number}): {request}"
        accepted += answer.status == 200
    assert accepted, "not one was good enough to get inside: the mutations are too coarse to find anything"


def test_ten_thousand_forged_signatures_are_all_refused(new_world: Callable[[], World]) -> None:
    chance, world = random.Random(SEED), new_world()
    originals, before = pool(world), touched(world)
    refused = 0
    while refused < FORGERIES:
        forged = forgery(originals, chance)
        if forged is None:
            continue
        answer = ask(forged)
        assert (answer.status, answer.code) == (401, "bad_signature"), forged
        refused += 1
    assert touched(world) == before


def test_ten_thousand_replays_are_answered_and_change_nothing(new_world: Callable[[], World]) -> None:
    world, chance = new_world(), random.Random(SEED)
    requests = pool(world)
    for request in requests:
        assert ask(request).status == 200, request
    before = _everything(world)
    for _ in range(FORGERIES):
        assert ask(chance.choice(requests)).status == 200
        world.clock.advance(chance.randrange(100))
    assert _everything(world) == before


def pool(world: World) -> list[Request]:
    """Genuine requests to start from; signing each anew would be most of the time."""
    return [request for number in range(20) for request in genuine(world, number)]


def forgery(originals: list[Request], chance: random.Random) -> Request | None:
    """A genuine request under a signature that is not its own; None where chance made it the right one."""
    original = chance.choice(originals)
    match chance.randrange(3):
        case 0:
            forged = changed_signature(original, chance)
        case 1:
            forged = borrowed(original, chance.choice(originals))
        case _:
            forged = foreign(original)
    return None if really_signed(forged) else forged


def borrowed(original: Request, other: Request) -> Request:
    """Under the signature of another genuine request."""
    theirs = {name: value for name, value in other.headers if name.endswith(SIGNATURES)}
    return replace(original, headers=tuple((name, theirs.get(name, value)) for name, value in original.headers))


def foreign(original: Request) -> Request:
    """At the address of another merchant's connection."""
    others = {TWILIO: OTHER_TWILIO, SHOP: OTHER_SHOP, VONAGE: OTHER_VONAGE, META: OTHER_META}
    other = (others | {WOO: OTHER_WOO, GENERIC: OTHER_GENERIC})[original.segments[1]]
    provider, _, *rest = original.segments
    return replace(original, segments=(provider, other, *rest))


def _everything(world: World) -> tuple[int, ...]:
    table = world.table
    stores = (table.changes, table.messages, table.conversations, table.orders, table.ledger, table.rejections)
    return (*map(len, stores), len(world.inbound.events), len(world.outbound.messages))


# --- the judge itself ---------------------------------------------------------------------------------------------


def test_the_judge_knows_genuine_requests(new_world: Callable[[], World]) -> None:
    world = new_world()
    assert all(really_signed(request) for request in genuine(world, 1))
    for connection in ACCOUNTS:
        assert not really_signed(replace(from_twilio((connection,), {"a": "b"}), body=b"a=c"))
    for connection in VONAGES:
        assert not really_signed(replace(from_vonage((connection,), {}, world.clock.now()), body=b"[]"))
    for connection in METAS:
        assert not really_signed(replace(from_meta((connection,), {}), body=b"[]"))
    for connection in SHOPS:
        assert not really_signed(replace(from_shopify(connection, {}, "orders/create", "e"), body=b"[]"))
    for connection in WOOS:
        assert not really_signed(replace(from_woocommerce(connection, {}), body=b"[]"))
    for connection in GENERICS:
        assert not really_signed(replace(from_generic(connection, {}, "e", world.clock.now()), body=b"[]"))


@pytest.mark.parametrize("hole", ["verify nothing", "break", "touch"])
def test_a_seeded_hole_is_found(new_world: Callable[[], World], hole: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.channels.twilio import Twilio

    def broken(*_: object) -> None:
        if hole == "break":
            raise RuntimeError
        if hole == "touch":
            current[0].table.request()

    current: list[World] = []

    def make() -> World:
        current[:] = [new_world()]
        return current[0]

    real = Twilio.verify
    monkeypatch.setattr(Twilio, "verify", lambda *given: (broken(), hole == "touch" and real(*given)))
    with pytest.raises(AssertionError, match=r"answered 500|nobody has signed|something was touched"):
        test_no_mutated_request_does_any_harm(make, 0)
