"""What read_mail makes of mails as programs write them, and of what they should not write."""

from datetime import UTC, datetime

import pytest

from chalicelib.channels.email import MailAddress, Problem, ReceivedMail, read_mail

HEAD = b"From: Tom <tom@home.example>\r\nTo: shop@shop.example\r\nSubject: Hi\r\nMIME-Version: 1.0\r\n"


def mail(body: bytes, *fields: bytes) -> ReceivedMail:
    return read_mail(b"".join([HEAD, *(field + b"\r\n" for field in fields), b"\r\n", body]))


def multipart(kind: bytes, *parts: bytes) -> bytes:
    """As the body of a mail whose type multipart() names the boundary "b"."""
    return b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--\r\n"


MIXED = b'Content-Type: multipart/mixed; boundary="b"'
PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
HTML = b"Content-Type: text/html; charset=utf-8\r\n\r\n"
PDF = b'Content-Type: application/pdf; name="note.pdf"\r\nContent-Disposition: attachment; filename="note.pdf"\r\n'
PDF += b"Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK"


def test_the_header_of_an_ordinary_mail() -> None:
    found = read_mail(
        b"Return-Path: <tom@home.example>\nFrom: =?utf-8?q?Tom_B=C3=BCyer?= <Tom@home.example>\n"
        b"Sender: desk@home.example\n"
        b'Reply-To: "Buyer, Tom" <tom+1@home.example>\nTo: Shop <shop@shop.example>, <a@shop.example>\n'
        b"Cc: lee@maker.example (Lee)\n"
        b"Subject: =?iso-8859-1?Q?Gr=FC=DFe?= and more\nDate: Wed, 01 May 2024 10:04:11 +0200\n"
        b"Message-ID: <1@home.example>\n"
        b"In-Reply-To: <0@shop.example>\nReferences: <a@x>\n <b@y>\n\nHello\n"
    )
    assert found.from_ == (MailAddress("Tom@home.example", "Tom Büyer"),)
    assert found.sender == MailAddress("desk@home.example")
    assert found.reply_to == (MailAddress("tom+1@home.example", "Buyer, Tom"),)
    assert [each.address for each in found.to] == ["shop@shop.example", "a@shop.example"]
    assert found.cc == (MailAddress("lee@maker.example", "Lee"),)
    assert found.subject == "Grüße and more"
    assert found.date == datetime(2024, 5, 1, 8, 4, 11, tzinfo=UTC)
    assert (found.message_id, found.in_reply_to) == ("1@home.example", ("0@shop.example",))
    assert found.references == ("a@x", "b@y")
    assert (found.text, found.html, found.problems) == ("Hello\n", None, ())
    assert not found.signals.automatic


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (b"Tom <tom@home.example>", [("tom@home.example", "Tom")]),
        (b"tom@home.example", [("tom@home.example", "")]),
        (b'"Tom \\"T\\" Buyer" <tom@home.example>', [("tom@home.example", 'Tom "T" Buyer')]),
        (
            b"=?utf-8?q?Buyer=2C_Tom?= <tom@home.example>, a@x.example",
            [("tom@home.example", "Buyer, Tom"), ("a@x.example", "")],
        ),
        (b'"=?utf-8?b?VG9tIELDvHllcg==?=" <tom@home.example>', [("tom@home.example", "Tom Büyer")]),
        ("Tom Büyer <tom@home.example>".encode(), [("tom@home.example", "Tom Büyer")]),
        ("Tom Büyer <tom@home.example>".encode("latin-1"), [("tom@home.example", "Tom Büyer")]),
        (b"undisclosed-recipients:;", []),
        (b"Friends: a@x.example, B <b@x.example>;", [("a@x.example", ""), ("b@x.example", "B")]),
        (b"a@x.example; b@x.example", [("a@x.example", ""), ("b@x.example", "")]),
        (b"<a@x.example", [("a@x.example", "")]),
        (b"<>", []),
        (b"Tom", []),
        (b"Tom (the (nested) one) <tom@home.example>", [("tom@home.example", "Tom one")]),
        (b'"a@b.example" <tom@home.example>', [("tom@home.example", "a@b.example")]),
        (b"((((((((((", []),
        (b"tom@home.example <tom@home.example>", [("tom@home.example", "tom@home.example")]),
    ],
)
def test_addresses(field: bytes, expected: list[tuple[str, str]]) -> None:
    found = read_mail(b"To: " + field + b"\n\nx").to
    assert [(each.address, each.name) for each in found] == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (b"=?utf-8?b?w7w=?=", "ü"),
        (b"=?utf-8?b?4oK?= =?utf-8?b?rA==?=", "€"),
        (b"=?utf-8?q?=E2=82?=\n =?utf-8?q?=AC=20rest?=", "€ rest"),
        (b"=?UTF-8*en?Q?ok?=", "ok"),
        (b"=?iso-2022-jp?B?GyRCJCIbKEI=?=", "あ"),
        (b"=?gb2312?B?xOO6ww==?=", "你好"),
        (b"=?koi8-r?B?8NLJ18XU?=", "Привет"),
        (b"=?windows-1251?Q?=CF=F0=E8=E2=E5=F2?=", "Привет"),
        (b"=?no-such-charset?Q?caf=C3=A9?=", "café"),
        (b"=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"),
        ("schön".encode(), "schön"),
        ("schön".encode("latin-1"), "schön"),
        (b"=?utf-8?q?with spaces inside?=", "with spaces inside"),
        (b"=?utf-8?b?!!!?=", ""),
        (b"=?utf-8?q?unclosed", "=?utf-8?q?unclosed"),
        (b"a\x00b\x07c", "abc"),
        (b"=?utf-7?Q?+AOk-?=", "é"),
    ],
)
def test_subjects(field: bytes, expected: str) -> None:
    assert read_mail(b"Subject: " + field + b"\n\nx").subject == expected


@pytest.mark.parametrize(
    ("charset", "data", "expected"),
    [
        (b"utf-8", "Grüße €".encode(), "Grüße €"),
        (b"iso-8859-1", "Grüße".encode("latin-1"), "Grüße"),
        (b"iso-8859-1", "5 €".encode("cp1252"), "5 €"),
        (b"iso-8859-1", "Grüße, schöne".encode(), "Grüße, schöne"),
        (b"us-ascii", "Grüße".encode(), "Grüße"),
        (b"us-ascii", "Grüße".encode("cp1252"), "Grüße"),
        (b"utf-8", "Grüße an alle".encode("cp1252"), "Grüße an alle"),
        (b"", "Grüße".encode(), "Grüße"),
        (b"", "Grüße".encode("cp1252"), "Grüße"),
        (b"ansi", "Grüße".encode("cp1252"), "Grüße"),
        (b"cp-850", "Grüße".encode("cp850"), "Grüße"),
        (b"windows-1250", "Příliš".encode("cp1250"), "Příliš"),
        (b"windows-1251", "Привет".encode("cp1251"), "Привет"),
        (b"windows-1253", "Γειά".encode("cp1253"), "Γειά"),
        (b"windows-1255", "שלום".encode("cp1255"), "שלום"),
        (b"windows-1256", "مرحبا".encode("cp1256"), "مرحبا"),
        (b"koi8-r", "Привет".encode("koi8-r"), "Привет"),
        (b"koi8-u", "Привіт".encode("koi8-u"), "Привіт"),
        (b"iso-8859-2", "Příliš".encode("iso8859-2"), "Příliš"),
        (b"iso-8859-8-i", "שלום".encode("iso8859-8"), "שלום"),
        (b"iso-8859-15", "5 €".encode("iso8859-15"), "5 €"),
        (b"iso-2022-jp", "こんにちは".encode("iso2022_jp"), "こんにちは"),
        (b"", "こんにちは".encode("iso2022_jp"), "こんにちは"),
        (b"shift_jis", "①こんにちは".encode("cp932"), "①こんにちは"),
        (b"euc-jp", "こんにちは".encode("euc_jp"), "こんにちは"),
        (b"gb2312", "你好镕".encode("gb18030"), "你好镕"),
        (b"GB18030", "你好".encode("gb18030"), "你好"),
        (b"gbk", "你好".encode("gbk"), "你好"),
        (b"big5", "你好".encode("big5"), "你好"),
        (b"hz-gb-2312", "你好".encode("hz"), "你好"),
        (b"ks_c_5601-1987", "안녕".encode("cp949"), "안녕"),
        (b"euc-kr", "안녕".encode("euc_kr"), "안녕"),
        (b"utf-7", b"Gr+APwA3w-e", "Grüße"),
        (b"unicode-1-1-utf-7", b"Gr+APwA3w-e", "Grüße"),
        (b"utf-16", "Grüße".encode("utf-16"), "Grüße"),
        (b"utf-16le", "Grüße".encode("utf-16-le"), "Grüße"),
        (b"", "Grüße und mehr".encode("utf-16-le"), "Grüße und mehr"),
        (b"x-mac-roman", "Grüße".encode("mac_roman"), "Grüße"),
        (b"x-mac-cyrillic", "Привет".encode("mac_cyrillic"), "Привет"),
        (b"macintosh", "Grüße".encode("mac_roman"), "Grüße"),
        (b"tis-620", "สวัสดี".encode("cp874"), "สวัสดี"),
        (b"utf8mb4", "Grüße 😀".encode(), "Grüße 😀"),
        (b"idna", "Grüße".encode(), "Grüße"),
        (b"base64", "Grüße".encode(), "Grüße"),
        (b"rot13", b"Hello", "Hello"),
        (b"\xff\xfe", b"Hello", "Hello"),
        (b"x" * 500, "Grüße".encode(), "Grüße"),
        (b"utf-8", b"\xef\xbb\xbfHello", "Hello"),
        (b"utf-8", "schöne Grüße".encode() + b"\xe2\x82", "schöne Grüße\ufffd"),
        (b"utf-8", b"nul\x00byte", "nulbyte"),
    ],
)
def test_charsets(charset: bytes, data: bytes, expected: str) -> None:
    assert mail(data, b'Content-Type: text/plain; charset="' + charset + b'"').text == expected


def test_an_alternative_gives_both_forms() -> None:
    found = mail(
        multipart(b"", PLAIN + b"plain", HTML + b"<p>html"), b"Content-Type: multipart/alternative; boundary=b"
    )
    assert (found.text, found.html, found.attachments) == ("plain", "<p>html", ())


def test_attachments_are_found_and_decoded_when_asked() -> None:
    raw = HEAD + MIXED + b"\r\n\r\n" + multipart(b"", PLAIN + b"see note", PDF)
    found = read_mail(raw)
    assert found.text == "see note"
    (note,) = found.attachments
    assert (note.name, note.content_type, note.inline, note.size) == ("note.pdf", "application/pdf", False, 9)
    assert note.content(raw) == b"%PDF-1.4\n"


def test_inline_pictures_calendars_and_forwarded_mails_are_attachments() -> None:
    related = b"Content-Type: multipart/related; boundary=c\r\n\r\n--c\r\n" + HTML + b'<img src="cid:p">\r\n--c\r\n'
    related += (
        b"Content-Type: image/png\r\nContent-ID: <p>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--c--"
    )
    calendar = b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR"
    forwarded = b"Content-Type: message/rfc822\r\n\r\nFrom: lee@maker.example\r\n\r\nhello\r\n"
    tnef = b"Content-Type: application/ms-tnef\r\n\r\nx"
    found = mail(multipart(b"", related, calendar, forwarded, tnef), MIXED)
    names = [(each.name, each.inline, each.content_id) for each in found.attachments]
    assert names == [
        ("", True, "p"),
        ("invitation.ics", False, ""),
        ("message.eml", False, ""),
        ("winmail.dat", False, ""),
    ]
    assert [each.name for each in found.calendars] == ["invitation.ics"]
    assert found.html == '<img src="cid:p">'


def test_a_text_cut_by_a_picture_is_joined() -> None:
    picture = b"Content-Type: image/jpeg\r\nContent-Disposition: inline; filename=a.jpg\r\n\r\nx"
    found = mail(multipart(b"", PLAIN + b"above", picture, PLAIN + b"below"), MIXED)
    assert (found.text, len(found.attachments)) == ("above\nbelow", 1)
    found = mail(multipart(b"", HTML + b"<b>above</b>", picture, PLAIN + b"1 < 2"), MIXED)
    assert found.html == '<b>above</b>\n<div style="white-space: pre-wrap">1 &lt; 2</div>'


def test_a_text_file_is_no_text() -> None:
    file = b"Content-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nfile"
    found = mail(multipart(b"", PLAIN + b"text", file), MIXED)
    assert (found.text, [each.name for each in found.attachments]) == ("text", ["a.txt"])
    nameless = b"Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nfile"
    found = mail(multipart(b"", PLAIN + b"text", nameless), MIXED)
    assert (found.text, len(found.attachments)) == ("text", 1)


@pytest.mark.parametrize(
    ("parameter", "expected"),
    [
        (b'filename="a b.pdf"', "a b.pdf"),
        (b"filename=a.pdf", "a.pdf"),
        (b"filename*=utf-8''Gr%C3%BC%C3%9Fe.pdf", "Grüße.pdf"),
        (b'filename*0="very "; filename*1="long.pdf"', "very long.pdf"),
        (b"filename*0*=utf-8''%C3; filename*1*=%BC.pdf", "ü.pdf"),
        (b'filename="=?utf-8?q?=C3=BC.pdf?="', "ü.pdf"),
        ('filename="ü.pdf"'.encode(), "ü.pdf"),
        (b'filename="../../etc/passwd"', "passwd"),
        (b'filename="C:\\\\temp\\\\a.pdf"', "a.pdf"),
        ('filename="a\u202efdp.exe"'.encode(), "afdp.exe"),
        (b'filename="unclosed.pdf', "unclosed.pdf"),
    ],
)
def test_file_names(parameter: bytes, expected: str) -> None:
    found = mail(b"x", b"Content-Type: application/pdf", b"Content-Disposition: attachment; " + parameter)
    assert found.attachments[0].name == expected


def test_flowed_text_is_put_together_again() -> None:
    found = mail(b"one \r\ntwo\r\n> quoted \r\n> on\r\n-- \r\nTom\r\n", b"Content-Type: text/plain; format=flowed")
    assert found.text == "one two\n> quoted on\n-- \nTom\n"


@pytest.mark.parametrize(
    ("fields", "sign"),
    [
        (b"Auto-Submitted: auto-replied", "auto_submitted"),
        (b"Precedence: bulk", "precedence"),
        (b"X-Auto-Response-Suppress: All", "response_suppressed"),
        (b"List-Id: <offers.shop.example>", "mailing_list"),
        (b"List-Unsubscribe: <mailto:x@y.example>", "mailing_list"),
        (b"Return-Path: <>", "null_return_path"),
        (b"Content-Type: multipart/report; boundary=b", "report"),
        (b"X-Autoreply: yes", "autoreply_header"),
        (b"Sender: MAILER-DAEMON@mx.example", "automatic_sender"),
        (b"Sender: no-reply@maker.example", "automatic_sender"),
    ],
)
def test_signs_of_a_machine(fields: bytes, sign: str) -> None:
    found = mail(b"x", fields).signals
    assert getattr(found, sign)
    assert found.automatic


def test_a_person_is_no_machine() -> None:
    assert not mail(
        b"x", b"Auto-Submitted: no", b"Precedence: normal", b"Return-Path: <tom@home.example>"
    ).signals.automatic


def test_a_bounce_names_the_recipient_and_the_mail() -> None:
    status = b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
    status += b"Final-Recipient: rfc822; tom@home.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    status += b"Diagnostic-Code: smtp; 550 no such user\r\n"
    original = b"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <m1@shop.example>\r\nSubject: Hi\r\n"
    found = mail(multipart(b"", PLAIN + b"Sorry", status, original), b"Content-Type: multipart/report; boundary=b")
    assert found.bounce is not None
    assert (found.bounce.action, found.bounce.status, found.bounce.recipient) == ("failed", "5.1.1", "tom@home.example")
    assert found.bounce.original_message_id == "m1@shop.example"
    assert found.text == "Sorry"


BROKEN = {
    "no final boundary": (MIXED + b"\r\n\r\n--b\r\n" + PLAIN + b"kept\r\n", Problem.NOT_CLOSED),
    "no boundary named": (b"Content-Type: multipart/mixed\r\n\r\n--q\r\n" + PLAIN + b"kept\r\n--q--", None),
    "boundary never used": (MIXED + b"\r\n\r\nkept", Problem.NOT_CLOSED),
    "not even a guess": (b"Content-Type: multipart/mixed\r\n\r\nkept", Problem.NO_BOUNDARY),
    "line that is no field": (b"this is no field\r\nX-More: 1\r\n\r\nkept", Problem.BROKEN_HEADER),
    "text that looks like a field": (b"it is kept\r\nRemark: urgent\r\n\r\nmore", Problem.BROKEN_HEADER),
    "no blank line": (b"kept text right away", Problem.BROKEN_HEADER),
    "wrong transfer encoding": (b"Content-Transfer-Encoding: base64\r\n\r\nkept as it is, dear shop", None),
    "unknown transfer encoding": (b"Content-Transfer-Encoding: x-odd\r\n\r\nkept", None),
    "two content types": (b"Content-Type: text/plain\r\nContent-Type: image/png\r\n\r\nkept", Problem.REPEATED_HEADER),
    "content type of garbage": (b"Content-Type: ;;;==\xff\r\n\r\nkept", None),
    "quoted-printable garbage": (b"Content-Transfer-Encoding: quoted-printable\r\n\r\nkept =ZZ =\r\n", None),
    "header without end": (
        MIXED + b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n--b\r\n" + PLAIN + b"kept\r\n--b--",
        None,
    ),
}


@pytest.mark.parametrize(("rest", "problem"), BROKEN.values(), ids=BROKEN)
def test_broken_mail_is_read_all_the_same(rest: bytes, problem: Problem | None) -> None:
    found = read_mail(HEAD + rest)
    assert "kept" in (found.text or "")
    assert found.subject == "Hi"
    if problem is not None:
        assert problem in found.problems


def test_base64_garbage_gives_what_can_be_decoded() -> None:
    text = mail(b"SGVs\r\n!!!\r\nbG8\r\n", b"Content-Transfer-Encoding: base64").text
    assert text == "Hello"


def test_the_first_of_two_senders_counts_and_is_noted() -> None:
    found = read_mail(b"From: a@x.example\nFrom: b@x.example\nSubject: one\nSubject: two\n\nx")
    assert ([each.address for each in found.from_], found.subject) == (["a@x.example"], "one")
    assert Problem.REPEATED_HEADER in found.problems


@pytest.mark.parametrize(
    "raw", [b"", b"\n", b"\r\n\r\n", b"\x00", b"no header at all", b"From x\n", b":\n:\n", b"a:b", b"--", b"\xff" * 99]
)
def test_the_least_of_mails(raw: bytes) -> None:
    assert Problem.UNREADABLE not in read_mail(raw).problems


def test_old_mac_line_ends() -> None:
    found = read_mail(b"From: a@x.example\rSubject: Hi\r\rHello")
    assert (found.subject, found.text) == ("Hi", "Hello")
