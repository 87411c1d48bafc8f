"""What phones send along: kept, and handed out as the providers hand out media.

Twilio asks for the account's credentials and sends on to an address of its store:
https://www.twilio.com/docs/messaging/api/media-resource
Vonage hands it to whoever has the address: https://developer.vonage.com/en/messages/concepts/secure-inbound-media
"""

import hmac
import secrets
from pathlib import Path

from msgspec import DecodeError, Struct, msgpack
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from chalicelib.domain.media import PICTURES, kind_of
from local.simulator.basic_auth import basic_auth
from local.simulator.config import Connection, SimulatorConfig
from local.simulator.control_requests import from_our_page, json_answer
from local.simulator.errors import ControlError
from local.simulator.twilio.webhooks import API_VERSION

MAX_PICTURE = 20 * 1024 * 1024
"""Bytes: more than Counterline takes, so that its refusal can be seen."""
MOST_KEPT = 200
NO_HARM = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}


class Kept(Struct, frozen=True, array_like=True):
    content: bytes
    content_type: str
    """As the phone calls it."""


class Pictures:
    """The newest of them, beside the state file where there is one."""

    def __init__(self, config: SimulatorConfig) -> None:
        self._config = config
        self._folder = config.state_file.parent / "pictures" if config.state_file else None
        self._kept = _read(self._folder)

    def keep(self, content: bytes, content_type: str) -> str:
        """Its id."""
        picture_id = secrets.token_hex(16)
        self._kept[picture_id] = Kept(content, content_type)
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / picture_id).write_bytes(msgpack.encode(self._kept[picture_id]))
        while len(self._kept) > MOST_KEPT:
            self._forget(next(iter(self._kept)))
        return picture_id

    def _forget(self, picture_id: str) -> None:
        del self._kept[picture_id]
        if self._folder:
            (self._folder / picture_id).unlink(missing_ok=True)

    def __contains__(self, picture_id: object) -> bool:
        return picture_id in self._kept

    def address(self, picture_id: str, connection: Connection, message_id: str) -> str:
        """Where the connection's provider has it. Raises `ControlError` for one that is not there."""
        self._find(picture_id)
        base = f"{self._config.origin.replace('localhost', '127.0.0.1')}/simulator/{connection.provider}"
        if connection.provider == "vonage":
            return f"{base}/v3/media/{picture_id}"
        return f"{base}/{API_VERSION}/Accounts/{connection.account}/Messages/{message_id}/Media/ME{picture_id}"

    def control_routes(self) -> list[Route]:
        origin = self._config.origin
        return [
            Route("/pictures", from_our_page(self._upload, origin), methods=["POST"]),
            Route("/pictures/{id}", from_our_page(self._show, origin), methods=["GET"]),
        ]

    def twilio_routes(self) -> list[Route]:
        media = f"/{API_VERSION}/Accounts/{{account_sid}}/Messages/{{sid}}/Media/ME{{id}}"
        return [
            Route(media, self._twilio_media, methods=["GET"]),
            Route("/store/{id}", self._hand_out, methods=["GET"]),
        ]

    def vonage_routes(self) -> list[Route]:
        return [Route("/v3/media/{id}", self._hand_out, methods=["GET"])]

    async def _upload(self, request: Request) -> Response:
        content = bytearray()
        async for piece in request.stream():
            content += piece
            if len(content) > MAX_PICTURE:
                raise ControlError(413, "too_large", f"A picture has at most {MAX_PICTURE} bytes.")
        said = request.headers.get("content-type", "").split(";")[0] or "application/octet-stream"
        return json_answer({"id": self.keep(bytes(content), said)}, 201)

    async def _show(self, request: Request) -> Response:
        """For the page: as a picture only what is one."""
        kept = self._find(request.path_params["id"])
        kind = kind_of(kept.content)
        shown = kind if kind in PICTURES else "application/octet-stream"
        return Response(kept.content, headers={"Cache-Control": "no-store", **NO_HARM}, media_type=shown)

    async def _twilio_media(self, request: Request) -> Response:
        connection = self._config.twilio_account(request.path_params["account_sid"])
        user, token = basic_auth(request.headers.get("authorization", ""))
        wanted = "" if connection is None else connection.auth_token
        if connection is None or user != connection.account_sid or not hmac.compare_digest(token, wanted):
            return JSONResponse({"code": 20003, "status": 401}, status_code=401)
        store = request.url.path.partition(f"/{API_VERSION}/")[0]
        return RedirectResponse(f"{store}/store/{request.path_params['id']}", 307)

    async def _hand_out(self, request: Request) -> Response:
        kept = self._kept.get(request.path_params["id"])
        if kept is None:
            return Response(status_code=404)
        return Response(kept.content, headers=NO_HARM, media_type=kept.content_type)

    def _find(self, picture_id: str) -> Kept:
        kept = self._kept.get(picture_id)
        if kept is None:
            raise ControlError(404, "not_found", f"There is no picture with the id {picture_id!r}.")
        return kept


def _read(folder: Path | None) -> dict[str, Kept]:
    """What an earlier run has left, the oldest first. What cannot be read is gone."""
    if folder is None or not folder.is_dir():
        return {}
    found: dict[str, Kept] = {}
    for file in sorted(folder.iterdir(), key=lambda each: each.stat().st_mtime_ns):
        try:
            found[file.name] = msgpack.decode(file.read_bytes(), type=Kept)
        except (DecodeError, OSError):
            file.unlink(missing_ok=True)
    return found
