"""Balance and ledger of a store, and when it is told that they run out (L3, L14, L24)."""

import pytest

from chalicelib.domain.credits import LOW, LineKind
from chalicelib.domain.errors import InvalidInput, MessagingDisabled, NotFound, PermissionDenied
from chalicelib.usecases.show_credits import choose_threshold, show_credits, show_ledger
from tests.support.world import ADA, EVE, MIA, SEATTLE, World
from tests.usecases.test_charge_credits import give


@pytest.fixture
def paying(world: World) -> World:
    world.change_store(credits=True)
    give(world, 60)
    return world


def test_whoever_texts_sees_the_balance(paying: World) -> None:
    found = show_credits(SEATTLE, ADA, paying)
    assert (found.balance, found.threshold, found.low_since) == (60, LOW, None)
    with pytest.raises(PermissionDenied):
        show_credits(SEATTLE, EVE, paying)
    paying.change_store(messaging=False)
    with pytest.raises(MessagingDisabled):
        show_credits(SEATTLE, ADA, paying)


def test_where_they_are_off_there_are_none(world: World) -> None:
    with pytest.raises(NotFound):
        show_credits(SEATTLE, ADA, world)
    with pytest.raises(NotFound):
        show_ledger(SEATTLE, MIA, 10, None, world)


def test_before_anything_is_bought_there_is_nothing(world: World) -> None:
    world.change_store(credits=True)
    assert show_credits(SEATTLE, ADA, world).balance == 0


def test_managers_read_the_ledger(paying: World) -> None:
    talk = paying.talk()
    page, colleagues = show_ledger(SEATTLE, MIA, 10, None, paying)
    assert {line.kind for line in page.rows} == {LineKind.PURCHASE, LineKind.CHARGE, LineKind.LOW}
    assert {line.conversation_id for line in page.rows} == {None, talk}
    assert ADA in {each.id for each in colleagues}
    with pytest.raises(PermissionDenied):
        show_ledger(SEATTLE, ADA, 10, None, paying)
    with pytest.raises(InvalidInput):
        show_ledger(SEATTLE, MIA, 10, "nonsense", paying)


def test_each_crossing_is_told_once(paying: World) -> None:
    talk = paying.talk()
    since = show_credits(SEATTLE, ADA, paying).low_since
    assert since is not None
    paying.clock.advance(5)
    paying.send(talk, "More")
    assert show_credits(SEATTLE, ADA, paying).low_since == since
    assert [line.kind for line in paying.table.credit_lines].count(LineKind.LOW) == 1


def test_managers_choose_when_they_are_told(paying: World) -> None:
    assert choose_threshold(SEATTLE, MIA, 100, paying).low_since == paying.clock.now()
    assert choose_threshold(SEATTLE, MIA, None, paying).threshold is None
    assert show_credits(SEATTLE, ADA, paying).low_since is None
    with pytest.raises(InvalidInput):
        choose_threshold(SEATTLE, MIA, 0, paying)
    with pytest.raises(PermissionDenied):
        choose_threshold(SEATTLE, ADA, 100, paying)
