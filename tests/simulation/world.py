"""One schedule's world: the real functions in processes of their own, and everything around them simulated."""

import base64
from collections import Counter
from collections.abc import Callable
from functools import cache
from random import Random
from types import SimpleNamespace
from typing import Any, NamedTuple

import msgspec

from chalicelib.api import function_url
from chalicelib.config import Settings
from chalicelib.domain.addresses import Address
from chalicelib.domain.errors import CounterlineError
from chalicelib.domain.ids import ulid
from chalicelib.domain.merchants import ChatLinkSetting, Proxy, ProxyChange, ProxyState, Store, UnknownPolicy
from chalicelib.domain.presence import Doing
from chalicelib.observability import JsonLog
from chalicelib.registries import RegisteredChannels
from chalicelib.signing import SignedReferences
from chalicelib.store.directory import Secrets
from chalicelib.store.proxy_changes import DynamoProxyChanges
from chalicelib.store.setup import DynamoSetup
from chalicelib.triggers import schedule, sockets
from chalicelib.usecases.deliver_message import reference_purpose
from chalicelib.wiring import Dependencies
from tests.api.client import url_event_of
from tests.support.mail import SES
from tests.support.members import SECRET as MEMBER_SECRET
from tests.support.merchant import MERCHANT, OTHER_MERCHANT, SEATTLE, SHOP, ZOE, furnish, furnish_aws
from tests.support.pools import own, pool_of

from . import table
from .attachments import Attachments
from .browsers import KEY, Browsers
from .catalogue import PRODUCTS, Catalogue
from .emulator_speed import connect
from .faults import Faults
from .history import History, Request, Webhook
from .provider import API_URL, PUBLIC_URL, SITE_URL, Habits, Provider
from .queues import Client, Queue
from .scheduler import START, Outcome, Scheduler, Worker, current_worker
from .ses import MailService, adapter, furnish_mail
from .sources import Context, Poller, Stream
from .till import Till

SIGNING_KEY = "k" * 43
SETTINGS = Settings(
    stage="test",
    table_name=table.NAME,
    inbound_queue_url="inbound",
    outbound_queue_url="outbound",
    outbound_dead_letters_url="laid aside",
    media_queue_url="media",
    provider_event_queue_url="provider_events",
    webhook_url="",
    websocket_url="wss://ws.example.test",
    websocket_api_endpoint="https://ws.example.test",
    parameter_prefix="",
    push_identity="BPublic",
    provider_api_urls={"twilio": API_URL},
)
TIMEOUTS = {
    "outbound": 90_000,
    "provider_events": 90_000,
    "media": 90_000,
    "sweep": 300_000,
    "due": 120_000,
    "api": 10_000,
    "webhooks": 10_000,
}
"""Milliseconds; .chalice/config.json."""
PROCESSES_KEPT = 2
FRESH = 0.1
"""How often an invocation gets a process of its own although one is free."""
_WARM = 0.85
_KNOWN_AFTER = 120_000
"""Milliseconds after which no process holds an older set-up, and no read is so far behind."""
SENDER_TRIES = 4
CLIENT_TRIES = 4


class Shards(NamedTuple):
    """Of the inbox of Seattle; written to only so many milliseconds after the start, and one of them until then."""

    count: int = 1
    after: int = 0


ONE_SHARD = Shards()


class SeededIds:
    def __init__(self, random: Random) -> None:
        self._random = random

    def ulid(self, at: int) -> str:
        return ulid(at, self._random.getrandbits(80))

    def token(self) -> str:
        return f"{self._random.getrandbits(128):032x}"


class RecordingLog(JsonLog):
    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def _write(self, level: str, event: str, fields: dict[str, str | int | None]) -> None:
        self._lines.append(f"{level} {event} {fields}")


class World:
    def __init__(
        self,
        random: Random,
        faults: Faults,
        habits: Habits,
        *,
        stale: bool = False,
        policy: UnknownPolicy = UnknownPolicy.ASK,
        shards: Shards = ONE_SHARD,
    ) -> None:
        self.random, self.history = random, History()
        self.scheduler = Scheduler(random, faults)
        self.history.now = lambda: self.scheduler.now
        self.history.worker = _current
        self.references = SignedReferences(lambda: SIGNING_KEY)
        self._ids = SeededIds(random)
        self.warm = True
        self.processes_kept, self.fresh = PROCESSES_KEPT, FRESH
        self.started: Counter[str] = Counter()
        """How many processes each function has had."""
        self.keeps_processes = False
        self._processes: dict[str, list[Dependencies]] = {}
        self._shards, self._pooled, self._mail, self._chat = shards, 0, False, False
        self._due_at: int | None = None
        self.minutes = True
        """False: the clock starts nothing."""
        self._secrets: dict[str, str] = {}
        self.client = table.TableClient(self.scheduler, self.history, self.random if stale else None)
        self._table = table.connected(self.client)
        self.furnish(policy)
        self._wire(habits)

    def furnish(self, policy: UnknownPolicy) -> None:
        """Everything anew; all connections that text have this policy."""
        content, secrets = _furnished(self._shards, policy)
        self._secrets.clear()
        self._secrets.update(secrets)
        table.reset(content, self.now)
        self.history.policy = policy

    def pool(self, count: int) -> None:
        """So many numbers of Seattle's in a pool, before anybody works with the set-up."""
        setup = DynamoSetup(self._table, None)
        for proxy in pool_of(count):
            setup.put_proxy(proxy)
        self._pooled = count

    def give(self, number: Address, associate_id: str) -> None:
        """A number of Seattle's becomes an associate's own."""
        DynamoSetup(self._table, None).put_proxy(own(number, associate_id))
        self._pooled = -1

    def share(self, proxy: Proxy) -> None:
        """Seattle's number at WhatsApp is Tacoma's, too, before anybody works with the set-up."""
        DynamoSetup(self._table, None).put_proxy(proxy)
        self._pooled = -1

    def use_mail(self) -> None:
        """Seattle has a mailbox, since so long that everybody can know of it."""
        furnish_mail(DynamoSetup(self._table, None), self.history.policy)
        self._mail = True
        self.scheduler.now += _KNOWN_AFTER

    def use_chat(self) -> None:
        """Who Seattle starts with gets a link to the chat page, since so long that everybody can know of it."""
        store = self.process().directory.store(SEATTLE)
        assert store is not None
        DynamoSetup(self._table, None).put_store(msgspec.structs.replace(store, chat_link=ChatLinkSetting.IN_TEXT))
        self._chat = True
        self.scheduler.now += _KNOWN_AFTER

    def show_catalogue(self) -> None:
        """Seattle's shop lets us read it, before anybody works with the set-up."""
        self._secrets[f"connections/{SHOP}"] = '{"webhook_secret":"shop-secret-1","access_token":"shop-token-1"}'
        self.history.catalogue = {product: self.now() for product in PRODUCTS}

    def sign_members_in(self) -> None:
        """Seattle's shop vouches for its customers."""
        self._secrets[f"connections/{SHOP}"] = f'{{"webhook_secret":"shop-secret-1","member_secret":"{MEMBER_SECRET}"}}'

    def collect_garbage(self) -> None:
        """Time to live, and the bucket's rule for what nobody sent."""
        self.client.collect_garbage()
        self.attachments.collect_garbage(self.history)

    def lose(self, number: Address) -> None:
        lost = ProxyChange(channel="sms", address=number, merchant_id=MERCHANT, state=ProxyState.LOST)
        DynamoProxyChanges(self._table).put(lost)

    def _wire(self, habits: Habits) -> None:
        scheduler, dead = self.scheduler, self.history.dead_letters
        self.inbound = Queue(scheduler, fifo=False, visibility=180_000, most_receives=50)
        self.outbound = Queue(scheduler, fifo=True, visibility=540_000, most_receives=1000)
        self.sockets: set[str] = set()
        self.stream = Stream(scheduler, self.invoke, dead)
        self.client.on_commit = self._committed
        self.laid_aside = Queue(scheduler, fifo=True, visibility=0, most_receives=1)
        self.media = Queue(scheduler, fifo=False, visibility=540_000, most_receives=50)
        self.attachments = Attachments(scheduler)
        self.published = Queue(scheduler, fifo=False, visibility=540_000, most_receives=50)
        made = {
            "inbound": self.inbound,
            "outbound": self.outbound,
            "media": self.media,
            "provider_events": self.published,
        }
        queues = {**made, "laid aside": self.laid_aside}
        self.aws = Client(scheduler, queues, self._secrets, self.sockets)
        self.pollers = {
            name: Poller(name, queue, scheduler, self.invoke, TIMEOUTS.get(name, 30_000))
            for name, queue in made.items()
        }
        self.provider = Provider(scheduler, self.history, self.random, habits)
        self.provider.report = self.report
        self.provider.read_reference = self._read_reference
        self.mail = MailService(scheduler, self.history, self.random, self.provider)
        self.mail.publish = self.published.put
        self.mail.read_reference = self._read_tag
        till = Till(scheduler, self.history, Catalogue(scheduler, self.history, self.mail))
        self.http = Browsers(scheduler, self.history, till)
        connect(self.aws)

    def now(self) -> int:
        return self.scheduler.now

    def _committed(self, records: list[dict[str, Any]]) -> None:
        self.stream.add(records)
        for record in records:
            image = record["dynamodb"].get("NewImage", {})
            entry = image.get("du") or image.get("ra")
            if entry is not None:
                self._look_at(int(entry["N"]))

    # --- functions and their processes ----------------------------------------------------------------------------

    def process(self) -> Dependencies:
        """A fresh process: nothing cached."""
        made = Dependencies(SETTINGS)
        made.clock, made.ids, made.http = self, self._ids, self.http
        made.mails, registry = self.mail.bucket, RegisteredChannels(SETTINGS)
        made.channels, registry._loaded["ses"] = registry, adapter()
        made.downloads, made.files = self.attachments.downloads, self.attachments
        made.pictures = self.attachments.pictures
        made.log = RecordingLog(self.history.log)
        made._table = self._table
        return made

    def forget_processes(self) -> None:
        """All are new from here on, unless what they remember is what it is about."""
        if not self.keeps_processes:
            self._processes.clear()

    def _warm(self, process: Dependencies) -> None:
        """As one that has read the set-up just now: it is the same each time, and reading it is most of the work."""
        directory: Any = process.directory
        directory._setup = _known_setup(
            self._shards, self.history.policy, self._pooled, self._mail, self._chat, process
        )
        directory._secrets = {
            name: Secrets(msgspec.json.decode(self._secrets[name]), self.now(), self.now())
            for name in self._secrets
            if name.startswith("connections/")
        }
        directory._setup = msgspec.structs.replace(directory._setup, read_at=self.now())
        process.__dict__.update(_signing_key=SIGNING_KEY, webhook_url=PUBLIC_URL, site_url=SITE_URL)

    def invoke(
        self,
        name: str,
        run: Callable[[Dependencies], Any],
        then: Callable[[Outcome], None],
        *,
        function: str = "",
        principal: str | None = None,
        timeout: int = 30_000,
    ) -> Worker:
        """Runs in a process that is free, or a new one; one that crashed is not used again."""
        free = self._processes.setdefault(function or name, [])
        process = free.pop() if free and self.random.random() < 1 - self.fresh else None
        if process is None:
            process = self.process()
            self.started[function or name] += 1
        if self.warm and self.random.random() < _WARM:
            self._warm(process)

        def done(outcome: Outcome) -> None:
            if not outcome.crashed and len(free) < self.processes_kept:
                free.append(process)
            if outcome.error is not None:
                self.history.log.append(f"ERROR {outcome.error!r}")
            then(outcome)

        return self.scheduler.spawn(name, lambda: run(process), done, principal=principal, timeout=timeout)

    # --- what comes from outside ----------------------------------------------------------------------------------

    def deliver(self, webhook: Webhook, path: str, headers: dict[str, str], body: bytes, tries: int = 1) -> None:
        """To the webhooks' address; the sender tries again for a while when the answer is not 2xx."""
        event = url_event_of("POST", path, headers=headers, body=body)

        def run(ports: Dependencies) -> int:
            return int(function_url.answer(event, ports)["statusCode"])

        def then(outcome: Outcome) -> None:
            status = outcome.result if isinstance(outcome.result, int) else 502
            webhook.answers.append((status, len(self.history.commits), self.now()))
            if status >= 500 and tries < SENDER_TRIES and self.random.random() < 0.8:
                again = self.random.choice((200, 5_000, 60_000))
                self.scheduler.after(again, lambda: self.deliver(webhook, path, headers, body, tries + 1))

        merchant = OTHER_MERCHANT if webhook.connection_id.endswith("-2") else MERCHANT
        self.invoke(
            f"webhook {webhook.kind}", run, then, function="webhooks", principal=merchant, timeout=TIMEOUTS["webhooks"]
        )

    def report(self, path: str, form: dict[str, str], delay: int) -> None:
        from .senders import status_webhook

        webhook, headers, body = status_webhook(self, path, form)
        self.history.webhooks.append(webhook)
        self.scheduler.after(delay, lambda: self.deliver(webhook, path, headers, body))

    def _read_reference(self, path: str) -> tuple[str, str, int]:
        _, _, connection_id, _, token = path.removeprefix("/").split("/")
        value: Any = self.references.read(reference_purpose(connection_id), token, now=self.now())
        return value[0], value[1], value[2]

    def _read_tag(self, tag: str) -> tuple[str, str, int]:
        reference = base64.urlsafe_b64decode(tag + "=" * (-len(tag) % 4)).decode()
        value: Any = self.references.read(reference_purpose(SES), reference, now=self.now())
        return value[0], value[1], value[2]

    def ask(
        self, verb: str, associate: str, use_case: Callable[[Dependencies], Any], *, key: str = "", tries: int = 1,
        **about: Any,
    ) -> None:  # fmt: skip
        """A request of an associate's app, which tries again when no answer comes."""
        request = Request(
            verb=verb, associate=associate, key=key, about=about, began=len(self.history.commits), began_at=self.now()
        )
        self.history.requests.append(request)

        def then(outcome: Outcome) -> None:
            request.ended, request.ended_at = len(self.history.commits), self.now()
            request.answer, request.refusal = outcome.result, _refusal(outcome)
            again = request.refusal in ("crashed", "unavailable", "changed_meanwhile")
            if again and key and tries < CLIENT_TRIES and self.random.random() < 0.8:
                pause = self.random.choice((100, 2_000, 40_000))
                self.scheduler.after(
                    pause, lambda: self.ask(verb, associate, use_case, key=key, tries=tries + 1, **about)
                )

        merchant = OTHER_MERCHANT if associate == ZOE else MERCHANT
        self.invoke(verb, use_case, then, function="api", principal=merchant, timeout=TIMEOUTS["api"])

    def sweep(self) -> None:
        context = Context(self.scheduler)
        self.invoke(
            "sweep",
            lambda ports: schedule.sweep({}, context, ports),
            lambda outcome: None,
            timeout=TIMEOUTS["sweep"],
        )

    # --- what is due: a run each minute, of which those are played that may find something ------------------------

    def _look_at(self, at: int) -> None:
        """Within the minute after `at`, and no sooner than a second from now."""
        if self.minutes and (self._due_at is None or at < self._due_at):
            self._due_at = at
            pause = max(1_000, at - self.now() + self.random.randint(0, 60_000))
            self.scheduler.after(pause, lambda: self.due() if self._due_at == at else None)

    def due(self) -> None:
        """Now and then EventBridge calls twice."""
        self._due_at, context = None, Context(self.scheduler)
        for _ in range(2 if self.random.random() < 0.1 else 1):
            self.invoke(
                "due",
                lambda ports: schedule.due({}, context, ports),
                lambda outcome: self._look_again(),
                timeout=TIMEOUTS["due"],
            )

    def _look_again(self) -> None:
        waiting = [message["due_at"] for message in self.history.stored("m") if "due_at" in message]
        waiting += [held["release_at"] for held in self.history.stored("n")]
        waiting += [each["due_at"] for kind in ("q", "ur") for each in self.history.stored(kind)]
        waiting += [each["due_at"] for each in self.history.stored("y") if "settled_at" not in each]
        waiting += [each["due_at"] for each in self.history.stored("z")]
        if waiting:
            self._look_at(max(min(waiting), self.now()))

    def connect(self, ticket: str, socket: str) -> None:
        event = {"queryStringParameters": {"ticket": ticket}, "requestContext": {"connectionId": socket}}

        def then(outcome: Outcome) -> None:
            if outcome.result == {"statusCode": 200}:
                self.sockets.add(socket)

        self.invoke("connect", lambda ports: sockets.connect(event, ports), then)

    def view(self, socket: str, conversation_id: str, doing: Doing) -> None:
        """The browser says what it shows."""
        body = msgspec.json.encode({"action": "view", "conversation": conversation_id, "doing": doing}).decode()
        event = {"body": body, "requestContext": {"connectionId": socket}}
        self.invoke("view", lambda ports: sockets.message(event, ports), lambda outcome: None)

    def disconnect(self, socket: str, *, told: bool) -> None:
        """`told`: API Gateway calls our function; it does not always."""
        self.sockets.discard(socket)
        if told:
            event = {"requestContext": {"connectionId": socket}}
            self.invoke("disconnect", lambda ports: sockets.disconnect(event, ports), lambda outcome: None)


def _refusal(outcome: Outcome) -> str:
    if outcome.crashed:
        return "crashed"
    if isinstance(outcome.error, CounterlineError):
        return outcome.error.code
    return "" if outcome.error is None else f"error {type(outcome.error).__name__}"


def _current() -> tuple[str, str | None]:
    worker = current_worker()
    return ("", None) if worker is None else (worker.name, worker.principal)


_setups: dict[tuple[Shards, UnknownPolicy, int, bool, bool], Any] = {}


def _known_setup(
    shards: Shards, policy: UnknownPolicy, pooled: int, mail: bool, chat: bool, process: Dependencies
) -> Any:
    """What a directory reads of the set-up, while nobody is away; outside of any worker: no boundary is crossed."""
    key = (shards, policy, pooled, mail, chat)
    if key not in _setups:
        directory: Any = process.directory
        _setups[key] = msgspec.structs.replace(directory._read(0), absences={})
    return _setups[key]


class _Setup(DynamoSetup):
    """With shards for Seattle; where there are several, customers wait half an hour at the most."""

    shards = ONE_SHARD

    def put_store(self, store: Store) -> None:
        if store.id == SEATTLE:
            since = START + self.shards.after if self.shards.after else 0
            store = msgspec.structs.replace(store, inbox_shards=self.shards.count, inbox_shards_from=since)
            if self.shards != ONE_SHARD:
                store = msgspec.structs.replace(store, reassign_after=30)
        super().put_store(store)


@cache
def _furnished(shards: Shards, policy: UnknownPolicy) -> tuple[Any, dict[str, str]]:
    """The merchants' set-up as items and parameters, made once."""
    parameters_made = {"/signing-key": SIGNING_KEY, "/webhook-url": PUBLIC_URL, "/site-url": SITE_URL, "/push-key": KEY}
    scheduler = Scheduler(Random(0), Faults())
    client = table.TableClient(scheduler, History(), None)
    table.reset({}, lambda: START)
    ssm = SimpleNamespace(put_parameter=lambda **given: parameters_made.update({given["Name"]: given["Value"]}))
    setup = _Setup(table.connected(client), ssm)
    setup.shards = shards
    furnish(setup, policy)  # type: ignore[arg-type]  # the same methods
    furnish_aws(setup)  # type: ignore[arg-type]  # likewise
    return table.items(), parameters_made
