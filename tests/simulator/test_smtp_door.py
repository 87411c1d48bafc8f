"""The SMTP door, with the standard library's client as the mail program."""

import asyncio
import smtplib
from collections.abc import AsyncIterator
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from chalicelib.channels.email import read_mail
from local.ports import listen, port_of
from local.simulator import Simulator
from local.simulator.aws.ses_receiving import MOST_BYTES
from local.simulator.mail.smtp_door import SmtpDoor

from .conftest import ANA, BUCKET, DOMAIN, OURS, FakeCloud

pytestmark = pytest.mark.anyio
Refused = dict[str, tuple[int, bytes]]
STRANGER = "x@elsewhere.example"


@pytest.fixture
async def port(simulator: Simulator) -> AsyncIterator[int]:
    listener = listen(0)
    door = SmtpDoor(listener, simulator.mail)
    await door.open()
    yield port_of(listener)
    await door.close()
    await simulator.stop()


def a_mail(sender: str = ANA, subject: str = "Hello") -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = f"Ana Souza <{sender}>", OURS, subject
    mail.set_content("Are you open on Sunday?\n.\nAna")
    return mail.as_bytes()


def deliver(
    port: int, raw: bytes, source: str = ANA, recipients: tuple[str, ...] = (OURS,)
) -> dict[str, tuple[int, bytes]]:
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
        return client.sendmail(source, recipients, raw)


async def test_a_mail_program_writes_to_us(port: int, simulator: Simulator, cloud: FakeCloud) -> None:
    assert await asyncio.to_thread(deliver, port, a_mail()) == {}
    [said] = cloud.said
    stored = cloud.objects[BUCKET, said["receipt"]["action"]["objectKey"]]
    read = read_mail(stored)
    assert read.text == "Are you open on Sunday?\n.\nAna\n", "a line of one dot is part of the mail"
    assert (said["mail"]["source"], said["receipt"]["recipients"]) == (ANA, [OURS])
    assert said["receipt"]["dmarcVerdict"] == {"status": "PASS"}
    [mail] = simulator.state.mails_of(ANA)
    assert (mail.from_mailbox, mail.subject, mail.status) == (True, "Hello", "delivered")
    assert simulator.state.mailboxes[ANA].name == "Ana Souza"


@pytest.mark.parametrize(
    ("sender", "source", "verdict"),
    [
        (ANA, ANA, "PASS"),
        (ANA, "bob@mail.example", "PASS"),
        (ANA, STRANGER, "FAIL"),
        (ANA, "", "FAIL"),
        (STRANGER, STRANGER, "GRAY"),
        (f"maya@{DOMAIN}", f"maya@{DOMAIN}", "GRAY"),
    ],
)
async def test_only_configured_domains_are_believed(
    port: int, cloud: FakeCloud, sender: str, source: str, verdict: str
) -> None:
    await asyncio.to_thread(deliver, port, a_mail(sender), source)
    receipt = cloud.said[0]["receipt"]
    assert [receipt[f"{name}Verdict"]["status"] for name in ("spf", "dkim", "dmarc")] == [verdict] * 3


async def test_nothing_is_relayed(port: int, cloud: FakeCloud) -> None:
    for recipients in ((STRANGER,), (f"{STRANGER}%{DOMAIN}@elsewhere.example",), (f"x@sub.{DOMAIN}",)):
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            await asyncio.to_thread(deliver, port, a_mail(), ANA, recipients)
        assert {code for code, _ in refused.value.recipients.values()} <= {550, 553}
    refused_some = await asyncio.to_thread(deliver, port, a_mail(), ANA, (OURS, STRANGER))
    assert list(refused_some) == [STRANGER]
    assert [said["receipt"]["recipients"] for said in cloud.said] == [[OURS]]


async def test_any_mailbox_of_ours_is_taken_whole(port: int, cloud: FakeCloud) -> None:
    recipients = (OURS, f"nobody+token@{DOMAIN.upper()}")
    await asyncio.to_thread(deliver, port, a_mail(), ANA, recipients)
    assert cloud.said[0]["receipt"]["recipients"] == list(recipients)


async def test_a_mail_that_is_too_large_is_refused_at_once(port: int, cloud: FakeCloud) -> None:
    def announce() -> tuple[int, bytes]:
        with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
            client.ehlo()
            assert client.esmtp_features["size"] == str(MOST_BYTES)
            return client.mail(ANA, [f"SIZE={MOST_BYTES + 1}"])

    assert (await asyncio.to_thread(announce))[0] == 552
    assert cloud.said == []


async def test_a_mail_that_grows_too_large_is_refused(
    port: int, cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("local.simulator.mail.smtp_door.MOST_BYTES", 2_000)
    with pytest.raises(smtplib.SMTPResponseException) as refused:
        await asyncio.to_thread(_without_announcing, port, a_mail() + b"x" * 80 + b"\r\n" * 2_000)
    assert refused.value.smtp_code == 552
    assert cloud.said == []


def _without_announcing(port: int, raw: bytes) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
        client.helo()
        client.mail(ANA)
        client.rcpt(OURS)
        code, answer = client.data(raw)
        if code != 250:
            raise smtplib.SMTPDataError(code, answer)


async def test_long_lines_and_raw_bytes_are_kept(port: int, cloud: FakeCloud) -> None:
    line = b"z" * 200_000
    raw = b"From: " + ANA.encode() + b"\r\nSubject: \xff\xfe\r\n\r\n" + line + b"\r\n\x00\x80\r\n"
    await asyncio.to_thread(deliver, port, raw)
    [stored] = cloud.objects.values()
    assert stored.endswith(raw)


async def test_a_cloud_that_does_not_answer_makes_the_mail_wait(
    port: int, simulator: Simulator, cloud: FakeCloud
) -> None:
    cloud.refuses = 1
    with pytest.raises(smtplib.SMTPDataError) as later:
        await asyncio.to_thread(deliver, port, a_mail())
    assert later.value.smtp_code == 451
    assert simulator.state.mails == {}


async def test_a_bounce_without_a_sender_is_taken(port: int, cloud: FakeCloud) -> None:
    await asyncio.to_thread(deliver, port, b"Subject: undeliverable\r\n\r\nSorry", "")
    assert cloud.said[0]["mail"]["source"] == ""
    [stored] = cloud.objects.values()
    assert read_mail(stored).signals.null_return_path


async def test_a_door_that_closes_ends_its_conversations(simulator: Simulator) -> None:
    listener = listen(0)
    door = SmtpDoor(listener, simulator.mail)
    await door.open()
    client = await asyncio.to_thread(smtplib.SMTP, "127.0.0.1", port_of(listener), timeout=20)
    await asyncio.wait_for(door.close(), 5)
    with pytest.raises((smtplib.SMTPServerDisconnected, OSError)):
        await asyncio.to_thread(client.noop)
    client.close()
    await simulator.stop()
