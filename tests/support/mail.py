"""Mail for the tests' merchant: its mailboxes, what SES publishes (made up after AWS's documentation), whole mails."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

from chalicelib.channels.email.ses import Ses
from chalicelib.domain.addresses import Address
from chalicelib.domain.merchants import Connection, Proxy
from chalicelib.usecases.ports import OutgoingText
from chalicelib.usecases.take_provider_event import take_provider_event
from tests.fakes.outside import START
from tests.support.merchant import FOREIGN, MERCHANT, OTHER_MERCHANT, SEATTLE, TACOMA
from tests.support.world import World

SES, OTHER_SES = "con-ses", "con-ses-2"
DOMAIN = "mail.pine-street.test"
SEATTLE_MAILBOX, TACOMA_MAILBOX = Address(f"seattle@{DOMAIN}"), Address(f"tacoma@{DOMAIN}")
FOREIGN_MAILBOX = Address("hats@foreign-hats.test")
CARLAS_MAIL, DEANS_MAIL = Address("carla.diaz@customer.test"), Address("dean@elsewhere.test")
PHOTO = b"\xff\xd8\xff\xe0 a photo"
PASS, FAIL, GRAY = "PASS", "FAIL", "GRAY"


def unsigned(method: str, url: str, headers: dict[str, str], body: bytes, *, service: str) -> dict[str, str]:
    """In the place of SigV4, which tests/api/test_sigv4.py is about."""
    return {**headers, "Authorization": f"signed for {service}"}


def ses() -> Ses:
    return Ses("https://email.test", "eu-west-1", unsigned)


def mail_world() -> World:
    """The tests' merchants with two mailboxes and one; publications are read by the real adapter."""
    world = World()
    for connection, merchant, store in ((SES, MERCHANT, SEATTLE), (OTHER_SES, OTHER_MERCHANT, FOREIGN)):
        world.setup.put_connection(
            Connection(id=connection, merchant_id=merchant, provider="ses", secret_ref="", store_id=store), {}
        )
    for mailbox, merchant, store, connection in (
        (SEATTLE_MAILBOX, MERCHANT, SEATTLE, SES),
        (TACOMA_MAILBOX, MERCHANT, TACOMA, SES),
        (FOREIGN_MAILBOX, OTHER_MERCHANT, FOREIGN, OTHER_SES),
    ):
        world.setup.put_proxy(
            Proxy(channel="email", address=mailbox, merchant_id=merchant, store_id=store, connection_id=connection)
        )
    world.channels.published["ses"] = ses()
    return world


def written(
    body: str = "Are the boots still there?",
    *,
    sender: str = f"Carla Diaz <{CARLAS_MAIL}>",
    to: str = SEATTLE_MAILBOX,
    subject: str = "Boots",
    message_id: str = "abc-1@customer.test",
    **headers: str,
) -> bytes:
    """A plain mail. `headers`: further ones, `_` for `-`."""
    fields = {"From": sender, "To": to, "Subject": subject, "Message-ID": f"<{message_id}>"}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    fields.setdefault("Content-Type", "text/plain; charset=utf-8")
    return "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode() + b"\r\n" + body.encode()


def with_picture(body: str, **about: str) -> bytes:
    """As `written`, with a photo attached."""
    text = f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
    head = "Content-Type: image/jpeg\r\nContent-Disposition: attachment; filename=photo.jpg"
    photo = f"--b\r\n{head}\r\nContent-Transfer-Encoding: base64\r\n\r\n{base64.b64encode(PHOTO).decode()}\r\n"
    return written(f"{text}{photo}--b--\r\n", Content_Type="multipart/mixed; boundary=b", **about)


def notice(key: str, *recipients: str, message_id: str, at: int = START, **verdicts: str) -> dict[str, Any]:
    """https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html

    `verdicts`: of `spam`, `virus`, `spf`, `dkim`, `dmarc`; PASS unless said."""
    when = datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    named = dict.fromkeys(("spam", "virus", "spf", "dkim", "dmarc"), PASS) | verdicts
    return {
        "notificationType": "Received",
        "mail": {
            "timestamp": when,
            "source": "bounces@customer.test",
            "messageId": message_id,
            "destination": list(recipients),
        },
        "receipt": {
            "timestamp": when,
            "recipients": list(recipients),
            **{f"{name}Verdict": {"status": status} for name, status in named.items()},
            "action": {"type": "S3", "bucketName": "mails", "objectKey": key},
        },
    }


def receive(world: World, raw: bytes, *recipients: str, message_id: str = "", late: int = 0, **verdicts: str) -> None:
    """A mail comes in, as SES tells of it; `late`: milliseconds for which the queue has kept that."""
    name = message_id or f"received{len(world.mails.kept)}"
    key = f"inbound/{name}"
    world.mails.kept[key] = raw
    to = recipients or (SEATTLE_MAILBOX,)
    take_provider_event(json.dumps(notice(key, *to, message_id=name, at=world.clock.now() - late, **verdicts)), world)


def report(world: World, sent: OutgoingText, kind: str, **about: Any) -> None:
    """https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html"""
    assert sent.mail is not None
    tag = base64.urlsafe_b64encode(sent.mail.reference.encode()).decode().rstrip("=")
    said = {
        "eventType": kind,
        "mail": {
            "timestamp": "2026-09-21T14:13:20.000Z",
            "source": f"Ada <{sent.sender}>",
            "messageId": "0102018f-sent",
            "destination": [sent.recipient],
            "tags": {"ses:configuration-set": ["counterline"], "reference": [tag]},
        },
        **about,
    }
    take_provider_event(json.dumps(said), world)
