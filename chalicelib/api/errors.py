"""One mapping from refusals to HTTP, one JSON shape for all of them."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from chalice.app import Response

from chalicelib.domain import errors
from chalicelib.usecases.ports import Log

from .schemas import ErrorBody, ErrorInfo

STATUS: dict[type[errors.CounterlineError], int] = {
    errors.InvalidInput: 400,
    errors.BadSignature: 401,
    errors.PermissionDenied: 403,
    errors.MessagingDisabled: 403,
    errors.ContactsDisabled: 403,
    errors.NotFound: 404,
    errors.ChatUnavailable: 404,
    errors.OptedOut: 409,
    errors.OptOutStands: 409,
    errors.OptInPending: 409,
    errors.ConversationEnded: 409,
    errors.WindowClosed: 409,
    errors.OrderNotStartable: 409,
    errors.CustomerUnreachable: 409,
    errors.NoFreeProxy: 409,
    errors.ProxyUnusable: 409,
    errors.IdempotencyConflict: 409,
    errors.NotRetryable: 409,
    errors.NotAssignable: 409,
    errors.QuietHours: 409,
    errors.NoLongerHeld: 409,
    errors.TooManyHeld: 409,
    errors.TooManyFavourites: 409,
    errors.ProductGone: 409,
    errors.TooManyReminders: 409,
    errors.PictureNotReady: 409,
    errors.PictureMissing: 409,
    errors.TooManyPictures: 409,
    errors.MailNotConnected: 409,
    errors.RequestHasNoPictures: 409,
    errors.TooFewCredits: 409,
    errors.ChangedMeanwhile: 409,
    errors.InviteUnusable: 409,
    errors.AddressNotServed: 409,
    errors.CartFixed: 409,
    errors.CartNotReady: 409,
    errors.CartsUnavailable: 409,
    errors.TooLarge: 413,
    errors.TooManyAttempts: 429,
    errors.Unavailable: 503,
}

_CHALICE_CODES = {
    "UnsupportedMediaType": ("unsupported_media_type", "This address takes another content type."),
    "MethodNotAllowedError": ("method_not_allowed", "This address does not take this method."),
    "BadRequest": ("invalid_input", "The request does not have the form that this address takes."),
}


def answered(respond: Callable[[], Response], log: Log) -> Response:
    """Runs a handler; what it refuses or breaks becomes an answer of the one shape."""
    try:
        return respond()
    except errors.CounterlineError as error:
        return refusal(error)
    except Exception as error:  # the edge: nothing may leave without the one shape
        log.failure("unhandled", error)
        return internal()


def refusal(error: errors.CounterlineError) -> Response:
    """The answer to a refusal we know."""
    return _answer(STATUS.get(type(error), 500), error.code, str(error), error.details)


def internal() -> Response:
    """The answer to an error of ours."""
    return _answer(500, errors.CounterlineError.code, errors.CounterlineError.message, {})


def method_not_allowed(allowed: str) -> Response:
    answer = _answer(405, *_CHALICE_CODES["MethodNotAllowedError"], {})
    answer.headers = {**answer.headers, "Allow": allowed}
    return answer


def unsupported_media_type() -> Response:
    return _answer(415, *_CHALICE_CODES["UnsupportedMediaType"], {})


def in_one_shape(response: Any) -> Any:
    """Rewrites what chalice refuses by itself (415, 405); leaves everything else alone."""
    body = getattr(response, "body", None)
    if not isinstance(body, Mapping) or "Code" not in body:
        return response
    code, message = _CHALICE_CODES.get(str(body["Code"]), ("internal", errors.CounterlineError.message))
    ours = _answer(response.status_code, code, message, {})
    ours.headers = {**response.headers, **ours.headers}
    return ours


def _answer(status: int, code: str, message: str, details: dict[str, str | int]) -> Response:
    body = ErrorBody(error=ErrorInfo(code=code, message=message, details=details))
    return Response(
        msgspec.json.encode(body).decode(),
        status_code=status,
        headers={"Content-Type": "application/json", "Cache-Control": "no-store"},
    )
