"""The simulator against SES's documentation: signatures (made by botocore), answers, events, and received mail."""

import base64
import email.message
import email.policy
import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from msgspec.structs import replace

from chalicelib.channels.email import read_mail
from local.simulator import MailBehaviour, Simulator
from local.simulator.aws.ses_api import SesApi, SesError, _parsed
from local.simulator.aws.signature import complaint
from local.simulator.mail.behaviours import MAIL_OUTCOMES
from local.simulator.mail.mailboxes import DEMO_MAILBOXES
from local.simulator.mail.writing import NewMail

from .conftest import ANA, BUCKET, DOMAIN, OURS, Clock, FakeCloud, MakeSimulator, Sleeper

pytestmark = pytest.mark.anyio
URL = "http://shop.test:8000/ses/v2/email/outbound-emails"
TAGS = [{"Name": "ref", "Value": "AbC_d-9"}]


@pytest.fixture(autouse=True)
def current_time(clock: Clock) -> None:
    """Signatures made by botocore are of the real time."""
    clock.now = int(datetime.now(UTC).timestamp() * 1000)


def a_mail(sender: str = f"Harbour <{OURS}>", to: str = ANA) -> bytes:
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, to, "Your coat"
    mail["Reply-To"] = f"harbour+token@{DOMAIN}"
    mail["Message-ID"] = "<ours@counterline>"
    mail.set_content("It is packed.")
    mail.add_alternative("<p>It is <b>packed</b>.</p>", subtype="html")
    mail.add_attachment(b"PDF", maintype="application", subtype="pdf", filename="bill.pdf")
    return mail.as_bytes()


def wanted(raw: bytes | None = None, **fields: Any) -> dict[str, Any]:
    raw = a_mail() if raw is None else raw
    return {
        "FromEmailAddress": OURS,
        "Destination": {"ToAddresses": [ANA]},
        "Content": {"Raw": {"Data": base64.b64encode(raw).decode()}},
        "EmailTags": TAGS,
        "ConfigurationSetName": "counterline",
    } | fields


def signed(body: bytes, service: str = "ses") -> dict[str, str]:
    request = AWSRequest("POST", URL, data=body, headers={"Content-Type": "application/json", "Host": "shop.test:8000"})
    SigV4Auth(Credentials("AKIDEXAMPLE", "secret"), service, "us-east-1").add_auth(request)
    return dict(request.headers)


async def send(api: httpx.AsyncClient, content: Any = None, service: str = "ses") -> httpx.Response:
    body = json.dumps(wanted() if content is None else content).encode()
    return await api.post("/ses/v2/email/outbound-emails", content=body, headers=signed(body, service))


async def behave(simulator: Simulator, behaviour: str) -> None:
    simulator.seed_mailbox(ANA, "Ana", behaviour)


async def mailbox(api: httpx.AsyncClient, address: str = ANA) -> dict[str, Any]:
    return dict((await api.get(f"/api/mailboxes/{address}")).json())


async def test_a_mail_arrives_with_its_parts_and_is_reported(
    api: httpx.AsyncClient, simulator: Simulator, cloud: FakeCloud
) -> None:
    answer = await send(api)
    assert answer.status_code == 200
    message_id = answer.json()["MessageId"]
    await simulator.settle()
    [mail] = (await mailbox(api))["mails"]
    assert (mail["direction"], mail["peer"], mail["peer_name"], mail["subject"]) == ("in", OURS, "Harbour", "Your coat")
    assert mail["text"] == "It is packed.\n"
    assert "<b>packed</b>" in mail["html"]
    assert [(file["name"], file["size"]) for file in mail["files"]] == [("bill.pdf", 3)]
    assert mail["answer_to"] == f"harbour+token@{DOMAIN}"
    assert mail["message_id"] == f"{message_id}@email.amazonses.com", "SES puts its own Message-ID in"
    assert cloud.kinds() == ["Send", "Delivery"]
    for said in cloud.said:
        assert said["mail"]["messageId"] == message_id
        assert said["mail"]["tags"]["ref"] == ["AbC_d-9"]
        assert said["mail"]["tags"]["ses:configuration-set"] == ["counterline"]
        assert said["mail"]["destination"] == [ANA]
        assert {"name": "Message-ID", "value": "<ours@counterline>"} in said["mail"]["headers"]
    assert cloud.said[0]["send"] == {}
    assert cloud.said[1]["delivery"]["recipients"] == [ANA]


async def test_without_a_configuration_set_nothing_is_reported(
    api: httpx.AsyncClient, simulator: Simulator, cloud: FakeCloud
) -> None:
    content = wanted()
    del content["ConfigurationSetName"]
    assert (await send(api, content)).status_code == 200
    await simulator.settle()
    assert (len((await mailbox(api))["mails"]), cloud.said) == (1, [])


@pytest.mark.parametrize(
    ("behaviour", "kind", "detail"),
    [
        ("bounces", "Permanent", "General"),
        ("full", "Transient", "MailboxFull"),
        ("suppressed", "Permanent", "OnAccountSuppressionList"),
    ],
)
async def test_what_comes_back_is_told(
    api: httpx.AsyncClient, simulator: Simulator, cloud: FakeCloud, behaviour: str, kind: str, detail: str
) -> None:
    await behave(simulator, behaviour)
    assert (await send(api)).status_code == 200
    await simulator.settle()
    assert cloud.kinds() == ["Send", "Bounce"]
    told = cloud.said[-1]["bounce"]
    assert (told["bounceType"], told["bounceSubType"]) == (kind, detail)
    assert told["bouncedRecipients"][0]["emailAddress"] == ANA
    shown = await mailbox(api)
    assert shown["mails"] == []
    assert [mail["error"] for mail in shown["missed"]] == [told["bouncedRecipients"][0]["diagnosticCode"]]


async def test_a_complaint_follows_the_delivery(api: httpx.AsyncClient, simulator: Simulator, cloud: FakeCloud) -> None:
    await behave(simulator, "complains")
    await send(api)
    await simulator.settle()
    assert cloud.kinds() == ["Send", "Delivery", "Complaint"]
    assert cloud.said[-1]["complaint"]["complaintFeedbackType"] == "abuse"
    assert [mail["complained"] for mail in (await mailbox(api))["mails"]] == [True]


async def test_a_slow_server_is_told_of(
    api: httpx.AsyncClient, simulator: Simulator, cloud: FakeCloud, sleeper: Sleeper
) -> None:
    await behave(simulator, "slow")
    await send(api)
    await simulator.settle()
    assert cloud.kinds() == ["Send", "DeliveryDelay", "Delivery"]
    assert simulator.config.delays.slow in sleeper.waits


@pytest.mark.parametrize(
    ("behaviour", "status", "error", "arrives", "reported"),
    [
        ("rejected", 400, "MessageRejected", 0, []),
        ("throttled", 429, "TooManyRequestsException", 0, []),
        ("server_error", 500, "InternalFailure", 0, []),
        ("lost_reply", 500, "InternalFailure", 1, ["Send", "Delivery"]),
        ("unheard", 500, "InternalFailure", 1, []),
    ],
)
async def test_refusals_and_lost_answers(
    api: httpx.AsyncClient,
    simulator: Simulator,
    cloud: FakeCloud,
    *,
    behaviour: str,
    status: int,
    error: str,
    arrives: int,
    reported: list[str],
) -> None:
    await behave(simulator, behaviour)
    answer = await send(api)
    assert (answer.status_code, answer.headers["x-amzn-ErrorType"]) == (status, error)
    assert answer.json()["message"]
    await simulator.settle()
    assert (len((await mailbox(api))["mails"]), cloud.kinds()) == (arrives, reported)


async def test_a_time_out_answers_late(api: httpx.AsyncClient, simulator: Simulator, sleeper: Sleeper) -> None:
    await behave(simulator, "timeout")
    assert (await send(api)).status_code == 200
    assert simulator.config.delays.timeout in sleeper.waits


@pytest.mark.parametrize(
    ("content", "status", "error"),
    [
        (wanted(a_mail("Other <x@elsewhere.example>")), 400, "MessageRejected"),
        (wanted(EmailTags=[{"Name": "ref", "Value": "a.b"}]), 400, "BadRequestException"),
        (wanted(EmailTags=[{"Name": "r f", "Value": "ab"}]), 400, "BadRequestException"),
        (wanted(EmailTags=[{"Name": "ref", "Value": "a" * 257}]), 400, "BadRequestException"),
        (wanted(Destination={}), 400, "BadRequestException"),
        (wanted(Destination={"ToAddresses": [ANA], "BccAddresses": ["x@y.example"]}), 400, "BadRequestException"),
        (wanted(Content={"Simple": {}}), 400, "BadRequestException"),
        ([], 400, "BadRequestException"),
    ],
)
async def test_what_ses_refuses(
    api: httpx.AsyncClient, simulator: Simulator, content: Any, status: int, error: str
) -> None:
    answer = await send(api, content)
    assert (answer.status_code, answer.headers["x-amzn-ErrorType"]) == (status, error)
    assert simulator.state.mails == {}


async def test_an_unknown_configuration_set_is_refused(make: MakeSimulator) -> None:
    simulator = make()
    assert simulator.config.ses is not None
    ses = replace(simulator.config.ses, configuration_set="the-one")
    simulator.config = replace(simulator.config, ses=ses)
    refused = SesApi(simulator.config, simulator.mail, simulator.tasks, simulator.clock)
    with pytest.raises(SesError, match="Configuration set <counterline> does not exist"):
        refused._checked(_parsed(json.dumps(wanted()).encode()), a_mail(), ses)


async def test_an_unsigned_request_is_refused(api: httpx.AsyncClient, simulator: Simulator) -> None:
    answer = await api.post("/ses/v2/email/outbound-emails", json=wanted())
    assert (answer.status_code, answer.headers["x-amzn-ErrorType"]) == (403, "MissingAuthenticationTokenException")
    other = await send(api, service="sns")
    assert (other.status_code, other.headers["x-amzn-ErrorType"]) == (403, "InvalidSignatureException")
    assert simulator.state.mails == {}


async def test_a_signature_is_looked_at(clock: Clock) -> None:
    body = b"{}"
    headers = {name.lower(): value for name, value in signed(body).items()}
    assert complaint(headers, body, "ses", clock.now) == ""
    assert complaint({}, body, "ses", clock.now) == "MissingAuthenticationTokenException"
    assert complaint({**headers, "authorization": "Basic x"}, body, "ses", clock.now) == "IncompleteSignatureException"
    for changed in (
        {"x-amz-date": "yesterday"},
        {"x-amz-date": "20200101T000000Z"},
        {"authorization": headers["authorization"].replace("host;", "")},
        {"x-amz-content-sha256": "0" * 64},
    ):
        assert complaint(headers | changed, body, "ses", clock.now) == "InvalidSignatureException", changed
    assert complaint(headers, body, "ses", clock.now + 6 * 60_000) == "InvalidSignatureException"


async def test_the_account_answers(api: httpx.AsyncClient) -> None:
    request = AWSRequest("GET", "http://shop.test:8000/ses/v2/email/account", headers={"Host": "shop.test:8000"})
    SigV4Auth(Credentials("AKIDEXAMPLE", "secret"), "ses", "us-east-1").add_auth(request)
    answer = await api.get("/ses/v2/email/account", headers=dict(request.headers))
    assert (answer.status_code, answer.json()["SendingEnabled"]) == (200, True)


async def test_a_customer_writes_and_the_mail_is_stored_and_announced(
    api: httpx.AsyncClient, simulator: Simulator, cloud: FakeCloud
) -> None:
    simulator.seed_mailbox(ANA, "Ana Souza")
    content = {
        "to": OURS,
        "subject": "Zips",
        "text": "Do you repair zips?\n",
        "files": [{"name": "zip.png", "content_type": "image/png", "content": "aGVsbG8="}],
    }
    answer = await api.post(f"/api/mailboxes/{ANA}/mails", json=content)
    assert (answer.status_code, answer.json()["status"]) == (201, "sending")
    await simulator.settle()
    [said] = cloud.said
    receipt, about = said["receipt"], said["mail"]
    assert said["notificationType"] == "Received"
    assert (about["source"], about["destination"]) == (ANA, [OURS])
    assert about["commonHeaders"]["from"] == [f"Ana Souza <{ANA}>"]
    assert about["commonHeaders"]["subject"] == "Zips"
    assert receipt["recipients"] == [OURS]
    for verdict in ("spam", "virus", "spf", "dkim", "dmarc"):
        assert receipt[f"{verdict}Verdict"] == {"status": "PASS"}
    assert receipt["action"]["type"] == "S3"
    stored = cloud.objects[receipt["action"]["bucketName"], receipt["action"]["objectKey"]]
    assert receipt["action"]["bucketName"] == BUCKET
    assert receipt["action"]["objectKey"] == f"inbound/{about['messageId']}"
    read = read_mail(stored)
    assert (read.subject, read.text, read.from_[0].address) == ("Zips", "Do you repair zips?\n", ANA)
    assert [(file.name, file.content(stored)) for file in read.attachments] == [("zip.png", b"hello")]
    assert not read.signals.null_return_path
    [mail] = (await mailbox(api))["mails"]
    assert (mail["direction"], mail["status"], mail["peer"]) == ("out", "delivered", OURS)


async def test_mail_of_an_unverified_mailbox_fails_its_checks(
    api: httpx.AsyncClient, simulator: Simulator, cloud: FakeCloud
) -> None:
    simulator.seed_mailbox(ANA, "Ana", verified=False)
    await api.post(f"/api/mailboxes/{ANA}/mails", json={"to": OURS, "text": "It is me"})
    await simulator.settle()
    receipt = cloud.said[0]["receipt"]
    assert [receipt[f"{name}Verdict"]["status"] for name in ("spf", "dkim", "dmarc")] == ["FAIL"] * 3
    assert receipt["dmarcPolicy"] == "none"


async def test_an_answer_refers_to_what_it_answers(
    api: httpx.AsyncClient, simulator: Simulator, cloud: FakeCloud
) -> None:
    message_id = (await send(api)).json()["MessageId"]
    await simulator.settle()
    answered = {
        "to": f"harbour+token@{DOMAIN}",
        "subject": "Re: Your coat",
        "text": "Thanks",
        "in_reply_to": message_id,
    }
    assert (await api.post(f"/api/mailboxes/{ANA}/mails", json=answered)).status_code == 201
    await simulator.settle()
    receipt = cloud.said[-1]["receipt"]
    assert receipt["recipients"] == [f"harbour+token@{DOMAIN}"]
    read = read_mail(cloud.objects[BUCKET, receipt["action"]["objectKey"]])
    assert read.in_reply_to == (f"{message_id}@email.amazonses.com",)
    assert read.references[-1] == f"{message_id}@email.amazonses.com"


async def test_a_mail_of_ours_to_ourselves_comes_in_again(
    api: httpx.AsyncClient, simulator: Simulator, cloud: FakeCloud
) -> None:
    other = f"hill@{DOMAIN}"
    await send(api, wanted(a_mail(to=other), Destination={"ToAddresses": [other]}))
    await simulator.settle()
    assert cloud.kinds() == ["Send", "Received", "Delivery"]
    assert cloud.said[1]["receipt"]["recipients"] == [other]
    assert simulator.state.mailboxes == {}


async def test_what_the_cloud_does_not_take_is_tried_again(
    api: httpx.AsyncClient, simulator: Simulator, cloud: FakeCloud, sleeper: Sleeper
) -> None:
    simulator.seed_mailbox(ANA, "Ana")
    cloud.refuses = 2
    await api.post(f"/api/mailboxes/{ANA}/mails", json={"to": OURS, "text": "Hello"})
    await simulator.settle()
    assert (await mailbox(api))["mails"][0]["status"] == "delivered"
    assert sleeper.waits[-2:] == [1.0, 2.0]
    cloud.refuses = 99
    await api.post(f"/api/mailboxes/{ANA}/mails", json={"to": OURS, "text": "Hello"})
    await simulator.settle()
    assert (await mailbox(api))["mails"][1]["status"] == "failed"


async def test_mail_that_a_stop_interrupted_goes_on(make: MakeSimulator, cloud: FakeCloud) -> None:
    first = make()
    box = first.seed_mailbox(ANA, "Ana")
    first.mail.send(box, NewMail(to=OURS, subject="Late", text="Still here?"))
    first.mail.accept(a_mail(), to=ANA, tags={}, configuration_set="counterline")
    await first.stop()
    assert cloud.said == []
    second = make()
    await second.start()
    await second.settle()
    assert sorted(cloud.kinds()) == ["Delivery", "Received", "Send"]
    assert [mail.status for mail in second.state.mails_of(ANA)] == ["delivered", "delivered"]
    await second.stop()


async def test_the_last_message_is_repeated_as_it_was(
    api: httpx.AsyncClient, simulator: Simulator, cloud: FakeCloud
) -> None:
    simulator.seed_mailbox(ANA, "Ana")
    mail = (await api.post(f"/api/mailboxes/{ANA}/mails", json={"to": OURS, "text": "Hello"})).json()
    await simulator.settle()
    answer = await api.post("/api/webhooks/repeat", json={"mail_id": mail["id"]})
    assert answer.json() == {"status": 200}
    assert cloud.said[0] == cloud.said[1]


async def test_mailboxes_are_added_changed_and_removed(api: httpx.AsyncClient, simulator: Simulator) -> None:
    added = (await api.post("/api/mailboxes", json={"name": " Ben "})).json()
    assert (added["address"], added["name"], added["verified"]) == ("customer1@mail.example", "Ben", True)
    path = f"/api/mailboxes/{added['address']}"
    changed = (await api.patch(path, json={"behaviour": "full", "verified": False})).json()
    assert (changed["behaviour"], changed["verified"]) == ("full", False)
    await api.post(f"{path}/mails", json={"to": OURS, "text": "x"})
    await simulator.settle()
    assert (await api.delete(path)).status_code == 204
    assert (simulator.state.mailboxes, simulator.state.mails) == ({}, {})
    assert (await api.get(path)).status_code == 404


async def test_the_state_tells_our_addresses(api: httpx.AsyncClient, simulator: Simulator) -> None:
    simulator.seed_mailbox(ANA, "Ana")
    state = (await api.get("/api/state")).json()
    assert state["mail"] == {
        "addresses": [{"address": OURS, "name": "Harbour"}],
        "domains": [DOMAIN],
        "smtp_port": None,
    }
    assert [box["address"] for box in state["mailboxes"]] == [ANA]


BAD: list[tuple[str, Any, int]] = [
    ("/api/mailboxes", {"address": "nobody"}, 400),
    ("/api/mailboxes", {"address": f"x@{DOMAIN}"}, 400),
    ("/api/mailboxes", {"address": ANA.upper()}, 409),
    ("/api/mailboxes", {"behaviour": "landline"}, 400),
    (f"/api/mailboxes/{ANA}/mails", {"to": "x@elsewhere.example", "text": "x"}, 400),
    (f"/api/mailboxes/{ANA}/mails", {"to": OURS}, 400),
    (f"/api/mailboxes/{ANA}/mails", {"to": OURS, "text": "x", "subject": "a\r\nBcc: b@c.example"}, 400),
    (f"/api/mailboxes/{ANA}/mails", {"to": f"a\r\n@{DOMAIN}", "text": "x"}, 400),
    (f"/api/mailboxes/{ANA}/mails", {"to": OURS, "text": "x", "subject": "s" * 501}, 400),
    (f"/api/mailboxes/{ANA}/mails", {"to": OURS, "text": "x", "in_reply_to": "nothing"}, 404),
    (f"/api/mailboxes/{ANA}/mails", {"to": OURS, "files": [{"name": "a", "content_type": "x", "content": ""}]}, 400),
    ("/api/mailboxes/nobody@mail.example/mails", {"to": OURS, "text": "x"}, 404),
    ("/api/webhooks/repeat", {"mail_id": "nothing"}, 404),
    ("/api/webhooks/repeat", {"mail_id": "a", "sid": "b"}, 400),
]


@pytest.mark.parametrize(("path", "body", "status"), BAD)
async def test_bad_requests_are_refused(
    api: httpx.AsyncClient, simulator: Simulator, path: str, body: Any, status: int
) -> None:
    simulator.seed_mailbox(ANA, "Ana")
    answer = await api.post(path, json=body)
    assert (answer.status_code, bool(answer.json()["error"]["message"])) == (status, True)
    assert simulator.state.mails == {}


async def test_other_pages_may_not_write_mail(api: httpx.AsyncClient) -> None:
    answer = await api.post("/api/mailboxes", json={}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


async def test_demo_has_a_mailbox_for_every_behaviour(simulator: Simulator) -> None:
    simulator.seed_demo_mailboxes()
    assert {box.behaviour for box in simulator.state.mailboxes.values()} == set(MailBehaviour) == set(MAIL_OUTCOMES)
    assert len({address for address, *_ in DEMO_MAILBOXES}) == len(DEMO_MAILBOXES)
    assert not all(box.verified for box in simulator.state.mailboxes.values())


async def test_many_headers_are_not_all_repeated(
    api: httpx.AsyncClient, simulator: Simulator, cloud: FakeCloud
) -> None:
    raw = b"".join(b"X-Long-%d: %s\r\n" % (n, b"x" * 900) for n in range(20)) + a_mail()
    await send(api, wanted(raw))
    await simulator.settle()
    assert cloud.said[0]["mail"]["headersTruncated"] is True
    assert len(cloud.said[0]["mail"]["headers"]) == 11
