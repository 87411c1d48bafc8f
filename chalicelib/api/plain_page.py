"""Pages without any script, for customers who come to the webhooks' function: one style, one policy."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from urllib.parse import parse_qsl

from chalice.app import Response

FORM = "application/x-www-form-urlencoded"
READING = ("GET", "HEAD")
_STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--ground:#f4f5f7;--quiet:#57606a;--act:#1f5fbf;--on-act:#fff}
@media (prefers-color-scheme:dark){
:root{--ink:#f0f3f6;--paper:#1c2128;--ground:#0f1318;--quiet:#a9b4c0;--act:#7db3ff;--on-act:#0b1a30}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;background:var(--ground);color:var(--ink);
font:1rem/1.5 system-ui,sans-serif}
main{width:100%;max-width:28rem;padding:2rem;border-radius:.75rem;background:var(--paper);overflow-wrap:anywhere}
h1{margin:0 0 .75rem;font-size:1.375rem;line-height:1.3}
p{margin:0;color:var(--quiet)}
textarea{width:100%;min-height:8rem;margin-top:1rem;padding:.75rem;border:1px solid var(--quiet);border-radius:.5rem;
background:var(--paper);color:var(--ink);font:inherit;resize:vertical}
.wrong{margin-top:1rem;color:var(--ink);font-weight:600}
button{width:100%;margin-top:1.5rem;padding:.75rem;border:0;border-radius:.5rem;background:var(--act);
color:var(--on-act);font:inherit;font-weight:600;cursor:pointer}
button:focus-visible,textarea:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
"""
_POLICY = (
    "default-src 'none'; form-action {forms}; base-uri 'none'; frame-ancestors 'none'; "
    f"style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'"
)


def page(method: str, status: int, heading: str, content: str, *, leads_to: str = "") -> Response:
    """`heading`: text; `content`: HTML; `leads_to`: an origin that its form may end at, by way of us."""
    title = escape(heading)
    html = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{title}</h1>{content}</main></body></html>\n"
    )
    headers: dict[str, str | list[str]] = {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        "Content-Security-Policy": _POLICY.format(forms=f"'self' {leads_to}".rstrip()),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
    return Response("" if method == "HEAD" else html, status_code=status, headers=headers)


def paragraph(words: str) -> str:
    return f"<p>{escape(words)}</p>"


def fields(body: bytes) -> list[tuple[str, str]]:
    """Of an ordinary form, those left empty too."""
    return parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
