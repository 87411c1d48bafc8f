"""A simulator without waiting and without a network: its webhooks land in `Receiver`."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from local.simulator import (
    AwsSmsConnection,
    CloudUnavailable,
    Delays,
    MetaConnection,
    OtherShop,
    PaymentConnection,
    SesConnection,
    Shop,
    Simulator,
    SimulatorConfig,
    StoreMailbox,
    StoreNumber,
    TwilioConnection,
    VonageConnection,
    app_of,
)

ACCOUNT = "AC" + "0" * 31 + "1"
OTHER_ACCOUNT = "AC" + "0" * 31 + "2"
TOKEN = "t0ken-of-the-first-account"
SECRET = "shop-secret"
SITE = "https://harbour.example/"
STORE = "+12125550001"
OTHER_STORE = "+12125550002"
VONAGE_STORE = "+12125550003"
AWS_STORE = "+12125550004"
API_KEY, API_SECRET, SIGNATURE_SECRET = "a1b2c3d4", "opens-the-api", "signs-webhooks-and-has-32-bytes-or-more"
WHATSAPP_STORE, WHATSAPP_ACCOUNT, NUMBER_ID = "+12125550007", "1001", "2001"
APP_SECRET, ACCESS_TOKEN = "signs-metas-webhooks", "opens-the-graph-api"
PHONE = "+12125550199"
DOMAIN = "hello.shop.example"
OURS = f"harbour@{DOMAIN}"
ANA = "ana.souza@mail.example"
TOPIC, BUCKET = "arn:aws:sns:us-east-1:000000000000:events", "received-mail"
PUBLIC = "http://counterline.test/api"
CALLBACK = f"{PUBLIC}/webhooks/twilio/tw1/status/ref.abc?x=1"
NOW = 1_795_340_096_789
SES = SesConnection(
    id="ses1",
    domains=frozenset((DOMAIN,)),
    mailboxes=(StoreMailbox(address=OURS, name="Harbour"),),
    topic_arn=TOPIC,
    bucket=BUCKET,
    believed=frozenset(("mail.example",)),
)
AWS_SMS = AwsSmsConnection(
    id="aws1", topic_arn=TOPIC, numbers=(StoreNumber(number=AWS_STORE, store_id="s2", store_name="Hill (AWS)"),)
)

AT_META = MetaConnection(
    id="wa1",
    account_id=WHATSAPP_ACCOUNT,
    app_secret=APP_SECRET,
    access_token=ACCESS_TOKEN,
    numbers=(StoreNumber(number=WHATSAPP_STORE, store_id="s1", store_name="Harbour (WhatsApp)"),),
    number_ids={WHATSAPP_STORE: NUMBER_ID},
    templates={"ready en_US": "Hi {{1}}, {{2}} is ready."},
)


TILLS = (
    PaymentConnection(provider="adyen", id="ad1", account="HarbourECOM", api_key="a-key", webhook_secret="ab" * 32),
    PaymentConnection(provider="stripe", id="st1", account="", api_key="s-key", webhook_secret="whsec-of-stripe"),
)


class Receiver:
    """Stands for the system's public URL. Answers 204, or what `answers` says, in turn."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.answers: list[int | Exception] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if self.answers else 204
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer)

    def forms(self) -> list[dict[str, str]]:
        return [dict(parse_qsl(request.content.decode(), keep_blank_values=True)) for request in self.requests]

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(self))


class FakeCloud:
    """Remembers what was stored and published; refuses as often as `refuses` says."""

    def __init__(self) -> None:
        self.objects: dict[tuple[str, str], bytes] = {}
        self.said: list[dict[str, Any]] = []
        self.refuses = 0

    async def store(self, bucket: str, key: str, content: bytes) -> None:
        self._refuse()
        self.objects[bucket, key] = content

    async def publish(self, topic_arn: str, message: str) -> None:
        self._refuse()
        assert topic_arn == TOPIC
        self.said.append(json.loads(message))

    def kinds(self) -> list[str]:
        return [said.get("eventType") or said.get("notificationType") or "" for said in self.said]

    def _refuse(self) -> None:
        if self.refuses:
            self.refuses -= 1
            raise CloudUnavailable("busy")


class Clock:
    """Stands still until told."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> int:
        return self.now


class Sleeper:
    """Remembers the waits instead of waiting."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.waits.append(seconds)


MakeSimulator = Callable[[], Simulator]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sleeper() -> Sleeper:
    return Sleeper()


@pytest.fixture
def cloud() -> FakeCloud:
    return FakeCloud()


@pytest.fixture
def make(tmp_path: Path, receiver: Receiver, clock: Clock, sleeper: Sleeper, cloud: FakeCloud) -> MakeSimulator:
    """Makes simulators over one state file: the second is the first after a restart."""
    config = SimulatorConfig(
        webhook_url=PUBLIC,
        origin="http://shop.test:8000",
        twilio_connections=(
            TwilioConnection(
                id="tw1",
                account_sid=ACCOUNT,
                auth_token=TOKEN,
                numbers=(StoreNumber(number=STORE, store_id="s1", store_name="Harbour"),),
            ),
            TwilioConnection(
                id="tw2",
                account_sid=OTHER_ACCOUNT,
                auth_token="other",
                numbers=(StoreNumber(number=OTHER_STORE, store_id="s2", store_name="Hill"),),
            ),
        ),
        vonage_connections=(
            VonageConnection(
                id="vo1",
                api_key=API_KEY,
                api_secret=API_SECRET,
                signature_secret=SIGNATURE_SECRET,
                numbers=(StoreNumber(number=VONAGE_STORE, store_id="s1", store_name="Harbour (Vonage)"),),
            ),
        ),
        meta_connections=(AT_META,),
        aws_sms_connections=(AWS_SMS,),
        ses=SES,
        other_shops=(
            OtherShop(platform="woocommerce", connection_id="woo1", account=SITE, webhook_secret=SECRET, store_id="s1"),
            OtherShop(platform="generic", connection_id="own1", account="harbour", webhook_secret=SECRET),
        ),
        payments=TILLS,
        shop=Shop(
            connection_id="shop1",
            shop_domain="harbour.myshopify.com",
            webhook_secret=SECRET,
            locations={"s1": "70011"},
            access_token="shpat-of-the-simulator",
        ),
        state_file=tmp_path / "deep" / "simulator.json",
        delays=Delays(keep_alive=0.01, save=0.0),
    )
    return lambda: Simulator(config, receiver.client, sleeper, clock, cloud)


@pytest.fixture
def simulator(make: MakeSimulator) -> Simulator:
    simulator = make()
    simulator.seed_phone(PHONE, "Ana Souza")
    return simulator


@pytest.fixture
async def api(simulator: Simulator) -> AsyncIterator[httpx.AsyncClient]:
    """The simulator's own HTTP interface."""
    transport = httpx.ASGITransport(app=app_of(simulator))
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test:8000") as client:
        yield client
    await simulator.stop()
