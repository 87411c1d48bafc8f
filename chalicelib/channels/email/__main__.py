"""Shows how a mail is read: `python -m chalicelib.channels.email FILE.eml` (`make read-mail FILE=...`; docs/email.md).

Prints JSON: the newest text, what was folded away, and the header.
"""

import sys
from pathlib import Path

import msgspec

from chalicelib.domain.replies import extract_reply

from .reading import read_mail


def main(path: str) -> None:
    mail = read_mail(Path(path).read_bytes())
    reply = extract_reply(mail.text, mail.html, mail.subject)
    shown = {"newest": reply.newest, "folded": reply.folded, "forwarded": reply.forwarded, "read_from": reply.source}
    shown["mail"] = {**msgspec.structs.asdict(mail), "automatic": mail.signals.automatic, "text": None, "html": None}
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(shown), indent=2) + b"\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m chalicelib.channels.email FILE.eml")
    main(sys.argv[1])
