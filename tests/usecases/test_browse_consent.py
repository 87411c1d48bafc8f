"""The consent ledger as people read it: of a customer, of a store, with real addresses (X5)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditAct
from chalicelib.domain.errors import InvalidInput, NotFound, PermissionDenied, Unavailable
from chalicelib.domain.merchants import Permission
from chalicelib.usecases.browse_consent import MOST_SHOWN, LedgerQuery, browse_ledger, consent_history, unmask_ledger
from chalicelib.usecases.set_right_opt_out import set_right_opt_out
from tests.support.world import ADA, BOB, CARLA, DEAN, EVE, MIA, SEATTLE, TACOMA_NUMBER, ZOE, World

QUERY = LedgerQuery(store_id=SEATTLE, associate_id=MIA, limit=2)


def busy(world: World) -> str:
    """Five lines in Seattle, one in Tacoma."""
    conversation_id = world.talk()
    for said in ("STOP", "START", "Please stop texting me"):
        world.clock.advance(1000)
        world.text(said)
    set_right_opt_out(conversation_id, ADA, world)
    world.clock.advance(1000)
    world.text("STOP", sender=DEAN)
    world.text("STOP", recipient=TACOMA_NUMBER)
    return conversation_id


def test_the_history_of_a_customer_is_newest_first_and_of_this_store(world: World) -> None:
    lines = consent_history(busy(world), ADA, world)
    assert [(line.source, line.state) for line in lines.page.rows] == [
        ("associate", "opted_in"), ("intent", "opted_out"), ("keyword", "opted_in"), ("keyword", "opted_out"),
    ]  # fmt: skip
    assert lines.page.rows[0].by == ADA
    assert lines.names[ADA]
    assert {line.key.address for line in lines.page.rows} == {CARLA}


def test_a_long_history_ends_with_its_newest_lines(world: World) -> None:
    conversation_id = world.talk()
    for _ in range(MOST_SHOWN // 2 + 1):
        for said in ("STOP", "START"):
            world.clock.advance(3_600_000)
            world.text(said)
    lines = consent_history(conversation_id, ADA, world).page.rows
    assert (len(lines), lines[0].state) == (MOST_SHOWN, "opted_in")


def test_a_manager_reads_what_happened_in_the_store_page_by_page(world: World) -> None:
    conversation_id = busy(world)
    found, cursor = list[str](), None
    for _ in range(3):
        page = browse_ledger(replace(QUERY, cursor=cursor), world).page
        found += [line.source for line in page.rows]
        cursor = page.cursor
    assert (found, cursor) == (["keyword", "associate", "intent", "keyword", "keyword"], None)
    line = browse_ledger(QUERY, world).page.rows[1]
    assert (line.conversation_id, line.store_id, line.recorded_at) == (conversation_id, SEATTLE, line.at)


def test_a_span_of_time_has_its_first_instant_and_not_its_last(world: World) -> None:
    busy(world)
    times = [line.recorded_at for line in browse_ledger(replace(QUERY, limit=9), world).page.rows]
    span = replace(QUERY, limit=9, since=times[-1] or 0, until=times[-2] or 0)
    assert [line.recorded_at for line in browse_ledger(span, world).page.rows] == [times[-1]]


def test_real_addresses_are_written_down_once_before_the_first_page(world: World) -> None:
    busy(world)
    first = unmask_ledger(QUERY, world).page
    rest = unmask_ledger(replace(QUERY, cursor=first.cursor), world).page
    assert [line.key.address for line in (*first.rows, *rest.rows)] == [DEAN, CARLA, CARLA, CARLA]
    acts = [(entry.act, entry.associate_id, entry.conversation_id) for entry in world.table.audit]
    assert acts[1:] == [(AuditAct.LEDGER_UNMASKED, MIA, "")]


def test_no_other_cursor_leads_past_the_entry(world: World) -> None:
    busy(world)
    masked = browse_ledger(QUERY, world).page.cursor
    mine = unmask_ledger(QUERY, world).page.cursor
    with pytest.raises(InvalidInput):
        unmask_ledger(replace(QUERY, cursor=masked), world)
    world.permit(ADA, {SEATTLE: frozenset(Permission)})
    with pytest.raises(InvalidInput):
        unmask_ledger(replace(QUERY, associate_id=ADA, cursor=mine), world)
    world.clock.advance(3_600_001)
    with pytest.raises(InvalidInput):
        unmask_ledger(replace(QUERY, cursor=mine), world)


def test_what_cannot_be_written_down_is_not_shown(world: World) -> None:
    busy(world)

    def refuses(_: object) -> None:
        raise Unavailable

    world.audit.record = refuses  # type: ignore[method-assign]  # the table is busy just then
    with pytest.raises(Unavailable):
        unmask_ledger(QUERY, world)


@pytest.mark.parametrize(
    ("who", "refusal"), [(ADA, PermissionDenied), (EVE, PermissionDenied), (BOB, NotFound), (ZOE, NotFound)]
)
def test_nobody_but_managers_reads_the_ledger_of_a_store(world: World, who: str, refusal: type[Exception]) -> None:
    for reads in (browse_ledger, unmask_ledger):
        with pytest.raises(refusal):
            reads(replace(QUERY, associate_id=who), world)
    assert world.table.audit == []


def test_to_manage_a_store_is_not_to_unmask_its_ledger(world: World) -> None:
    world.permit(ADA, {SEATTLE: frozenset(Permission) - {Permission.UNMASK}})
    assert browse_ledger(replace(QUERY, associate_id=ADA), world).page.rows == ()
    with pytest.raises(PermissionDenied):
        unmask_ledger(replace(QUERY, associate_id=ADA), world)


@pytest.mark.parametrize(("who", "refusal"), [(EVE, PermissionDenied), (BOB, NotFound), (ZOE, NotFound)])
def test_the_history_of_a_customer_is_for_associates_of_the_store(
    world: World, who: str, refusal: type[Exception]
) -> None:
    conversation_id = busy(world)
    with pytest.raises(refusal):
        consent_history(conversation_id, who, world)


@pytest.mark.parametrize("cursor", ["", "x", "!!", "A" * 2000])
def test_a_cursor_that_is_none_of_ours_is_refused(world: World, cursor: str) -> None:
    with pytest.raises(InvalidInput):
        browse_ledger(replace(QUERY, cursor=cursor), world)
