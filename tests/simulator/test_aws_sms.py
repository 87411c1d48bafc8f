"""The simulator as AWS End User Messaging SMS: signatures (made by botocore), answers, and what it publishes."""

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from local.simulator import Simulator

from .conftest import AWS_STORE, PHONE, STORE, Clock, FakeCloud, Sleeper

pytestmark = pytest.mark.anyio
TEXT = {
    "DestinationPhoneNumber": PHONE,
    "OriginationIdentity": AWS_STORE,
    "MessageBody": "Hello",
    "Context": {"reference": "ours"},
    "ConfigurationSetName": "counterline",
}


@pytest.fixture(autouse=True)
def current_time(clock: Clock) -> None:
    """Signatures made by botocore are of the real time."""
    clock.now = int(datetime.now(UTC).timestamp() * 1000)


async def ask(api: httpx.AsyncClient, content: Any, operation: str = "SendTextMessage") -> httpx.Response:
    body = json.dumps(content).encode()
    headers = {
        "Content-Type": "application/x-amz-json-1.0",
        "X-Amz-Target": f"PinpointSMSVoiceV2.{operation}",
        "Host": "shop.test:8000",
    }
    request = AWSRequest("POST", "http://shop.test:8000/aws_sms/", data=body, headers=headers)
    SigV4Auth(Credentials("AKIDEXAMPLE", "secret"), "sms-voice", "us-east-1").add_auth(request)
    return await api.post("/aws_sms/", content=body, headers=dict(request.headers))


async def arrived(api: httpx.AsyncClient) -> list[str]:
    return [text["body"] for text in (await api.get(f"/api/phones/{PHONE}")).json()["texts"]]


async def test_a_text_arrives_and_is_reported(api: httpx.AsyncClient, simulator: Simulator, cloud: FakeCloud) -> None:
    answer = await ask(api, TEXT)
    assert answer.status_code == 200
    await simulator.settle()
    assert await arrived(api) == ["Hello"]
    assert cloud.kinds() == ["TEXT_QUEUED", "TEXT_PENDING", "TEXT_DELIVERED"]
    for said in cloud.said:
        assert said["messageId"] == answer.json()["MessageId"]
        assert said["context"] == {"reference": "ours"}
        assert (said["originationPhoneNumber"], said["destinationPhoneNumber"]) == (AWS_STORE, PHONE)
    assert [said["isFinal"] for said in cloud.said] == [False, False, True]


async def test_without_a_configuration_set_nothing_is_reported(
    api: httpx.AsyncClient, simulator: Simulator, cloud: FakeCloud
) -> None:
    assert (await ask(api, {**TEXT, "ConfigurationSetName": ""})).status_code == 200
    await simulator.settle()
    assert (await arrived(api), cloud.said) == (["Hello"], [])


@pytest.mark.parametrize(
    ("behaviour", "status", "kind", "reported", "arrives"),
    [
        ("landline", 200, "", ["TEXT_QUEUED", "TEXT_PENDING", "TEXT_CARRIER_UNREACHABLE"], 0),
        ("off", 200, "", ["TEXT_QUEUED", "TEXT_PENDING", "TEXT_UNREACHABLE"], 0),
        ("not_mobile", 200, "", ["TEXT_QUEUED", "TEXT_PENDING", "TEXT_INVALID"], 0),
        ("opted_out", 400, "ConflictException", [], 0),
        ("rate_limited", 400, "ThrottlingException", [], 0),
        ("server_error", 500, "InternalServerException", [], 0),
        ("lost_reply", 500, "InternalServerException", ["TEXT_QUEUED", "TEXT_PENDING", "TEXT_DELIVERED"], 1),
        ("unheard", 500, "InternalServerException", [], 1),
    ],
)
async def test_what_does_not_go_well(
    api: httpx.AsyncClient,
    simulator: Simulator,
    cloud: FakeCloud,
    *,
    behaviour: str,
    status: int,
    kind: str,
    reported: list[str],
    arrives: int,
) -> None:
    await api.patch(f"/api/phones/{PHONE}", json={"behaviour": behaviour})
    answer = await ask(api, TEXT)
    assert (answer.status_code, answer.json().get("__type", "")) == (status, kind)
    await simulator.settle()
    assert (cloud.kinds(), len(await arrived(api))) == (reported, arrives)


async def test_an_opt_out_says_so(api: httpx.AsyncClient) -> None:
    await api.patch(f"/api/phones/{PHONE}", json={"behaviour": "opted_out"})
    assert (await ask(api, TEXT)).json()["Reason"] == "DESTINATION_PHONE_NUMBER_OPTED_OUT"


async def test_a_time_out_answers_late(api: httpx.AsyncClient, simulator: Simulator, sleeper: Sleeper) -> None:
    await api.patch(f"/api/phones/{PHONE}", json={"behaviour": "timeout"})
    assert (await ask(api, TEXT)).status_code == 200
    assert simulator.config.delays.timeout in sleeper.waits


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({**TEXT, "OriginationIdentity": STORE}, "ResourceNotFoundException"),
        ({**TEXT, "DestinationPhoneNumber": "nobody"}, "ValidationException"),
        ({**TEXT, "MessageBody": " "}, "ValidationException"),
        ({**TEXT, "MessageBody": "x" * 1601}, "ValidationException"),
        ({**TEXT, "Context": {"reference": "x" * 801}}, "ValidationException"),
        ([], "ValidationException"),
    ],
)
async def test_what_aws_refuses(api: httpx.AsyncClient, simulator: Simulator, content: Any, kind: str) -> None:
    answer = await ask(api, content)
    assert (answer.status_code, answer.json()["__type"]) == (400, kind)
    assert simulator.state.messages == {}


async def test_only_signed_requests_for_known_operations(api: httpx.AsyncClient, simulator: Simulator) -> None:
    assert (await api.post("/aws_sms/", json=TEXT)).json()["__type"] == "MissingAuthenticationTokenException"
    assert (await ask(api, {}, "DeleteEverything")).json()["__type"] == "UnknownOperationException"
    assert (await ask(api, {}, "DescribeAccountAttributes")).status_code == 200
    assert simulator.state.messages == {}


async def test_a_customers_text_is_published(api: httpx.AsyncClient, simulator: Simulator, cloud: FakeCloud) -> None:
    cloud.refuses = 1
    sid = (await api.post(f"/api/phones/{PHONE}/texts", json={"to": AWS_STORE, "body": "Hi"})).json()["sid"]
    await simulator.settle()
    assert cloud.said == [
        {
            "originationNumber": PHONE,
            "destinationNumber": AWS_STORE,
            "messageKeyword": f"KEYWORD_{AWS_STORE[1:]}",
            "messageBody": "Hi",
            "inboundMessageId": sid,
        }
    ]
    assert (await api.post("/api/webhooks/repeat", json={"sid": sid})).json() == {"status": 200}
    assert cloud.said[0] == cloud.said[1]
