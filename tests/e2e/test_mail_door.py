"""The SMTP door of the local stack, with a real mail program: what it takes lies in the bucket, and is announced."""

import smtplib
from email.message import EmailMessage

import pytest

from chalicelib.channels.email import read_mail
from local.driver import wait_until
from local.merchant import MAIL_DOMAIN
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e


def deliver(stack: Stack, sender: str, to: str, subject: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail.set_content("Are you open on Sunday?")
    with smtplib.SMTP("127.0.0.1", stack.smtp_port, timeout=30) as client:
        client.send_message(mail)


def subjects(stack: Stack) -> set[str]:
    """Of the mail in the bucket."""
    s3, bucket = stack.client("s3"), stack.outputs["MailBucketName"]
    found = s3.list_objects_v2(Bucket=bucket, Prefix="inbound/").get("Contents", [])
    return {read_mail(s3.get_object(Bucket=bucket, Key=each["Key"])["Body"].read()).subject for each in found}


def test_a_mail_program_writes_to_the_shop(stack: Stack) -> None:
    deliver(stack, "door.one@mail.example", f"boston@{MAIL_DOMAIN}", "Through the door")
    wait_until(lambda: "Through the door" in subjects(stack), "the mail in the bucket")
    [mail] = stack.driver.simulator("GET", "/mailboxes/door.one@mail.example")["mails"]
    assert (mail["direction"], mail["status"]) == ("out", "delivered")


def test_the_door_relays_nothing(stack: Stack) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        deliver(stack, "door.two@mail.example", "somebody@elsewhere.example", "Not for us")
    assert "Not for us" not in subjects(stack)


def test_a_mailbox_of_the_page_writes_to_the_shop(stack: Stack) -> None:
    stack.driver.simulator("POST", "/mailboxes", {"address": "door.three@mail.example"})
    content = {"to": f"seattle@{MAIL_DOMAIN}", "subject": "From the page", "text": "Hello"}
    stack.driver.simulator("POST", "/mailboxes/door.three@mail.example/mails", content)
    wait_until(lambda: "From the page" in subjects(stack), "the mail in the bucket")
