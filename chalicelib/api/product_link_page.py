"""Behind a link to a product (N4, H22): on to its page in the shop, and never anywhere else."""

from chalice.app import Response

from chalicelib.domain.errors import NotFound, Unavailable
from chalicelib.usecases.link_product import follow_link
from chalicelib.wiring import Dependencies

from . import errors
from .plain_page import READING, page, paragraph

WORDS = {
    "nothing": "This link leads nowhere",
    "instead": "It may have been typed wrongly, or it is older than a year. Please ask the store for a new one.",
    "busy": "This page cannot be reached",
    "later": "Please try again in a moment.",
}


def answer(method: str, code: str, ports: Dependencies) -> Response:
    """A page for people, or the way to the product. HEAD is what programs ask: it is not counted."""
    if method not in READING:
        return errors.method_not_allowed(", ".join(READING))
    try:
        target = follow_link(code, ports, counted=method == "GET")
    except NotFound:
        return page(method, 404, WORDS["nothing"], paragraph(WORDS["instead"]))
    except Unavailable:
        return page(method, 503, WORDS["busy"], paragraph(WORDS["later"]))
    headers: dict[str, str | list[str]] = {
        "Location": target,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }
    return Response("", status_code=302, headers=headers)
