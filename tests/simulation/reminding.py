"""Associates remind themselves, and the clock strikes: scenes and races (H20)."""

from collections.abc import Iterator

from chalicelib.domain.reminders import Snooze
from chalicelib.domain.wall_clock import moment_at
from chalicelib.usecases.end_reminder import end_reminder, restore_reminder
from chalicelib.usecases.manage_devices import add_device, forget_device
from chalicelib.usecases.open_socket import issue_ticket
from chalicelib.usecases.set_reminder import SetCommand, When, change_reminder, set_reminder, snooze_reminder
from tests.support.merchant import ADA, HOUR

from .history import Item
from .story import Story

Acts = Iterator[None]
ZONE = "Europe/Berlin"
PHONE, GONE = "https://web.push.apple.com/phone", "https://web.push.apple.com/gone"


def reminding(story: Story) -> Acts:
    _talking(story)
    story.world.minutes = False
    yield
    _remind(story)
    _strike_at_last(story)


def changing_a_reminder(story: Story) -> Acts:
    _reminded(story)
    one = _reminder(story)
    when = _at(one["due_at"] + HOUR)
    yield
    _ask(story, "change reminder", lambda ports: change_reminder(one["id"], ADA, "canary other", when, ports).id)
    _strike_at_last(story)


def snoozing(story: Story) -> Acts:
    """In the moment in which its time comes."""
    _due(story)
    yield
    _snooze(story)
    _strike_at_last(story)


def being_done(story: Story) -> Acts:
    _reminded(story)
    yield
    _end(story)
    _strike_at_last(story)


def not_being_done(story: Story) -> Acts:
    _reminded(story)
    one = _reminder(story)
    _end(story)
    story.rest()
    yield
    _ask(story, "restore reminder", lambda ports: restore_reminder(one["id"], ADA, ports).id)
    _strike_at_last(story)


def telling(story: Story) -> Acts:
    """To an open browser."""
    _due(story)
    story.world.connect(issue_ticket(ADA, story.world.process()).token, "socket-1")
    story.rest()
    yield
    story.world.minutes = True
    story.world.due()


def waking(story: Story) -> Acts:
    """Two browsers, of which one is gone, while the app is closed in both."""
    _add_device(story, PHONE)
    _add_device(story, GONE)
    _due(story)
    yield
    story.world.minutes = True
    story.world.due()


def adding_a_device(story: Story) -> Acts:
    yield
    _add_device(story, PHONE)


def forgetting_a_device(story: Story) -> Acts:
    _add_device(story, PHONE)
    story.rest()
    yield
    story.world.ask("forget device", ADA, lambda ports: forget_device(ADA, PHONE, ports))


def telling_against_telling(story: Story) -> None:
    """The clock starts two runs."""
    _due(story)
    story.world.minutes = True
    story.world.due()
    story.world.due()


def telling_against_snooze(story: Story) -> None:
    _due(story)
    story.world.minutes = True
    story.world.due()
    _snooze(story)


def striking_in_the_minute_before(story: Story) -> None:
    """The clock looks once more before its time, and somebody puts it off."""
    _due(story)
    story.world.scheduler.now -= 30_000
    story.world.minutes = True
    story.world.due()
    _snooze(story)


def telling_against_end(story: Story) -> None:
    _due(story)
    story.world.minutes = True
    story.world.due()
    _end(story)


def _add_device(story: Story, endpoint: str) -> None:
    story.world.ask("add device", ADA, lambda ports: add_device(ADA, endpoint, ports))


def _talking(story: Story) -> None:
    story.text()
    story.rest()


def _remind(story: Story) -> None:
    conversation_id = story.conversation()["id"]
    command = SetCommand(
        conversation_id=conversation_id, associate_id=ADA, idempotency_key="key-remind1", note="canary note",
        when=_at(story.world.now() + HOUR),
    )  # fmt: skip
    story.world.ask(
        "remind", ADA, lambda ports: set_reminder(command, ports).id,
        key=command.idempotency_key, conversation_id=conversation_id,
    )  # fmt: skip


def _at(instant: int) -> When:
    return When(wall=moment_at(instant, ZONE).wall, zone=ZONE)


def _reminded(story: Story) -> None:
    """The clock stands still."""
    _talking(story)
    story.world.minutes = False
    _remind(story)
    story.rest()


def _due(story: Story) -> None:
    _reminded(story)
    story.world.scheduler.now = _reminder(story)["due_at"]


def _reminder(story: Story) -> Item:
    (one,) = story.world.history.stored("t")
    return one


def _snooze(story: Story) -> None:
    one = _reminder(story)
    _ask(story, "snooze reminder", lambda ports: snooze_reminder(one["id"], ADA, Snooze.HOUR, ports).id)


def _end(story: Story) -> None:
    one = _reminder(story)
    _ask(story, "end reminder", lambda ports: end_reminder(one["id"], ADA, ports))


def _ask(story: Story, verb: str, use_case: object) -> None:
    story.world.ask(verb, ADA, use_case, conversation_id=story.conversation()["id"])  # type: ignore[arg-type]  # a use case


def _strike_at_last(story: Story) -> None:
    """When nothing can go wrong any more, and all that was set is over."""
    story.world.scheduler.after(3 * HOUR, lambda: setattr(story.world, "minutes", True))
    story.world.scheduler.after(3 * HOUR, story.world.due)
