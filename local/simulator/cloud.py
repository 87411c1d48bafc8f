"""What the simulated AWS services reach of our account: the bucket of received mail, and the topic of events."""

from typing import Protocol


class CloudUnavailable(Exception):
    """The account does not answer, or refuses."""


class Cloud(Protocol):
    async def store(self, bucket: str, key: str, content: bytes) -> None:
        """Puts an object. Raises CloudUnavailable."""
        ...

    async def publish(self, topic_arn: str, message: str) -> None:
        """Raises CloudUnavailable."""
        ...


class NoCloud:
    """Of a simulator that stands in front of nothing but webhooks."""

    async def store(self, bucket: str, key: str, content: bytes) -> None:
        raise CloudUnavailable("no bucket")

    async def publish(self, topic_arn: str, message: str) -> None:
        raise CloudUnavailable("no topic")
