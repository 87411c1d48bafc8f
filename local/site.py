"""Serves the built web app as CloudFront does in AWS: cache headers, security headers, one page for every route."""

from pathlib import Path, PurePosixPath

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

CACHED = "public, max-age=31536000, immutable"
"""For files whose names change with their content."""
CHECKED = "no-cache"
"""For everything else: asked for again each time, answered 304 when unchanged."""
NOT_BUILT = "The web app is not built yet: run `make run`."


def security_headers(origin_socket: str) -> dict[str, str]:
    """What every page gets. `origin_socket`: the address of our WebSocket, such as `ws://localhost:8000`."""
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        f"connect-src 'self' {origin_socket}; "
        "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


class Site(StaticFiles):
    """The files of a folder; any other path of a page is answered with `index.html`."""

    def __init__(self, folder: Path, headers: dict[str, str]) -> None:
        super().__init__(directory=folder, check_dir=False)
        self._headers = headers

    async def check_config(self) -> None:
        """Nothing to check: the folder comes, and goes, with each build."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        name = PurePosixPath(path)
        response = await self._page_or_file(name, scope)
        response.headers["Cache-Control"] = CACHED if name.parts[:1] == ("assets",) else CHECKED
        response.headers.update(self._headers)
        return response

    async def _page_or_file(self, name: PurePosixPath, scope: Scope) -> Response:
        try:
            return await super().get_response(str(name), scope)
        except HTTPException as error:
            if error.status_code != 404 or name.suffix:  # a missing script must not look like a page
                return Response(status_code=error.status_code)
        try:
            return await super().get_response("index.html", scope)
        except HTTPException:
            return Response(NOT_BUILT, 503, media_type="text/plain")
