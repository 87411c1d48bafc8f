"""How many inbox shards of a store are written to, and when more of them are."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Address
from chalicelib.domain.merchants import SHARDS_TAKE_EFFECT, Store
from chalicelib.store.directory import LAST_RESORT, MAX_AGE

NOW = 1_800_000_000_000
STORE = Store(id="s", merchant_id="m", name="Main Street", timezone="UTC", phone=Address("+15550100001"))


def set_up(count: int, known: Store = STORE, now: int = NOW) -> Store:
    return replace(STORE, inbox_shards=count).with_shards_after(known, now)


def test_a_new_store_has_all_its_shards_at_once() -> None:
    assert STORE.shards_written(0) == 1
    assert replace(STORE, inbox_shards=4).shards_written(0) == 4


def test_more_shards_are_written_to_when_every_process_reads_them() -> None:
    raised = set_up(4)
    effect = NOW + SHARDS_TAKE_EFFECT
    assert raised.inbox_shards == 4, "read at once"
    assert [raised.shards_written(at) for at in (NOW, effect - 1, effect)] == [1, 1, 4]
    assert SHARDS_TAKE_EFFECT > LAST_RESORT + MAX_AGE, "nobody works with an older set-up any more"


def test_the_same_set_up_again_changes_nothing() -> None:
    raised = set_up(4)
    assert set_up(4, raised, NOW + 5) == raised
    assert set_up(1) == STORE


def test_raised_again_before_it_took_effect_is_as_few_as_before() -> None:
    again = set_up(8, set_up(4), NOW + 5)
    assert [again.shards_written(NOW + at) for at in (5, SHARDS_TAKE_EFFECT, SHARDS_TAKE_EFFECT + 5)] == [1, 1, 8]
    later = set_up(8, set_up(4), NOW + SHARDS_TAKE_EFFECT)
    assert [later.shards_written(NOW + SHARDS_TAKE_EFFECT * times) for times in (1, 2)] == [4, 8]


def test_shards_are_multiplied_so_that_nothing_moves_to_one_that_was_read_before_its_own() -> None:
    with pytest.raises(ValueError, match="only be multiplied"):
        set_up(3, set_up(2))
    assert set_up(6, set_up(2)).inbox_shards == 6


def test_what_is_in_a_shard_stays_in_sight() -> None:
    with pytest.raises(ValueError, match="only be raised"):
        set_up(3, set_up(4))
