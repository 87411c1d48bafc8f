"""What all tests share: the running stack. Under xdist every worker that asks for it starts one of its own."""

from tests.e2e.stack import stack

__all__ = ["stack"]
