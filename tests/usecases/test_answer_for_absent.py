"""While somebody is away: their own answer, once per sender and period, to people only (H2, X14)."""

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.absences import ANSWERED_FOR
from chalicelib.domain.messages import Message, MessageKind
from chalicelib.usecases.assign_conversation import AssignCommand, assign_conversation
from chalicelib.usecases.receive_message import receive_message
from chalicelib.usecases.switch_away import come_back, go_away, show_absence
from tests.support.world import ADA, CARLA, DEAN, HOUR, MIA, TACOMA, World

ANSWER = "I am back on Monday. Ada"


def away_answers(world: World) -> list[str]:
    return [message.body for message in world.table.messages.values() if message.kind is MessageKind.AWAY_ANSWER]


def talking(world: World) -> str:
    """A conversation that Ada looks after, and she is away."""
    conversation_id = world.talk()
    go_away(ADA, ANSWER, None, world)
    return conversation_id


def test_whoever_writes_to_somebody_away_is_answered_in_their_words(world: World) -> None:
    conversation_id = talking(world)
    world.text("Is anybody there?")
    world.deliver()
    assert world.channel.to(CARLA)[-1] == ANSWER
    answer = world.thread(conversation_id)[-1]
    assert (answer.kind, answer.author_id) == (MessageKind.AWAY_ANSWER, None)
    assert world.conversation(conversation_id).unread == 1, "it is still to be read"


def test_once_in_twelve_hours_to_the_millisecond(world: World) -> None:
    talking(world)
    for pause in (0, 1000, HOUR, ANSWERED_FOR - HOUR - 1001):
        world.clock.advance(pause)
        world.text("Hello?")
    assert len(away_answers(world)) == 1
    world.clock.advance(1)
    world.text("Hello??")
    assert len(away_answers(world)) == 2


def test_two_texts_at_once_get_one_answer(world: World) -> None:
    """Both were taken on the ground of the same read."""
    conversation_id = talking(world)
    stale = world.conversation(conversation_id)
    world.text("One")
    find = world.conversations.find
    reads = iter([stale])
    world.conversations.find = lambda wanted: next(reads, None) or find(wanted)  # type: ignore[method-assign]  # an old read
    world.text("Two")
    assert len(away_answers(world)) == 1
    assert world.bodies(conversation_id)[-3:] == ["One", ANSWER, "Two"]


def test_customers_of_colleagues_and_of_nobody_are_not_answered(world: World) -> None:
    go_away(ADA, ANSWER, None, world)
    conversation_id = world.start(associate_id=MIA)
    world.clock.advance(1000)
    world.text("Hello")
    world.text("Hello", sender=DEAN)
    assert away_answers(world) == []
    assign_conversation(AssignCommand(conversation_id=conversation_id, associate_id=MIA, to=ADA, was=MIA), world)
    world.clock.advance(1000)
    world.text("Hello again")
    assert away_answers(world) == [ANSWER]


def test_whoever_is_back_answers_themselves(world: World) -> None:
    talking(world)
    come_back(ADA, world)
    come_back(ADA, world)
    world.text("Hello")
    assert away_answers(world) == []
    assert show_absence(ADA, world) is None


def test_an_absence_ends_by_itself_at_its_instant(world: World) -> None:
    world.talk()
    go_away(ADA, ANSWER, world.clock.now() + HOUR, world)
    world.clock.advance(HOUR - 1)
    world.text("Hello")
    assert away_answers(world) == [ANSWER]
    world.clock.advance(ANSWERED_FOR)
    world.text("Hello")
    assert away_answers(world) == [ANSWER]
    assert show_absence(ADA, world) is None


def test_machines_are_not_answered(world: World) -> None:
    talking(world)
    world.text("I am out of office", automatic=True)
    assert away_answers(world) == []


def test_who_has_opted_out_is_not_answered_and_stop_gets_its_own_answer_only(world: World) -> None:
    conversation_id = talking(world)
    world.text("STOP")
    world.text("Really, stop it please")
    world.deliver()
    assert away_answers(world) == []
    assert [message.kind for message in world.thread(conversation_id)][-3:] == [
        MessageKind.TEXT,
        MessageKind.OPT_OUT_CONFIRMATION,
        MessageKind.TEXT,
    ]


def test_nobody_away_costs_no_read(world: World) -> None:
    world.talk()
    before = world.table.requests
    world.text("Hello")
    assert world.table.requests - before == 2, "route and transaction (P4)"


def test_an_absence_in_another_store_costs_no_read_either(world: World) -> None:
    world.talk()
    world.permit(MIA, {TACOMA: world.table.associates[MIA].stores[TACOMA]})
    go_away(MIA, ANSWER, None, world)
    before = world.table.requests
    world.text("Hello")
    assert world.table.requests - before == 2


@settings(max_examples=60, deadline=None)
@given(
    first=st.sampled_from(["Hello", "HELP", "STOP", "START", "Where is my order?"]),
    other=st.sampled_from(["echo", "HELP", "START", "I am out of office", "away"]),
    pauses=st.lists(st.sampled_from([0, 1, 1000, 60_000, HOUR]), min_size=1, max_size=40),
)
def test_two_automatic_answerers_never_keep_each_other_awake(first: str, other: str, pauses: list[int]) -> None:
    """Ours meets an echo, a machine that always says the same, or another one of ours; none says that it is one."""
    ours, theirs = away_world(), away_world()
    said, answered, spent = first, 0, 0
    for number in range(200):
        pause = pauses[number % len(pauses)]
        spent += pause
        ours.clock.advance(pause)
        reply = answer_of(ours, said)
        if reply is None:
            break  # silence: nothing wakes either of them again
        answered += 1
        theirs.clock.advance(pause)
        back = answer_of(theirs, reply) if other == "away" else reply if other == "echo" else other
        if back is None:
            break
        said = back
    assert answered <= 4 * (1 + spent // HOUR), "of all kinds together, in an hour"


def away_world() -> World:
    world = World()
    talking(world)
    return world


def answer_of(world: World, body: str) -> str | None:
    """What goes back by itself to a text."""
    known = {message.id for message in world.table.messages.values()}
    receive_message(world.text_event(body), world)
    new: list[Message] = [each for each in world.table.messages.values() if each.id not in known]
    return next((each.body for each in new if each.kind is not MessageKind.TEXT), None)
