"""What comes along with a mail is media of its message, taken from the mail in the bucket (X23)."""

import time
from collections.abc import Sequence
from email.message import EmailMessage

import pytest

from chalicelib.domain.addresses import Address
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.mail import NO_TEXT
from chalicelib.domain.media import MAX_BYTES, MOST_MEDIA, Media, MediaRefusal, MediaState
from chalicelib.domain.messages import Message
from tests.media import hostile
from tests.support.mail import CARLAS_MAIL, FAIL, SEATTLE_MAILBOX, mail_world, receive, ses, written
from tests.support.world import World

PHOTO, PDF = hostile.picture("JPEG"), b"%PDF-1.7 a bill"
INVITATION = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def world() -> World:
    world = mail_world()
    world.channels.real["ses"] = ses()
    return world


def enclosing(*files: tuple[str, str, bytes], text: str = "Here it is.", html: str = "", cid: str = "") -> bytes:
    """A mail as a program writes it. Files: name, type, content; with `cid` they stand within the text."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = f"Carla <{CARLAS_MAIL}>", SEATTLE_MAILBOX, "<1@customer.test>"
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    for number, (name, kind, content) in enumerate(files):
        main, _, sub = kind.partition("/")
        where = {"disposition": "inline", "cid": f"<{cid}{number}>"} if cid else {}
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name, **where)
    return mail.as_bytes()


def message(world: World) -> Message:
    return world.thread(world.conversation_of(Address(CARLAS_MAIL), SEATTLE_MAILBOX).id)[-1]


def taken(world: World, raw: bytes, **verdicts: str) -> tuple[Media, ...]:
    receive(world, raw, **verdicts)
    world.fetch()
    return message(world).media


def states(media: Sequence[Media]) -> list[MediaRefusal | MediaState]:
    return [each.refusal or each.state for each in media]


def test_the_mail_is_there_before_what_came_with_it(world: World) -> None:
    receive(world, enclosing(("a.jpg", "image/jpeg", PHOTO)))
    assert (message(world).body.strip(), states(message(world).media)) == ("Here it is.", [MediaState.PENDING])
    assert world.files.stored == {}


def test_pictures_are_made_anew_and_files_kept(world: World) -> None:
    picture, bill = taken(world, enclosing(("a.jpg", "image/jpeg", PHOTO), ("bill.pdf", "application/pdf", PDF)))
    conversation_id = message(world).conversation_id
    assert (picture.state, picture.width) == (MediaState.READY, 40)
    assert world.files.stored[f"conversations/{conversation_id}/{picture.id}/picture"].content == b"anew:" + PHOTO
    stored = world.files.stored[f"conversations/{conversation_id}/{bill.id}/file"]
    assert (stored.content, stored.download_as) == (PDF, "bill.pdf")
    assert "cannot be shown" not in message(world).body


def test_a_mail_of_nothing_but_a_picture_needs_no_words(world: World) -> None:
    taken(world, enclosing(("a.jpg", "image/jpeg", PHOTO), text=""))
    assert message(world).body == ""
    assert world.conversation(message(world).conversation_id).last_preview == "[Picture]"
    receive(world, written(""))
    assert message(world).body == NO_TEXT


def test_pictures_within_the_text_are_shown_and_what_decorates_is_not(world: World) -> None:
    logo, pixel = hostile.picture("PNG", (48, 32)), hostile.picture("GIF", (1, 1))
    line, jpeg_logo = hostile.picture("PNG", (600, 2)), hostile.picture("JPEG", (64, 64))
    files = [PHOTO, logo, pixel, line, jpeg_logo, hostile.picture("PNG", (65, 20))]
    names = [(f"image{place}", "image/png", content) for place, content in enumerate(files)]
    found = taken(world, enclosing(*names, html='<p>See</p><img src="cid:x0">', cid="x"))
    assert [each.name for each in found] == ["image0", "image5"]


def test_a_small_picture_that_is_attached_was_meant(world: World) -> None:
    files = [hostile.picture("PNG", (48, 32)), hostile.picture("PNG", (1, 1))]
    assert len(taken(world, enclosing(*[("icon.png", "image/png", each) for each in files]))) == 1


def test_a_picture_that_does_not_say_its_size_is_no_decoration(world: World) -> None:
    """A GIF whose screen is nothing, and a JPEG whose height comes later (DNL)."""
    gif, jpeg = bytearray(hostile.picture("GIF", (80, 60))), bytearray(PHOTO)
    gif[6:10] = b"\0\0\0\0"
    frame = jpeg.find(b"\xff\xc0")
    jpeg[frame + 5 : frame + 7] = b"\0\0"
    files = (("a.gif", "image/gif", bytes(gif)), ("b.jpg", "image/jpeg", bytes(jpeg)))
    assert [each.name for each in taken(world, enclosing(*files))] == ["a.gif", "b.jpg"]


def test_the_same_twice_is_shown_once(world: World) -> None:
    assert len(taken(world, enclosing(*[("a.jpg", "image/jpeg", PHOTO)] * 3))) == 1


@pytest.mark.parametrize(
    ("name", "kind", "content", "refusal"),
    [
        ("page.jpg", "image/jpeg", b"<html><script>alert(1)</script>", MediaRefusal.UNSUPPORTED),
        ("tool.exe", "application/octet-stream", b"MZ\x90", MediaRefusal.UNSUPPORTED),
        ("a.svg", "image/svg+xml", b"<svg onload=alert(1)>", MediaRefusal.UNSUPPORTED),
        ("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22", MediaRefusal.OUTLOOK_FILE),
        ("WINMAIL.DAT", "application/octet-stream", b"\x78\x9f\x3e\x22", MediaRefusal.OUTLOOK_FILE),
        ("date.ics", "application/octet-stream", INVITATION, MediaRefusal.INVITATION),
    ],
)
def test_what_is_not_taken_says_why(world: World, name: str, kind: str, content: bytes, refusal: MediaRefusal) -> None:
    assert states(taken(world, enclosing((name, kind, content)))) == [refusal]
    assert world.files.stored == {}


def test_an_invitation_in_two_forms_is_one(world: World) -> None:
    head = 'Content-Type: multipart/alternative; boundary="b"'
    parts = ("text/plain", "text/calendar; method=REQUEST", "application/ics; name=invite.ics")
    body = "".join(f"--b\r\nContent-Type: {part}\r\n\r\n{INVITATION.decode()} {part}\r\n" for part in parts)
    assert states(taken(world, written(body + "--b--\r\n", Content_Type=head.partition(": ")[2]))) == [
        MediaRefusal.INVITATION
    ]


@pytest.mark.parametrize("fold", ["", "\r\n "])
def test_two_invitations_are_two_in_however_many_forms(world: World, fold: str) -> None:
    parts = [
        f"--b\r\nContent-Type: {kind}\r\n\r\n{kind}\r\nUID:meeting-{fold}{number}@shop.test\r\n"
        for number in (1, 2)
        for kind in ("text/calendar; method=REQUEST", "application/ics; name=invite.ics")
    ]
    body = "".join(parts) + "--b--\r\n"
    found = taken(world, written(body, Content_Type="multipart/mixed; boundary=b"))
    assert states(found) == [MediaRefusal.INVITATION] * 2


def test_a_forwarded_mail_is_named_and_not_fetched(world: World) -> None:
    body = "--b\r\n\r\nSee below\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@x.test\r\n\r\nHello\r\n--b--\r\n"
    (forwarded,) = taken(world, written(body, Content_Type="multipart/mixed; boundary=b"))
    assert (forwarded.refusal, forwarded.source) == (MediaRefusal.FORWARDED_MAIL, "")
    assert world.media_queue.jobs == []


def test_signatures_of_programs_are_not_shown(world: World) -> None:
    assert taken(world, enclosing(("smime.p7s", "application/pkcs7-signature", b"0\x80"))) == ()


def test_what_is_too_large_is_not_read(world: World) -> None:
    (large,) = taken(world, enclosing(("a.jpg", "image/jpeg", PHOTO + b"\0" * MAX_BYTES)))
    assert (large.refusal, large.source) == (MediaRefusal.TOO_LARGE, "")


def test_nothing_of_a_mail_with_a_virus_is_taken(world: World) -> None:
    assert states(taken(world, enclosing(("a.jpg", "image/jpeg", PHOTO)), virus=FAIL)) == [MediaRefusal.BROKEN]
    assert world.files.stored == {}


def test_ten_are_taken_and_the_rest_is_counted(world: World) -> None:
    files = [(f"{number}.pdf", "application/pdf", PDF + str(number).encode()) for number in range(MOST_MEDIA + 3)]
    assert len(taken(world, enclosing(*files))) == MOST_MEDIA
    assert message(world).body.endswith("[3 attachments, which cannot be shown here]")


@pytest.mark.parametrize(
    "name", ["carla.diaz@customer.test.pdf", "+1 206 555 0177.pdf", "re carla.diaz%40customer.test", "x\u202e@y.test"]
)
def test_names_of_files_show_no_address(world: World, name: str) -> None:
    (kept,) = taken(world, enclosing((name, "application/pdf", PDF)))
    assert "customer.test" not in kept.name
    assert "y.test" not in kept.name
    assert "555" not in kept.name


def test_a_bucket_that_does_not_answer_is_asked_again(world: World) -> None:
    receive(world, enclosing(("a.jpg", "image/jpeg", PHOTO)))
    world.mails.failure = Unavailable()
    with pytest.raises(Unavailable):
        world.fetch()
    assert states(message(world).media) == [MediaState.PENDING]


def test_a_mail_that_is_gone_from_the_bucket_is_not_waited_for(world: World) -> None:
    receive(world, enclosing(("a.jpg", "image/jpeg", PHOTO)))
    world.mails.kept.clear()
    world.fetch()
    assert states(message(world).media) == [MediaRefusal.UNREACHABLE]


def test_ten_thousand_pictures_are_looked_at_in_time(world: World) -> None:
    head = b"--b\r\nContent-Type: image/png\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    parts = (head + b"%016d" % number + b"QUJD" * 950 + b"\r\n" for number in range(9_900))
    raw = written("", Content_Type='multipart/mixed; boundary="b"') + b"".join(parts) + b"--b--\r\n"
    assert len(raw) > 38_000_000
    began = time.monotonic()
    receive(world, raw)
    assert time.monotonic() - began < 10
    assert len(message(world).media) == MOST_MEDIA
    assert "9890 attachments" in message(world).body
