"""A push service of browsers (RFC 8030), for one machine: takes pushes signed as RFC 8292 says, and keeps them.

A browser here is its address, `/push/<name>`; one whose name begins with `gone` has unsubscribed.
"""

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

_DAY = 86_400


class PushService:
    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock
        self._taken: dict[str, list[dict[str, str]]] = {}

    def routes(self) -> list[Route]:
        return [
            Route("/{name}", self._take, methods=["POST"]),
            Route("/{name}", self._told, methods=["GET"]),
        ]

    async def _take(self, request: Request) -> Response:
        name = str(request.path_params["name"])
        wrong = self._what_is_wrong(request, await request.body())
        if wrong:
            return JSONResponse({"error": wrong}, status_code=403)
        if name.startswith("gone"):
            return Response(status_code=410)
        told = {each: request.headers.get(each, "") for each in ("ttl", "urgency", "topic")}
        self._taken.setdefault(name, []).append(told)
        return Response(status_code=201)

    async def _told(self, request: Request) -> Response:
        return JSONResponse(self._taken.get(str(request.path_params["name"]), []))

    def _what_is_wrong(self, request: Request, body: bytes) -> str:
        """Empty: nothing."""
        if body:
            return "there are words in it"
        if not request.headers.get("ttl", "").isdigit():
            return "no TTL"
        scheme, _, parameters = request.headers.get("authorization", "").partition(" ")
        given = dict(each.strip().split("=", 1) for each in parameters.split(",") if "=" in each)
        try:
            claims = _verified(given["t"], given["k"])
        except (KeyError, ValueError, InvalidSignature):
            return "not signed"
        own = f"{request.url.scheme}://{request.url.netloc}"
        left = claims["exp"] - self._clock() // 1000
        if scheme != "vapid" or claims["aud"] != own or not 0 < left <= _DAY or ":" not in claims["sub"]:
            return "signed for something else"
        return ""


def _verified(token: str, public_key: str) -> dict[str, Any]:
    """What it claims. Raises ValueError, InvalidSignature."""
    signed, _, signature = token.rpartition(".")
    head, _, claims = signed.partition(".")
    if json.loads(_bytes(head)) != {"typ": "JWT", "alg": "ES256"} or len(raw := _bytes(signature)) != 64:
        raise ValueError("that is no token")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(public_key))
    made = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key.verify(made, signed.encode(), ec.ECDSA(hashes.SHA256()))
    found: dict[str, Any] = json.loads(_bytes(claims))
    return found


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
