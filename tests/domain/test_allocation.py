"""Which address carries a conversation: the order of candidates, and that no pool is larger than it must be."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from chalicelib.domain.addresses import Address
from chalicelib.domain.allocation import Pool, Seat, Wanted, choose, pool_after
from chalicelib.domain.conversations import COOL_DOWN, LIFETIME, Conversation, ConversationState
from chalicelib.domain.merchants import Proxy, ProxyOwner
from chalicelib.domain.numbering import Nearness, nearness
from chalicelib.domain.routing import Route, RouteKey
from tests.support.samples import conversation

NOW = 1_800_000_000_000
DAY = 86_400_000
CUSTOMER = Address("+12065550177")


def proxy(number: str, owner: ProxyOwner = ProxyOwner.POOL, associate: str | None = None) -> Proxy:
    return Proxy(
        channel="sms",
        address=Address(number),
        merchant_id="m",
        store_id="s",
        connection_id="c",
        owner=owner,
        associate_id=associate,
    )


def seat(of: Proxy, last: Conversation | None = None, cool_until: int | None = None) -> Seat:
    if last is None:
        return Seat(proxy=of, route=None, last=None)
    key = RouteKey(of.channel, of.address, CUSTOMER)
    route = Route(key=key, merchant_id="m", store_id="s", conversation_id=last.id, cool_until=cool_until)
    return Seat(proxy=of, route=route, last=last)


def talk(associate: str, at: int = NOW - DAY, **fields: object) -> Conversation:
    return conversation(at, associate_id=associate, customer_id="carla", **fields)


def wanted(associate: str = "ada") -> Wanted:
    return Wanted(associate_id=associate, customer_ids=("carla",), customer_address=CUSTOMER)


FAR, NEAR, OWN = proxy("+16175550001"), proxy("+12065550001"), proxy("+442055500001", ProxyOwner.ASSOCIATE, "ada")


def chosen(*seats: Seat, associate: str = "ada", now: int = NOW) -> Proxy | None:
    found = choose(seats, wanted(associate), now)
    return None if found is None else found.proxy


def test_the_two_go_on_where_they_talk() -> None:
    assert chosen(seat(OWN), seat(NEAR), seat(FAR, talk("ada"))) == FAR


def test_of_two_conversations_with_this_customer_the_later_one_goes_on_and_an_open_one_before_it() -> None:
    older, later = talk("ada", NOW - 9 * DAY), talk("ada", NOW - DAY)
    assert chosen(seat(FAR, older), seat(NEAR, later)) == NEAR
    closed = later.closed(NOW - 1)
    assert chosen(seat(FAR, older), seat(NEAR, closed, NOW + COOL_DOWN)) == FAR


def test_the_number_that_the_customer_knows_from_this_associate_comes_before_their_own() -> None:
    ended = talk("ada", NOW - LIFETIME - COOL_DOWN - DAY).expired()
    assert chosen(seat(OWN), seat(FAR, ended, NOW - DAY)) == FAR
    assert chosen(seat(OWN), seat(FAR, talk("bob", NOW - LIFETIME - COOL_DOWN - DAY).expired(), NOW - DAY)) == OWN


def test_without_one_it_is_the_associates_own_then_the_nearest_then_the_first() -> None:
    other, second = proxy("+15035550001"), proxy("+12065550002")
    abroad = proxy("+442055500002")
    assert chosen(seat(FAR), seat(NEAR), seat(OWN)) == OWN
    assert chosen(seat(abroad), seat(FAR), seat(NEAR), seat(second)) == NEAR
    assert chosen(seat(abroad), seat(FAR), seat(other)) == FAR


def test_what_is_taken_by_a_colleague_is_free_again_after_the_cool_down_to_the_millisecond() -> None:
    theirs = talk("bob").closed(NOW)
    until = NOW + COOL_DOWN
    assert chosen(seat(NEAR, theirs, until), now=until - 1) is None
    assert chosen(seat(NEAR, theirs, until), now=until) == NEAR


def test_an_expired_conversation_holds_its_number_for_the_cool_down_although_no_sweep_has_seen_it() -> None:
    theirs = talk("bob", NOW - LIFETIME)
    assert theirs.state_at(NOW) is ConversationState.EXPIRED
    assert chosen(seat(NEAR, theirs), now=NOW + COOL_DOWN - 1) is None
    assert chosen(seat(NEAR, theirs), now=NOW + COOL_DOWN) == NEAR


def test_a_phone_that_two_customers_share_gets_two_numbers() -> None:
    theirs = conversation(NOW - DAY, associate_id="ada", customer_id="dean")
    assert chosen(seat(NEAR, theirs)) is None
    assert chosen(seat(NEAR, theirs), seat(FAR)) == FAR
    assert chosen(seat(NEAR, theirs.deleted(NOW), NOW + COOL_DOWN)) == NEAR, "an erased one is nobody's"


def test_how_the_pool_is_for_a_customer_counts_what_they_hold_and_what_is_taken_now() -> None:
    seats = [seat(NEAR, talk("bob")), seat(FAR), seat(OWN)]
    assert pool_after(seats[1], seats, NOW) == Pool(channel="sms", size=2, most_held=2)
    assert pool_after(seats[2], seats, NOW) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("+12065550100", "+12065550177", Nearness.SAME_AREA),
        ("+12065550100", "+16175550177", Nearness.SAME_COUNTRY),
        ("+442055500001", "+442055500999", Nearness.SAME_AREA),
        ("+442055500001", "+441615550001", Nearness.SAME_COUNTRY),
        ("+4930123456", "+436601234567", Nearness.ELSEWHERE),
        ("+35312345678", "+351212345678", Nearness.ELSEWHERE),
        ("+79161234567", "+4930123456", Nearness.ELSEWHERE),
        ("40404", "40404", Nearness.ELSEWHERE),
        ("shop@example.com", "+12065550177", Nearness.ELSEWHERE),
    ],
)
def test_how_near_two_numbers_are(ours: str, theirs: str, expected: Nearness) -> None:
    assert nearness(Address(ours), Address(theirs)) is expected


# --- no pool is larger than it must be ------------------------------------------------------------------------


class Stay(Struct, frozen=True):
    """An associate's conversation with one customer: from its start until its number is free again."""

    associate: str
    start: int
    ended: int

    @property
    def free(self) -> int:
        return self.ended + COOL_DOWN


def stays(starts: list[tuple[int, str, int]]) -> list[Stay]:
    """Of (start, associate, days until it is closed). Who starts again before the number is free goes on with it."""
    found: dict[str, list[Stay]] = {}
    for start, associate, days in sorted(starts):
        mine = found.setdefault(associate, [])
        ended = start + min(days * DAY, LIFETIME)
        if mine and start < mine[-1].free:
            mine[-1] = Stay(associate, mine[-1].start, max(ended, mine[-1].ended))
        else:
            mine.append(Stay(associate, start, ended))
    return sorted((stay for mine in found.values() for stay in mine), key=lambda stay: stay.start)


def most_at_once(demand: list[Stay]) -> int:
    """The lower bound: so many numbers this customer needs, whoever hands them out."""
    return max((sum(other.start <= stay.start < other.free for other in demand) for stay in demand), default=0)


def served(demand: list[Stay], size: int) -> tuple[set[int], int]:
    """Runs the allocation with a pool of so many numbers: which of them were used, and how often none was free."""
    pool = [proxy(f"+1206555{place:04d}") for place in range(size)]
    seats = [seat(each) for each in pool]
    used, refused = set[int](), 0
    for stay in demand:
        found = choose(seats, wanted(stay.associate), stay.start)
        if found is None:
            refused += 1
            continue
        place = seats.index(found)
        held = found.held(stay.start)
        assert held is None, "no pair is given away while it is reserved (I5)"
        used.add(place)
        talked = talk(stay.associate, stay.ended).closed(stay.ended)
        seats[place] = seat(pool[place], talked, stay.free)
    return used, refused


DEMAND = st.lists(
    st.tuples(st.integers(0, 700).map(lambda day: NOW + day * DAY), st.sampled_from("abcdefg"), st.integers(0, 150)),
    min_size=1,
    max_size=40,
)


@settings(max_examples=300, deadline=None)
@given(DEMAND)
def test_as_many_numbers_as_a_customer_has_conversations_at_once_suffice_and_fewer_do_not(
    starts: list[tuple[int, str, int]],
) -> None:
    demand = stays(starts)
    bound = most_at_once(demand)
    assert served(demand, bound)[1] == 0
    assert len(served(demand, bound + 5)[0]) == bound, "and of a larger pool no more are touched"
    if bound > 1:
        assert served(demand, bound - 1)[1] > 0


def test_two_thousand_customers_over_five_years_need_the_lower_bound_and_no_number_more() -> None:
    random = Random(5)
    customers = []
    for _ in range(2000):
        count = min(int(random.expovariate(1 / 12)) + 1, 60)
        starts = [
            (NOW + random.randrange(5 * 365 * DAY), f"associate-{random.randrange(30)}", random.randrange(150))
            for _ in range(count)
        ]
        customers.append(stays(starts))
    bound = max(map(most_at_once, customers))
    outcomes = [served(demand, bound + 10) for demand in customers]
    needed = len(set.union(*(used for used, _ in outcomes)))
    assert needed == bound
    assert sum(refused for _, refused in outcomes) == 0
    assert sum(served(demand, bound)[1] for demand in customers) == 0
    assert sum(served(demand, bound - 1)[1] for demand in customers) > 0
