"""Who a shop says is signed in there: a short text that it signs for one customer (docs/members.md, S2, S18).

`<claims>.<signature>`: the claims are JSON in URL-safe Base64, the signature is the HMAC-SHA256 of that first part in
hexadecimal digits. Not a JSON Web Token, because shops' template languages make hexadecimal digests only.
"""

import base64
import binascii
import re
from typing import Annotated

from msgspec import Meta, MsgspecError, Struct, json

from .errors import BadSignature
from .signatures import hex_signature, require_match

LIFE = 24 * 3_600
"""Seconds: as long as somebody leaves the shop's page open."""
AHEAD = 300
"""Seconds by which the shop's clock may be ahead of ours."""
LONGEST = 4_096
_SHAPE = re.compile(r"([A-Za-z0-9_-]{1,4000})=*\.([0-9a-f]{64})", re.ASCII)
_Text = Annotated[str, Meta(max_length=255)]


class MemberIdentity(Struct, frozen=True, kw_only=True):
    """What the shop vouches for. Fields that we do not know are left alone: shops add to what they sign."""

    customer: Annotated[str, Meta(pattern=r"^[!-~]{1,128}(?!\n)$")]
    """The shop's own id of them, as its orders have it."""
    issued_at: Annotated[int, Meta(ge=0, le=10**11)]
    """Seconds since 1970."""
    first_name: _Text = ""
    last_name: _Text = ""
    email: Annotated[str, Meta(max_length=254)] = ""


def read_identity(text: str, secret: str, now: int) -> MemberIdentity:
    """`now` in epoch milliseconds. Raises BadSignature for what this secret did not sign, what is too old, and what
    does not say who it is."""
    parts = _SHAPE.fullmatch(text) if len(text) <= LONGEST else None
    if parts is None:
        raise BadSignature
    signed = text.rpartition(".")[0]
    require_match(parts.group(2), [hex_signature(secret, signed.encode(), "sha256")])
    try:
        identity = json.decode(_unpacked(parts.group(1)), type=MemberIdentity)
    except (MsgspecError, binascii.Error, ValueError) as error:
        raise BadSignature from error
    if not -AHEAD <= now // 1000 - identity.issued_at <= LIFE:
        raise BadSignature
    return identity


def _unpacked(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
