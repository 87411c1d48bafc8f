"""Changes to a request that an attacker, a broken proxy or a careless provider could make. Seeded, so they replay."""

import random
from collections.abc import Callable
from urllib.parse import quote_plus, unquote_to_bytes

from msgspec.structs import replace

from tests.channels.runner import mutated
from tests.fuzz.requests import Request

ODD = [
    "",
    " ",
    "\x00",
    "ü",
    "🎉",
    "\ud800",
    "..",
    "%",
    "%00",
    "%2F",
    "%zz",
    "%F0%9F",
    "#",
    "a" * 300,
    "' OR 1=1",
    "null",
]
ODD_HEADERS = ["", " ", "\x00", "ü", "\ud800", "\r\nX-Evil: 1", "a" * 9000, ",", "=", "0", "null"]
NAMES = ["Host", "Forwarded", "X-Forwarded-Host", "X-Forwarded-Proto", "Content-Encoding", "Transfer-Encoding", "X-Q"]
TYPES = [
    "", "text/plain", "application/json; charset=utf-16", "application/x-www-form-urlencoded;charset=latin-1",
    "multipart/form-data; boundary=x", "APPLICATION/JSON", "application/json, text/html", "x/" + "y" * 500, "\x00",
]  # fmt: skip
BODIES = [
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf{}", b"{", b"[" * 20_000, b'{"a":' * 4000, b"null", b"1e999", b"&" * 5000,
    b"a=b&" * 300, b"%", b"=", b"Body", b"\x1f\x8b\x08\x00", b'{"id":1e400}', b'{"id":"\\ud800"}', b"--x\r\n\r\n",
]  # fmt: skip

SIGNATURES = ("Signature", "Sha256", "Authorization", "Signature-256")
"""How the headers end in which senders sign."""

Mutation = Callable[[Request, random.Random], Request]


def changed_bytes(request: Request, chance: random.Random) -> Request:
    return replace(request, body=mutated(request.body, chance))


def other_body(request: Request, chance: random.Random) -> Request:
    return replace(request, body=chance.choice(BODIES))


def repeated_body(request: Request, chance: random.Random) -> Request:
    separator = chance.choice((b"", b"&", b"\n", b"\x00"))
    return replace(request, body=separator.join([request.body] * chance.randint(2, 40)))


def reencoded_body(request: Request, chance: random.Random) -> Request:
    """The same parameters in another spelling, or the same text in another encoding."""
    if chance.random() < 0.5:
        return replace(request, body=request.body.decode("utf-8", "replace").encode(chance.choice(("utf-16", "utf-7"))))
    pairs = [pair.split(b"=", 1) for pair in request.body.split(b"&")]
    chance.shuffle(pairs)
    spelled = [
        b"=".join(quote_plus(unquote_to_bytes(part), safe="").lower().encode() for part in pair) for pair in pairs
    ]
    return replace(request, body=b"&".join(spelled))


def moved_boundary(request: Request, chance: random.Random) -> Request:
    """A character goes from a value to the next name, or the other way: Twilio signs them without separators."""
    at = chance.randrange(max(1, len(request.body)))
    body = request.body.replace(b"&", b"", 1) if chance.random() < 0.5 else request.body[:at] + b"&" + request.body[at:]
    return replace(request, body=body)


def raw_body(request: Request, chance: random.Random) -> Request:
    """Handed over as text, as the function URL does for types it takes for text."""
    return replace(
        request, encoded=False, body=mutated(request.body, chance) if chance.random() < 0.5 else request.body
    )


def changed_header(request: Request, chance: random.Random) -> Request:
    headers = list(request.headers)
    place = chance.randrange(len(headers))
    name, value = headers[place]
    headers[place] = (
        name,
        chance.choice((*ODD_HEADERS, value + value, value[:-1], value.swapcase(), f"{value}, {value}")),
    )
    return replace(request, headers=tuple(headers))


def dropped_header(request: Request, chance: random.Random) -> Request:
    headers = list(request.headers)
    headers.pop(chance.randrange(len(headers)))
    return replace(request, headers=tuple(headers))


def doubled_header(request: Request, chance: random.Random) -> Request:
    name, value = chance.choice(request.headers)
    other = chance.choice((value, *ODD_HEADERS))
    return replace(request, headers=(*request.headers, (chance.choice((name, name.lower(), name.upper())), other)))


def added_header(request: Request, chance: random.Random) -> Request:
    added = (
        chance.choice(NAMES),
        chance.choice((*ODD_HEADERS, "gzip", "chunked", "evil.example", "host=evil.example")),
    )
    return replace(request, headers=(*request.headers, added))


def other_type(request: Request, chance: random.Random) -> Request:
    kept = tuple(header for header in request.headers if header[0] != "Content-Type")
    return replace(request, headers=(*kept, ("Content-Type", chance.choice(TYPES))))


def changed_path(request: Request, chance: random.Random) -> Request:
    segments = list(request.segments)
    place = chance.randrange(len(segments))
    old = segments[place]
    others = (
        *ODD,
        old + old,
        old[:-1],
        old.upper(),
        "shopify",
        "woocommerce",
        "generic",
        "twilio",
        "vonage",
        "meta",
        "con-twilio-2",
        "con-shop-2",
        "con-woo-2",
        "con-generic-2",
        "con-vonage-2",
        "con-meta-2",
        old.replace("-", "%2D"),
    )
    segments[place] = chance.choice(others)
    return replace(request, segments=tuple(segments))


def changed_signature(request: Request, chance: random.Random) -> Request:
    """Only the header that says who sent it."""
    return replace(request, headers=tuple(_resigned(header, chance) for header in request.headers))


def _resigned(header: tuple[str, str], chance: random.Random) -> tuple[str, str]:
    name, value = header
    if not value or not name.endswith(SIGNATURES):
        return header
    at = chance.randrange(len(value))
    return name, chance.choice(
        (
            "", " ", value[:at], value[:at] + chance.choice("Aa0+/=-_ü\x00") + value[at + 1 :], value.lower(),
            value.rstrip("="), value + "=", f" {value}", f"{value} ", f"{value},{value}", value[::-1], "ü" * 28,
            value.replace("+", "-").replace("/", "_") + "\n", f"sha1={value}", f'"{value}"', value * 100,
        )
    )  # fmt: skip


MUTATIONS: list[Mutation] = [
    changed_bytes, changed_bytes, other_body, repeated_body, reencoded_body, moved_boundary, raw_body, changed_header,
    dropped_header, doubled_header, added_header, other_type, changed_path, changed_signature,
]  # fmt: skip


def mutation_of(request: Request, chance: random.Random) -> Request:
    """One to three changes."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        if request.headers:
            request = chance.choice(MUTATIONS)(request, chance)
    return request
