"""One schedule from one seed: a world, its faults, what people do in it, and the check of every invariant."""

from collections.abc import Callable
from random import Random

from msgspec import Struct

from chalicelib.domain.merchants import UnknownPolicy

from . import invariants
from .faults import Faults, RandomFaults
from .provider import GOOD, Habits
from .quiescence import settle
from .visits import VISITS, begin
from .workload import MAIL, Weighed, Workload
from .world import ONE_SHARD, Shards, World

SHARDS = (*[ONE_SHARD] * 6, Shards(3), Shards(3, after=1_000))
"""In turn: mostly one, sometimes more, and sometimes more while people write."""

MAIL_EVERY = 12
"""Of so many schedules one has mail beside texts."""
VISITS_AT = 6
"""Of the same number another one has customers on the chat page, with pictures, and associates who merge them."""
SECRETIVE = Habits(unclear=0.6, took=0.7, silent=0.8, refuses=0)
"""Only a look-up tells what became of many a text."""


class Result(Struct, frozen=True):
    seed: int
    faults: int
    violations: list[str]


def run_schedule(seed: int) -> Result:
    """The same seed gives the same schedule, on any machine."""
    random = Random(seed)
    hot = random.choice(("", "outbound", "outbound", "fan_out", "webhook text", "webhook status", "due"))
    faults = RandomFaults(random, random.choice((0.0, 0.01, 0.04, 0.12)), hot)
    habits = random.choice((GOOD, Habits(), Habits(), Habits(unclear=0.4, busy=0.3), SECRETIVE, SECRETIVE))
    policy = random.choice((UnknownPolicy.ASK, UnknownPolicy.ASK, UnknownPolicy.SEND_AGAIN))
    shards = SHARDS[seed % len(SHARDS)]
    world = World(random, faults, habits, stale=random.random() < 0.5, policy=policy, shards=shards)
    more: tuple[Weighed, ...] = ()
    if seed % MAIL_EVERY == 0:
        world.use_mail()
        more = MAIL
    elif seed % MAIL_EVERY == VISITS_AT:
        world.use_chat()
        more = VISITS
    workload = Workload(world, random, more)
    if more is VISITS:
        begin(workload)
    return finished(world, seed, faults, workload.play)


def finished(world: World, seed: int, faults: Faults, play: Callable[[], None]) -> Result:
    """Plays, lets everything come to rest, and checks."""
    play()
    settle(world)
    return Result(seed, faults.count, invariants.check(world.history))
