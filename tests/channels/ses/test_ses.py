"""SES: what its answers mean, what a mail of ours looks like to others, what its reports mean."""

import base64
import email
import email.policy
import json
import traceback
from email.message import EmailMessage
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.channels.email import read_mail
from chalicelib.channels.email.writing import write_mail
from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.circuit import Trouble
from chalicelib.domain.errors import BadSignature, InvalidInput, Unavailable
from chalicelib.domain.events import DeliveryReported, Ignored
from chalicelib.domain.mail import Threading
from chalicelib.domain.merchants import Connection, Proxy
from chalicelib.domain.messages import FailureReason, MessageRef, MessageStatus
from chalicelib.domain.products import Card
from chalicelib.usecases.ports import (
    HttpResponse,
    NoAnswer,
    NotConnected,
    OutgoingMail,
    OutgoingPicture,
    OutgoingText,
    Publication,
    SendError,
    SendUnclear,
    Sent,
    WebhookRequest,
)
from tests.channels.runner import REF, assert_same
from tests.fakes.http import Exchange, FakeHttp
from tests.support.mail import SEATTLE_MAILBOX, ses

SEND, ASK = "https://email.test/v2/email/outbound-emails", "https://email.test/v2/email/account"
CONNECTION = Connection(
    id="con-ses", merchant_id="mer-1", provider="ses", secret_ref="", store_id="sto-1", account="counterline"
)
MAIL = OutgoingMail(
    from_name="Ada, Pine Street Shoes",
    reply_to=Address("seattle+token@mail.pine-street.test"),
    subject="Re: Boots",
    threading=Threading("abc-1@customer.test", ("0102018f", "abc-1@customer.test")),
    reference="eyJ.signed-reference",
)
TEXT = OutgoingText(
    sender=SEATTLE_MAILBOX,
    recipient=Address("carla.diaz@customer.test"),
    body="It's ready – come by:\n  https://shop.test/boots?a=1&b=2.\n<b>50%</b> ünïcödé 👍 ",
    callback_url="",
    mail=MAIL,
)
ACCEPTED = HttpResponse(200, b'{"MessageId":"0102018f-aaaa-bbbb-cccc-000000"}')


def refused(status: int, kind: str, message: str = "No.") -> HttpResponse:
    return HttpResponse(status, json.dumps({"message": message}).encode(), {"x-amzn-errortype": kind})


BUSY = SendError(
    FailureReason.UNSPECIFIED, retryable=True, provider_code="LimitExceededException", trouble=Trouble.BUSY
)
UNVERIFIED = "MailFromDomainNotVerifiedException"


def refusal(reason: str, code: str) -> SendError:
    return SendError(FailureReason[reason], provider_code=code)


def sending(answer: HttpResponse | Exception, text: OutgoingText = TEXT) -> Sent | SendUnclear | SendError:
    http = FakeHttp(Exchange("POST", SEND, answer))
    try:
        return ses().send(text, CONNECTION, {}, http)
    except (SendUnclear, SendError) as error:
        return error
    finally:
        http.assert_all_used()


def request(text: OutgoingText = TEXT, connection: Connection = CONNECTION) -> dict[str, Any]:
    """What SES is asked for."""
    http = FakeHttp(Exchange("POST", SEND, ACCEPTED))
    ses().send(text, connection, {}, http)
    assert http.requests[0].headers == {"Content-Type": "application/json", "Authorization": "signed for ses"}
    asked: dict[str, Any] = json.loads(http.requests[0].body)
    return asked


def mail_of(text: OutgoingText = TEXT) -> EmailMessage:
    """As another program reads it."""
    raw = base64.b64decode(request(text)["Content"]["Raw"]["Data"])
    assert not [line for line in raw.split(b"\r\n") if len(line) > 998 or b"\n" in line or b"\r" in line]
    assert raw.isascii()
    found = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def changed(**fields: Any) -> OutgoingText:
    return replace(TEXT, mail=replace(MAIL, **fields))


# --- answers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (ACCEPTED, Sent("0102018f-aaaa-bbbb-cccc-000000")),
        (refused(400, "AccountSuspendedException"), refusal("ACCOUNT_PROBLEM", "AccountSuspendedException")),
        (refused(400, "SendingPausedException"), refusal("ACCOUNT_PROBLEM", "SendingPausedException")),
        (refused(404, "NotFoundException"), refusal("ACCOUNT_PROBLEM", "NotFoundException")),
        (refused(403, "AccessDeniedException"), refusal("ACCOUNT_PROBLEM", "AccessDeniedException")),
        (
            refused(400, "MessageRejected", "Email address is not verified. The following identities failed"),
            SendError(FailureReason.SENDER_UNUSABLE, provider_code="MessageRejected"),
        ),
        (refused(400, "MessageRejected"), refusal("REJECTED", "MessageRejected")),
        (refused(400, UNVERIFIED), refusal("SENDER_UNUSABLE", UNVERIFIED)),
        (refused(400, "BadRequestException:http://internal"), refusal("REJECTED", "BadRequestException")),
        (refused(400, "x" * 500), SendError(FailureReason.REJECTED)),
        (HttpResponse(400, b"<html>"), SendError(FailureReason.REJECTED)),
        (HttpResponse(429, b""), SendError(FailureReason.UNSPECIFIED, retryable=True, trouble=Trouble.BUSY)),
        (refused(400, "LimitExceededException"), BUSY),
        (NotConnected(), SendError(FailureReason.UNSPECIFIED, retryable=True, trouble=Trouble.DOWN)),
        (NoAnswer(), SendUnclear()),
        (HttpResponse(500, b"{}"), SendUnclear()),
        (HttpResponse(503, b""), SendUnclear()),
        (HttpResponse(302, b""), SendUnclear()),
        (HttpResponse(200, b""), SendUnclear()),
        (HttpResponse(200, b"{"), SendUnclear()),
        (HttpResponse(200, b"[" * 100_000), SendUnclear()),
        (HttpResponse(200, b'{"MessageId":""}'), SendUnclear()),
        (HttpResponse(200, b'{"MessageId":"a b\\r\\nX: y"}'), SendUnclear()),
        (HttpResponse(200, b'"\xff"'), SendUnclear()),
    ],
)  # fmt: skip
def test_understands_the_answer(answer: HttpResponse | Exception, outcome: Sent | SendUnclear | SendError) -> None:
    found = sending(answer)
    assert_same(found, outcome)
    said = "".join(traceback.format_exception(found)) if isinstance(found, Exception) else repr(found)
    for private in (TEXT.recipient, TEXT.sender, TEXT.body, "signed-reference"):
        assert private not in said


def test_without_credentials_nothing_is_handed_over_and_it_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> dict[str, str]:
        raise Unavailable

    channel = ses()
    channel._sign = none  # type: ignore[assignment]  # as without credentials
    with pytest.raises(SendError) as refusal:
        channel.send(TEXT, CONNECTION, {}, FakeHttp())
    assert refusal.value.retryable
    assert not channel.is_up(CONNECTION, {}, FakeHttp())


@pytest.mark.parametrize(
    ("answer", "up"),
    [
        (HttpResponse(200, b"{}"), True),
        (HttpResponse(403, b""), True),
        (HttpResponse(429, b""), True),
        (HttpResponse(500, b""), False),
        (NoAnswer(), False),
        (NotConnected(), False),
    ],
)
def test_is_up_when_it_answers_a_question_that_changes_nothing(answer: HttpResponse | Exception, up: bool) -> None:
    http = FakeHttp(Exchange("GET", ASK, answer))
    assert ses().is_up(CONNECTION, {}, http) is up
    assert 0 < http.requests[0].timeout <= 10


def test_it_calls_no_webhook() -> None:
    asked = WebhookRequest(method="POST", url="https://x.test", headers={}, body=b"{}")
    with pytest.raises(BadSignature):
        ses().verify(asked, CONNECTION, {})
    with pytest.raises(InvalidInput):
        ses().parse(asked, CONNECTION, 0)
    with pytest.raises(InvalidInput):
        ses().parse_status(asked, CONNECTION, REF)


# --- a mail of ours -----------------------------------------------------------------------------------------------


def test_the_request_names_mailboxes_reference_and_configuration_set() -> None:
    asked = request()
    assert asked["Destination"] == {"ToAddresses": [TEXT.recipient]}
    assert asked["FromEmailAddress"] == TEXT.sender
    assert asked["ConfigurationSetName"] == "counterline"
    (tag,) = asked["EmailTags"]
    assert tag["Name"] == "reference"
    assert set(tag["Value"]) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
    assert len(tag["Value"]) <= 256
    assert "ConfigurationSetName" not in request(connection=replace(CONNECTION, account=""))


def test_a_real_reference_fits_into_a_tag() -> None:
    from chalicelib.signing import SignedReferences

    signed = SignedReferences(lambda: "k" * 43).sign("p", [REF.conversation_id, REF.message_id, 10], now=10**13 - 1)
    (tag,) = request(changed(reference=signed))["EmailTags"]
    assert len(tag["Value"]) <= 256
    published = {"eventType": "Delivery", "mail": {"messageId": "1", "tags": {"reference": [tag["Value"]]}}}
    assert ses().reference(published) == signed


def test_the_header_says_who_where_to_and_what_it_answers() -> None:
    mail = mail_of()
    assert str(mail["From"]) == '"Ada, Pine Street Shoes" <seattle@mail.pine-street.test>'
    assert str(mail["To"]) == "carla.diaz@customer.test"
    assert mail["Reply-To"].addresses[0].addr_spec == MAIL.reply_to
    assert str(mail["Subject"]) == "Re: Boots"
    assert str(mail["In-Reply-To"]) == "<abc-1@customer.test>"
    assert str(mail["References"]) == "<0102018f@eu-west-1.amazonses.com> <abc-1@customer.test>"
    assert "Auto-Submitted" not in mail
    assert "List-Unsubscribe" not in mail


def test_nothing_else_is_in_the_header() -> None:
    names = {name.lower() for name in mail_of().keys()}  # noqa: SIM118 - not a dict
    allowed = {"from", "to", "reply-to", "subject", "in-reply-to", "references", "mime-version", "content-type"}
    assert names == allowed


def test_both_forms_carry_the_same_words() -> None:
    mail = mail_of()
    assert mail.get_content_type() == "multipart/alternative"
    plain, html = mail.iter_parts()
    assert isinstance(plain, EmailMessage)
    assert isinstance(html, EmailMessage)
    assert plain.get_content().replace("\r\n", "\n").rstrip("\n") == TEXT.body
    page = html.get_content()
    assert "&lt;b&gt;50%&lt;/b&gt; ünïcödé 👍" in page
    assert '<a href="https://shop.test/boots?a=1&amp;b=2">https://shop.test/boots?a=1&amp;b=2</a>.<br>' in page
    raw = base64.b64decode(request()["Content"]["Raw"]["Data"])
    ours = read_mail(raw)
    assert ours.problems == ()
    assert (ours.text or "").rstrip() == TEXT.body.rstrip()


def test_pictures_stand_below_the_words() -> None:
    kinds = ("image/jpeg", "image/png")
    pictures = tuple(OutgoingPicture(url="", content_type=kind, size=3, content=kind.encode()) for kind in kinds)
    text = replace(TEXT, pictures=pictures, mail=MAIL)
    assert ses().carries(text)
    mail = email.message_from_bytes(write_mail(text, MAIL, "eu-west-1.amazonses.com"), policy=email.policy.default)
    assert mail.get_content_type() == "multipart/mixed"
    words, *shown = mail.iter_parts()
    assert words.get_content_type() == "multipart/alternative"
    assert [(part.get_content_type(), part.get_filename(), part.get_content()) for part in shown] == [
        ("image/jpeg", "picture-1.jpg", b"image/jpeg"),
        ("image/png", "picture-2.png", b"image/png"),
    ]
    assert {part.get_content_disposition() for part in shown} == {"inline"}
    assert read_mail(mail.as_bytes()).text is not None


CARD = Card(product_id="p", title="Boots <42>", price="$129.00", url="https://shop.test/boots?a=1&b=2", picture_id="m")


def card_mail(body: str, pictures: tuple[OutgoingPicture, ...] = ()) -> EmailMessage:
    mail = replace(MAIL, card=CARD)
    raw = write_mail(replace(TEXT, body=body, pictures=pictures, mail=mail), mail, "eu-west-1.amazonses.com")
    assert (read_mail(raw).text or "").rstrip().replace("\r\n", "\n") == body
    made = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(made, EmailMessage)
    return made


def page_of(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_a_product_is_a_card_between_the_words_with_its_picture_inside() -> None:
    pictures = tuple(
        OutgoingPicture(url="", content_type="image/jpeg", size=3, content=each, of_card=each == b"boots")
        for each in (b"door", b"boots")
    )
    mail = card_mail(f"These?\n{CARD.text}\nJuniper & Pine", pictures)
    page = page_of(mail)
    assert "These?<br>\n</div><table" in page
    assert '<a href="https://shop.test/boots?a=1&amp;b=2"><strong>Boots &lt;42&gt;</strong></a><br>$129.00' in page
    assert '<img src="cid:picture-2" alt=""' in page
    assert page.endswith('</table><div dir="auto"><br>\nJuniper &amp; Pine</div></body></html>\n')
    words, shown = mail.iter_parts()
    assert (words.get_content_type(), shown.get_content()) == ("multipart/alternative", b"door")
    _, related = words.iter_parts()
    assert related.get_content_type() == "multipart/related"
    _, picture = related.iter_parts()
    assert (picture["Content-ID"], picture.get_content()) == ("<picture-2>", b"boots")


def test_a_card_without_picture_and_one_whose_words_changed_on_the_way() -> None:
    plain = page_of(card_mail(CARD.text))
    assert ("<table" in plain, "<img" in plain, '<div dir="auto">' in plain) == (True, False, False)
    assert "<table" not in page_of(card_mail("Boots, as far as they may be named"))


def test_what_machines_write_says_so_and_bulk_can_be_ended_with_one_click() -> None:
    mail = mail_of(changed(automatic=True, unsubscribe_url="https://api.test/unsubscribe/abc"))
    assert str(mail["Auto-Submitted"]) == "auto-replied"
    assert str(mail["X-Auto-Response-Suppress"]) == "All"
    mailbox = f"<mailto:{MAIL.reply_to}?subject=unsubscribe>"
    assert str(mail["List-Unsubscribe"]) == f"<https://api.test/unsubscribe/abc>, {mailbox}"
    assert str(mail["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"


def test_links_and_ids_stand_in_the_header_as_they_are_however_long() -> None:
    """Encoded words (RFC 2047) may stand in no link: mail providers would post to an address that is none."""
    url, earlier = f"https://api.test/unsubscribe/{'aB-_3' * 70}", "x" * 150 + "@customer.test"
    mail = replace(MAIL, unsubscribe_url=url, threading=Threading(earlier, (earlier, earlier)))
    raw = write_mail(TEXT, mail, "eu-west-1.amazonses.com")
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    unfolded = head.replace("\r\n ", " ")
    assert f"\r\nList-Unsubscribe: <{url}>, <mailto:{MAIL.reply_to}?subject=unsubscribe>\r\n" in f"{unfolded}\r\n"
    assert f"\r\nReferences: <{earlier}> <{earlier}>\r\n" in unfolded
    assert f"\r\nIn-Reply-To: <{earlier}>\r\n" in unfolded
    assert max(map(len, head.split("\r\n"))) < 998


@pytest.mark.parametrize(
    "bad", ["a\r\nBcc: x@evil.test", "a\nBcc: x@evil.test", "a\rBcc: x", "a\u2028b", "\x00", "\u202eabc"]
)
def test_names_and_subjects_cannot_add_a_header(bad: str) -> None:
    mail = mail_of(changed(from_name=bad, subject=bad, threading=Threading(bad, (bad, "ok@customer.test"))))
    assert "Bcc" not in mail
    assert "In-Reply-To" not in mail
    for name in ("From", "Subject"):
        assert not {"\r", "\n", "\u2028", "\x00", "\u202e"} & set(str(mail[name]))


@pytest.mark.parametrize("name", ["Zoë Ångström, Größe & Söhne", "株式会社", 'A "quoted" <name>', "", "x" * 500])
def test_any_name_reads_back(name: str) -> None:
    mailbox = mail_of(changed(from_name=name))["From"].addresses[0]
    assert mailbox.addr_spec == TEXT.sender
    assert mailbox.display_name == name[:80]


@pytest.mark.parametrize(
    "body", ["", " ", "\ud800 lone", "a\x00b", "x" * 5000, ".\r\n.\r\nQUIT", "From me\nFrom you", "\r"]
)
def test_any_body_reads_back(body: str) -> None:
    plain = next(iter(mail_of(replace(TEXT, body=body)).iter_parts()))
    assert isinstance(plain, EmailMessage)
    wanted = body.replace("\ud800", "?").replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    assert plain.get_content().replace("\r\n", "\n").rstrip("\n") == wanted.rstrip("\n")


@pytest.mark.parametrize("recipient", ["größe@customer.test", "a@" + "x" * 70 + ".test", "a@größe.test"])
def test_a_mailbox_that_ses_cannot_write_to_is_told(recipient: str) -> None:
    with pytest.raises(SendError) as refusal:
        ses().send(replace(TEXT, recipient=Address(recipient)), CONNECTION, {}, FakeHttp())
    assert (refusal.value.reason, refusal.value.retryable) == (FailureReason.NO_SUCH_MAILBOX, False)


def test_a_domain_goes_out_in_ascii() -> None:
    text = replace(TEXT, recipient=Address("carla@münchen.test"))
    assert request(text)["Destination"] == {"ToAddresses": ["carla@xn--mnchen-3ya.test"]}


# --- reports ------------------------------------------------------------------------------------------------------


def publication(published: dict[str, Any], ref: MessageRef | None = REF) -> Publication:
    proxy = Proxy(
        channel="email", address=SEATTLE_MAILBOX, merchant_id="mer-1", store_id="sto-1", connection_id="con-ses"
    )
    return Publication(
        published=published, proxy=proxy, connection=CONNECTION, ref=ref, content=None, now=1_795_300_000_000
    )


def said(kind: str, **about: Any) -> dict[str, Any]:
    return {"eventType": kind, "mail": {"messageId": "0102018f", "source": "Ada <seattle@x.test>"}, **about}


REFUSED = "Transient/MessageTooLarge"


def bounce(kind: object, detail: object) -> dict[str, Any]:
    return said("Bounce", bounce={"bounceType": kind, "bounceSubType": detail, "bouncedRecipients": []})


@pytest.mark.parametrize(
    ("published", "status", "failure", "code"),
    [
        (said("Send"), MessageStatus.SENT, None, ""),
        (said("Delivery"), MessageStatus.DELIVERED, None, ""),
        (bounce("Permanent", "General"), MessageStatus.FAILED, FailureReason.NO_SUCH_MAILBOX, "Permanent/General"),
        (bounce("Permanent", "Suppressed"), MessageStatus.FAILED, FailureReason.BLOCKED, "Permanent/Suppressed"),
        (bounce("Transient", "MailboxFull"), MessageStatus.FAILED, FailureReason.MAILBOX_FULL, "Transient/MailboxFull"),
        (bounce("Transient", "MessageTooLarge"), MessageStatus.FAILED, FailureReason.MAIL_REFUSED, REFUSED),
        (bounce("Undetermined", "None"), MessageStatus.FAILED, FailureReason.UNSPECIFIED, "Undetermined/None"),
        (bounce(7, None), MessageStatus.FAILED, FailureReason.UNSPECIFIED, "/"),
        (bounce("carla@customer.test", "x y"), MessageStatus.FAILED, FailureReason.UNSPECIFIED, "/"),
        (said("Bounce", bounce=[]), MessageStatus.FAILED, FailureReason.UNSPECIFIED, "/"),
        (said("Reject", reject={"reason": "Bad content"}), MessageStatus.FAILED, FailureReason.REJECTED, "Reject"),
    ],
)  # fmt: skip
def test_understands_what_became_of_a_mail(
    published: dict[str, Any], status: MessageStatus, failure: FailureReason | None, code: str
) -> None:
    expected = DeliveryReported(
        connection_id="con-ses", ref=REF, provider_id="0102018f", status=status, failure=failure, provider_code=code
    )
    assert ses().parse_published(publication(published)) == [expected]


@pytest.mark.parametrize("about", [{"timestamp": "2026-09-21T14:13:20.000Z"}, {"timestamp": 7}, {}, None])
def test_a_complaint_says_when(about: object) -> None:
    (event,) = ses().parse_published(publication(said("Complaint", complaint=about)))
    assert isinstance(event, DeliveryReported)
    assert event.complained_at == (
        1_790_000_000_000 if about == {"timestamp": "2026-09-21T14:13:20.000Z"} else 1_795_300_000_000
    )


@pytest.mark.parametrize("kind", ["Open", "Click", "DeliveryDelay", "Subscription", "Rendering Failure", "Tomorrow"])
def test_what_says_nothing_of_the_way_is_ignored(kind: str) -> None:
    assert ses().parse_published(publication(said(kind))) == [Ignored(kind=kind)]


def test_a_report_about_no_mail_of_ours_is_ignored() -> None:
    assert ses().parse_published(publication(said("Delivery"), ref=None)) == [Ignored(kind="Delivery")]


@pytest.mark.parametrize(
    ("published", "addresses"),
    [
        (said("Delivery"), ["seattle@x.test"]),
        (
            {"notificationType": "Bounce", "mail": {"messageId": "1", "source": "seattle+abc@x.test"}},
            ["seattle@x.test"],
        ),
        (
            {
                "notificationType": "Received",
                "mail": {"messageId": "1", "destination": ["other@x.test"]},
                "receipt": {"recipients": ["Seattle+TOKEN@x.test", "no mailbox", 7]},
            },
            ["seattle@x.test"],
        ),
        ({"notificationType": "Received", "mail": {"messageId": "1", "destination": ["a@x.test"]}}, ["a@x.test"]),
        (said("Delivery") | {"mail": {"messageId": "1", "source": None}}, []),
        ({"eventType": "TEXT_DELIVERED", "messageId": "1"}, None),
        ({"mail": {}}, None),
        ({"mail": [], "eventType": "Delivery"}, None),
    ],
)
def test_finds_the_mailbox_that_it_is_about(published: dict[str, Any], addresses: list[str] | None) -> None:
    found = ses().addressed(published)
    assert found == (None if addresses is None else [(Channel.EMAIL, Address(each)) for each in addresses])


@pytest.mark.parametrize("mail", [{}, {"messageId": ""}, {"messageId": 7}])
def test_a_notification_without_an_id_is_refused(mail: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        ses().addressed({"eventType": "Delivery", "mail": mail})


@pytest.mark.parametrize(
    "tags",
    [
        None,
        {},
        {"reference": []},
        {"reference": "x"},
        {"reference": ["ä"]},
        {"reference": ["abcde"]},
        {"reference": [7]},
    ],
)
def test_a_strange_tag_is_no_reference(tags: object) -> None:
    assert ses().reference({"mail": {"tags": tags}}) in ("", ses().reference({"mail": {}}))


@pytest.mark.parametrize(
    "receipt", [None, {}, {"action": {}}, {"action": {"bucketName": "b"}}, {"action": {"type": "SNS"}}]
)
def test_mail_that_lies_in_no_bucket_is_refused(receipt: object) -> None:
    with pytest.raises(InvalidInput):
        ses().stored({"notificationType": "Received", "mail": {"messageId": "1"}, "receipt": receipt})
