"""What whole sentences ask for: "please stop texting me" opts out as STOP does (X6; docs/consent.md)."""

from .recognition import LONGEST, asks_to_stop

__all__ = ["LONGEST", "asks_to_stop"]
