"""Two workers and every order of their steps; beyond that, random orders."""

from collections.abc import Callable, Iterable, Iterator
from random import Random

from chalicelib.domain.addresses import Channel
from chalicelib.domain.merchants import UnknownPolicy
from chalicelib.domain.messages import MAX_DOUBT
from chalicelib.usecases.change_held import cancel_held, send_held_now
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from chalicelib.usecases.retry_message import retry_message
from tests.support.merchant import ADA, BOB, DEAN, MIA, SEATTLE, TACOMA, TACOMA_NUMBER
from tests.support.pools import POOL

from . import carting
from .faults import Faults, RandomFaults
from .provider import GOOD, Habits
from .reminding import (
    striking_in_the_minute_before,
    telling_against_end,
    telling_against_snooze,
    telling_against_telling,
)
from .schedule import Result, finished
from .scheduler import Worker
from .story import Story

STEPS = 8
"""Decisions that are tried both ways."""
BROKEN = 0.06
"""How often a call breaks, in the random orders that have faults."""
Race = Callable[[Story], None]


def route_assignment(story: Story) -> None:
    """Two first texts of a customer nobody knows."""
    story.text()
    story.text()


def start_against_text(story: Story) -> None:
    """The store starts with a customer who writes at that moment."""
    story.order()
    story.rest()
    story.start()
    story.text()


def allocation_against_allocation(story: Story) -> None:
    """Two associates start with the same customer; the pool has one number for each, and both want the first."""
    _order_with_pool(story, 2)
    story.start("canary one", key="key-start1", associate=ADA)
    story.start("canary two", key="key-start2", associate=MIA)


def allocation_against_stranger(story: Story) -> None:
    """An associate starts with a customer who writes to a number of the pool at that moment."""
    _order_with_pool(story, 2)
    story.start()
    story.text(recipient=POOL[0])


def opt_out_against_send(story: Story) -> None:
    _answer_waits(story)
    story.take_next()
    story.text("STOP")


def expiry_against_inbound(story: Story) -> None:
    story.text()
    story.rest()
    story.to_the_brink(20)
    story.text()
    story.world.sweep()


def expiry_against_send(story: Story) -> None:
    story.text()
    story.rest()
    story.to_the_brink(20)
    story.send()
    story.world.sweep()


def expiry_against_retry(story: Story) -> None:
    """Sending again is no activity: the conversation ends in the meantime."""
    story.text()
    story.rest()
    story.world.provider.habits = Habits(busy=0, refuses=1, refusals=(("21614", 400),))
    story.send()
    story.rest()
    story.world.provider.habits = GOOD
    story.to_the_brink(60)
    story.ask("retry", retry_message, story.message(direction="outbound")["id"], ADA)
    story.world.sweep()


def reply_against_reply(story: Story) -> None:
    """Two people answer at once."""
    story.text()
    story.rest()
    story.send("canary one", key="key-00001", associate=ADA)
    story.send("canary two", key="key-00002", associate=MIA)


def paying_against_paying(story: Story) -> None:
    """Two people answer at once, and there are credits for one of them."""
    story.text()
    story.rest()
    story.need_credits(23)
    story.send("canary one", key="key-00001", associate=ADA)
    story.send("canary two", key="key-00002", associate=MIA)


def crossing_against_crossing(story: Story) -> None:
    """Two texts at once, each of which brings the store below its threshold."""
    story.text()
    story.rest()
    story.need_credits(60)
    story.send("canary one", key="key-00001", associate=ADA)
    story.send("canary two", key="key-00002", associate=MIA)


def retry_against_refund(story: Story) -> None:
    """Somebody asks to send again what fails at that moment, and is given back."""
    story.text()
    story.rest()
    story.need_credits(24)
    story.world.provider.habits = Habits(busy=0, refuses=1, refusals=(("30003", 400),))
    story.world.outbound.on_put = lambda: None
    story.send()
    story.rest()
    sent = story.message(direction="outbound")
    story.take_next()
    story.ask("retry", retry_message, sent["id"], ADA)


def reply_twice(story: Story) -> None:
    """A double click: one key, one body."""
    story.text()
    story.rest()
    story.send("canary one")
    story.send("canary one")


def writing_twice_to_somebody_away(story: Story) -> None:
    """Two texts at once to Ada, who is away: one answer."""
    story.text()
    story.rest()
    story.assign(ADA, ADA, None)
    story.rest()
    story.go_away(ADA)
    story.rest()
    story.world.warm = False
    story.text("canary one")
    story.text("canary two")


def take_against_take(story: Story) -> None:
    """Two people take it at once."""
    story.text()
    story.rest()
    story.assign(ADA, ADA, None)
    story.assign(MIA, MIA, None)


def take_against_text(story: Story) -> None:
    """One takes it while the customer's next text comes in."""
    story.text()
    story.rest()
    story.assign(ADA, ADA, None)
    story.text()


def take_against_answer(story: Story) -> None:
    """One takes it, the other answers first: it is one's, and both know whose."""
    story.text()
    story.rest()
    story.assign(ADA, ADA, None)
    story.send("canary mine", associate=MIA)


def close_against_inbound(story: Story) -> None:
    story.text()
    story.rest()
    story.ask("close", close_conversation, ADA)
    story.text()


def look_up_against_look_up(story: Story) -> None:
    """The clock starts two runs; two texts with the same words are in doubt, and the provider has both."""
    _in_doubt(story, TAKEN, "canary same words", "canary same  words")
    story.world.due()
    story.world.due()


def look_up_beside_its_twin(story: Story) -> None:
    """The provider has one text with these words: that of the first, which is known. The second it never took."""
    story.text()
    story.rest()
    story.world.minutes, story.world.provider.habits = False, TAKEN_UNHEARD
    story.send("canary same words", key="key-twin1")
    story.world.scheduler.run(story.world.now() + 2_000)
    story.world.provider.habits = NOT_TAKEN
    story.send("canary same  words", key="key-twin2")
    _when_due(story)
    story.world.due()
    story.world.due()


def look_up_against_retry(story: Story) -> None:
    """A person does not wait for the clock."""
    story.world.furnish(UnknownPolicy.SEND_AGAIN)
    _in_doubt(story, NOT_TAKEN, "canary answer")
    story.world.due()
    story.ask("retry", retry_message, story.message(direction="outbound")["id"], ADA)


def look_up_against_report(story: Story) -> None:
    """The provider's own word comes while it is asked."""
    reports = _overheard(story)
    _in_doubt(story, TAKEN_AND_TOLD, "canary answer")
    path, form = reports[0]
    story.world.provider.report = story.world.report
    story.world.report(path, {**form, "MessageStatus": "read"}, 0)
    story.world.due()


def policy_against_report(story: Story) -> None:
    """Its word comes at last, as the policy is about to send again what nobody could look up for so long."""
    story.world.furnish(UnknownPolicy.SEND_AGAIN)
    reports = _overheard(story)
    _in_doubt(story, TAKEN_AND_TOLD, "canary answer")
    story.world.scheduler.now += MAX_DOUBT
    story.world.provider.habits = Habits(busy=0, refuses=0, unclear=0, unlisted=1)
    story.world.provider.report = story.world.report
    path, form = reports[0]
    story.world.report(path, {**form, "MessageStatus": "delivered"}, 0)
    story.world.due()


def release_against_release(story: Story) -> None:
    """The clock starts two runs."""
    _its_time_has_come(story)
    story.world.due()
    story.world.due()


def release_against_send_now(story: Story) -> None:
    """Somebody sends it at once as the clock does."""
    _its_time_has_come(story)
    story.world.due()
    story.ask("release", send_held_now, story.held()["id"], ADA)


def release_against_cancel(story: Story) -> None:
    _its_time_has_come(story)
    story.world.due()
    story.ask("cancel", cancel_held, story.held()["id"], ADA)


def release_against_change(story: Story) -> None:
    _its_time_has_come(story)
    story.world.due()
    story.put_off()


def release_against_text(story: Story) -> None:
    """Somebody writes in that moment: each gets its place."""
    _its_time_has_come(story)
    story.world.due()
    story.text()


def release_against_opt_out(story: Story) -> None:
    _its_time_has_come(story)
    story.world.due()
    story.text("STOP")


def release_against_deletion(story: Story) -> None:
    _its_time_has_come(story)
    story.world.due()
    story.ask("delete", delete_conversation, ADA)


def giving_back_against_giving_back(story: Story) -> None:
    """The clock starts two runs."""
    _they_wait_too_long(story)
    story.world.due()
    story.world.due()


def giving_back_against_take(story: Story) -> None:
    """A colleague takes it in that moment: it is theirs, or the store's for the next one."""
    _they_wait_too_long(story)
    story.world.due()
    story.assign(MIA, MIA, ADA)


def giving_back_against_answer(story: Story) -> None:
    """Never over an answer that came meanwhile."""
    _they_wait_too_long(story)
    story.world.due()
    story.send()


def giving_back_against_text(story: Story) -> None:
    """They write once more: they still wait, and are not forgotten."""
    _they_wait_too_long(story)
    story.world.due()
    story.text()


def forgetting_against_text(story: Story) -> None:
    """They were answered, and write again while the clock finds that out."""
    _they_wait_too_long(story, answered=True)
    story.world.due()
    story.text()


def erasing_against_text(story: Story) -> None:
    """The customer writes as they are erased: it goes with them, or is a stranger's and stays."""
    story.text()
    story.rest()
    _their_erasure_is_due(story)
    story.world.due()
    story.text()


def erasing_against_paid_text(story: Story) -> None:
    """A text that was paid for is taken from the queue as its customer is erased: it goes out, or is given back."""
    story.text()
    story.rest()
    story.need_credits()
    story.world.outbound.on_put = lambda: None
    story.send()
    story.rest()
    _their_erasure_is_due(story)
    story.world.due()
    story.take_next()


def erasing_against_erasing(story: Story) -> None:
    """The clock starts two runs, as a text waits that was paid for."""
    story.text("STOP")
    story.rest()
    story.text("START")
    story.rest()
    story.need_credits()
    story.world.outbound.on_put = lambda: None
    story.send()
    story.rest()
    _their_erasure_is_due(story)
    story.world.due()
    story.world.due()
    story.take_next()


def erasing_against_order(story: Story) -> None:
    """The shop tells of their order once more, and of a new one."""
    story.order()
    story.rest()
    story.world.minutes = False
    story.erase(order_id=story.order_item())
    story.rest()
    story.world.due()
    story.order(1, updated_at=story.world.now() + 1000, financial_status="paid")
    story.order(2, id=1002, name="#1002")


def _their_erasure_is_due(story: Story) -> None:
    story.world.minutes = False
    story.erase()
    story.rest()


def _they_wait_too_long(story: Story, *, answered: bool = False) -> None:
    story.promise_answers()
    story.text()
    story.rest()
    story.assign(ADA, ADA, None)
    story.rest()
    story.world.minutes = False
    story.text()
    story.rest()
    if answered:
        story.send("canary there you are")
        story.rest()
    story.world.minutes, story.world.scheduler.now = True, story.waits()["due_at"]


def two_stores_send_at_once(story: Story) -> None:
    """Over the number that they share: one of them comes first then, and both texts go out."""
    story.talk_with_both()
    story.send("canary of Ada", key="key-share1", store=SEATTLE)
    story.send("canary of Bob", key="key-share2", store=TACOMA, associate=BOB)


def text_against_another_stores_text(story: Story) -> None:
    """Whoever comes first in that moment gets it, and no other."""
    story.talk_with_both()
    story.send("canary of Ada", key="key-share1", store=SEATTLE)
    story.at_whatsapp()


def quote_against_another_stores_text(story: Story) -> None:
    """Bob's text is quoted, and reaches Bob, whoever comes first."""
    story.talk_with_both()
    story.send("canary of Bob", key="key-share1", store=TACOMA, associate=BOB)
    story.rest()
    story.send("canary of Ada", key="key-share2", store=SEATTLE)
    story.at_whatsapp(quoted=story.message(direction="outbound", body="canary of Bob")["provider_id"])


def two_stores_close_at_once(story: Story) -> None:
    story.talk_with_both()
    story.close(SEATTLE, ADA)
    story.close(TACOMA, BOB)
    story.rest()
    story.at_whatsapp()


def closing_against_another_stores_text(story: Story) -> None:
    """The one that goes on is never left behind one that has ended."""
    story.talk_with_both()
    story.close(TACOMA, BOB)
    story.send("canary of Ada", key="key-share1", store=SEATTLE)


def closing_against_another_stores_invitation(story: Story) -> None:
    story.share()
    story.invite(TACOMA, BOB)
    story.rest()
    story.accept(Channel.WHATSAPP)
    story.rest()
    story.close(SEATTLE, ADA)
    story.at_whatsapp(story.word())


def closing_against_another_stores_reopening(story: Story) -> None:
    """Neither sees the other's route change unless the first one says so."""
    story.talk_with_both()
    story.close(TACOMA, BOB)
    story.rest()
    story.reopen(TACOMA, BOB)
    story.close(SEATTLE, ADA)


def stop_against_another_stores_text(story: Story) -> None:
    """It is for all stores of the number."""
    story.talk_with_both()
    story.world.outbound.on_put = lambda: None
    story.send("canary of Ada", key="key-share1", store=SEATTLE)
    story.rest()
    story.take_next()
    story.at_whatsapp("STOP", quoted="")


def merge_against_text(story: Story) -> None:
    """The one who becomes a tombstone writes to another store: the text gets in, and leads to the one who is kept."""
    _two_customers(story)
    story.merge()
    story.text("canary anew", sender=DEAN, recipient=TACOMA_NUMBER)


def merge_against_order(story: Story) -> None:
    """The shop reports something new about one of the two."""
    story.order()
    story.rest()
    _two_customers(story)
    story.merge()
    story.order(1, updated_at=story.world.now() + 1000, email="canary-new@example.test")


def merge_against_merge(story: Story) -> None:
    """Two people say so at once, and would each keep another one."""
    _two_customers(story)
    story.merge()
    story.merge(keep_other=True, associate=MIA)


def part_against_part(story: Story) -> None:
    _two_customers(story)
    story.merge()
    story.rest()
    story.part()
    story.part()


def _two_customers(story: Story) -> None:
    story.text()
    story.rest()
    story.text(sender=DEAN)
    story.rest()


def hold_against_deletion(story: Story) -> None:
    story.text()
    story.rest()
    story.hold()
    story.ask("delete", delete_conversation, ADA)


def _its_time_has_come(story: Story) -> None:
    story.text()
    story.rest()
    story.world.minutes = False
    story.hold()
    story.rest()
    story.world.minutes, story.world.scheduler.now = True, story.held()["release_at"]


TAKEN = Habits(busy=0, refuses=0, unclear=1, took=1, silent=1, unlisted=0)
TAKEN_AND_TOLD = Habits(busy=0, refuses=0, unclear=1, took=1, silent=0, undelivered=0, unlisted=0)
TAKEN_UNHEARD = Habits(busy=0, refuses=0, unclear=0, silent=1, unlisted=0)
NOT_TAKEN = Habits(busy=0, refuses=0, unclear=1, took=0, unlisted=0)


def _overheard(story: Story) -> list[tuple[str, dict[str, str]]]:
    """What the provider would have reported, which does not arrive."""
    reports: list[tuple[str, dict[str, str]]] = []
    story.world.provider.report = lambda path, form, delay: reports.append((path, form))
    return reports


def _in_doubt(story: Story, habits: Habits, *bodies: str) -> None:
    story.text()
    story.rest()
    story.world.minutes, story.world.provider.habits = False, habits
    for number, body in enumerate(bodies):
        story.send(body, key=f"key-doubt{number}")
    _when_due(story)


def _when_due(story: Story) -> None:
    """All that is in doubt may be looked up now."""
    story.rest()
    story.world.provider.habits = GOOD
    waiting = [message["due_at"] for message in story.world.history.stored("m") if "due_at" in message]
    story.world.scheduler.now, story.world.minutes = max(waiting), True


RACES: dict[str, Race] = {
    race.__name__: race
    for race in (
        route_assignment, start_against_text, allocation_against_allocation, allocation_against_stranger,
        opt_out_against_send, expiry_against_inbound, expiry_against_send,
        expiry_against_retry, reply_against_reply, reply_twice, close_against_inbound, look_up_against_look_up,
        paying_against_paying, crossing_against_crossing, retry_against_refund,
        take_against_take, take_against_text, writing_twice_to_somebody_away,
        take_against_answer, look_up_beside_its_twin, look_up_against_retry, look_up_against_report,
        policy_against_report, merge_against_text, merge_against_order, merge_against_merge, part_against_part,
        release_against_release, release_against_send_now, release_against_cancel, release_against_change,
        release_against_text,
        release_against_opt_out, release_against_deletion, hold_against_deletion,
        giving_back_against_giving_back, giving_back_against_take, giving_back_against_answer, giving_back_against_text,
        forgetting_against_text,
        two_stores_send_at_once, text_against_another_stores_text, quote_against_another_stores_text,
        two_stores_close_at_once, closing_against_another_stores_text, closing_against_another_stores_invitation,
        stop_against_another_stores_text, closing_against_another_stores_reopening,
        erasing_against_text, erasing_against_paid_text, erasing_against_erasing, erasing_against_order,
        telling_against_telling, telling_against_snooze, telling_against_end, striking_in_the_minute_before,
        *carting.RACES,
    )
}  # fmt: skip


def _order_with_pool(story: Story, size: int) -> None:
    story.world.pool(size)
    story.order()
    story.rest()


def _answer_waits(story: Story) -> None:
    """An answer is accepted and on the queue; nobody has taken it yet."""
    story.text()
    story.rest()
    story.world.outbound.on_put = lambda: None
    story.send()
    story.rest()


class _Script:
    """Decides as told, then for the first; counts how many could have gone on at each decision."""

    def __init__(self, decisions: list[int]) -> None:
        self._decisions, self.options = decisions, []

    def choose(self, ready: list[Worker]) -> Worker:
        """Between the two that have been there longest: a third, such as a call that AWS makes twice, comes after."""
        if len(ready) == 1 or len(self.options) >= STEPS:
            return ready[0]
        place = len(self.options)
        self.options.append(2)
        return ready[self._decisions[place]] if place < len(self._decisions) else ready[0]


def interleavings(race: Race) -> Iterator[tuple[list[int], Result]]:
    """Every order of the first STEPS steps that any two workers could take."""
    decisions: list[int] | None = []
    while decisions is not None:
        script = _Script(decisions)
        yield decisions, _run(race, 0, script, Faults())
        decisions = _next(decisions, script.options)


def _run(race: Race, seed: int, script: _Script | None, faults: Faults) -> Result:
    story = Story(seed, faults)
    story.world.warm = True
    if script is not None:
        story.world.scheduler.choose = script.choose
    return finished(story.world, seed, faults, lambda: _play(story, race))


def _play(story: Story, race: Race) -> None:
    """Nothing breaks while the stage is set; the workers of the race itself begin with the last `rest`."""
    race(story)
    story.faults.on = True
    story.rest()


def _next(decisions: list[int], options: list[int]) -> list[int] | None:
    """The next in depth-first order."""
    taken = decisions + [0] * (len(options) - len(decisions))
    while taken:
        last = taken.pop()
        if last + 1 < options[len(taken)]:
            return [*taken, last + 1]
    return None


def random_races(name: str, seeds: Iterable[int]) -> Iterator[Result]:
    for seed in seeds:
        yield random_race(name, seed)


def random_race(name: str, seed: int) -> Result:
    """Each seed another order, and other moments; in every other one calls break as well."""
    faults = RandomFaults(Random(seed), BROKEN) if seed % 2 else Faults()
    return _run(RACES[name], seed, None, faults)
