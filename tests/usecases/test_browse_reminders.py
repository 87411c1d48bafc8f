"""An associate sees their own reminders, of the stores where they may, with the customers they are about (H20)."""

from msgspec.structs import replace

from chalicelib.domain.merchants import Permission
from chalicelib.domain.reminders import KEPT_OVERDUE
from chalicelib.usecases.browse_reminders import list_reminders
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from tests.support.reminding import at, remind
from tests.support.world import ADA, HOUR, MIA, SEATTLE, TACOMA, World


def shown(world: World, sub: str = ADA) -> list[str]:
    return [each.reminder.note for each in list_reminders(sub, world)]


def test_the_earliest_comes_first_and_nobody_elses_is_there(world: World) -> None:
    talk, now = world.start(), world.clock.now()
    for note, hours in (("second", 2), ("third", 3), ("first", 1)):
        remind(world, talk, note=note, when=at(now + hours * HOUR))
    remind(world, talk, note="Mia's", associate_id=MIA)
    assert shown(world) == ["first", "second", "third"]
    assert shown(world, MIA) == ["Mia's"]


def test_what_nobody_cared_for_is_gone_after_half_a_year(world: World) -> None:
    one = remind(world, world.start())
    world.clock.set(one.due_at + KEPT_OVERDUE - 1)
    assert len(shown(world)) == 1
    world.clock.advance(1)
    assert shown(world) == []


def test_a_conversation_that_was_closed_is_named_and_one_that_was_deleted_is_not(world: World) -> None:
    talk = world.start()
    remind(world, talk)
    close_conversation(talk, ADA, world)
    (one,) = list_reminders(ADA, world)
    assert one.conversation is not None
    assert one.conversation.customer_name == "Carla Diaz"
    delete_conversation(talk, ADA, world)
    (one,) = list_reminders(ADA, world)
    assert one.conversation is None


def test_of_a_store_without_contacts_or_without_oneself_there_are_none(world: World) -> None:
    remind(world, world.start())
    world.change_store(contacts=False)
    assert shown(world) == []
    world.change_store(contacts=True)
    world.permit(ADA, {SEATTLE: frozenset({Permission.INBOX})})
    assert shown(world) == []
    world.permit(ADA, {TACOMA: frozenset({Permission.ORDERS})})
    assert shown(world) == []
    world.permit(ADA, {SEATTLE: frozenset({Permission.ORDERS})})
    assert len(shown(world)) == 1, "they are theirs when they come back"


def test_they_stay_with_who_made_them_when_a_colleague_takes_over(world: World) -> None:
    talk = world.start()
    remind(world, talk)
    world.table.put_conversation(replace(world.conversation(talk), assignee_id=MIA))
    assert (len(shown(world)), shown(world, MIA)) == (1, [])
