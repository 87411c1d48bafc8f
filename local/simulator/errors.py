"""Errors of the control API, in the one shape `{"error": {"code", "message"}}`."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


class ControlError(Exception):
    """A request that is refused, with a sentence for the person who made it."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


def present(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message}}, status_code=status)


async def on_control_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ControlError)
    return present(error.status, error.code, str(error))


async def on_http_error(request: Request, error: Exception) -> Response:
    """Routes and methods that do not exist."""
    status = getattr(error, "status_code", 500)
    code = {404: "not_found", 405: "method_not_allowed"}.get(status, "internal")
    return present(status, code, f"{request.method} {request.url.path}: {getattr(error, 'detail', 'failed')}.")
