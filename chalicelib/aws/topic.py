"""The `activity` topic: visible changes, without content."""

from collections.abc import Sequence

import msgspec

from chalicelib.domain.errors import Unavailable
from chalicelib.usecases.ports import Activity

from .clients import client

_LIMIT = 500
"""Activities in one notification: far below the 256 KB of SNS."""


class SnsActivityTopic:
    def __init__(self, arn: str) -> None:
        self._arn = arn

    def publish(self, activities: Sequence[Activity]) -> None:
        """Raises Unavailable."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            for start in range(0, len(activities), _LIMIT):
                self._publish(activities[start : start + _LIMIT])
        except (BotoCoreError, ClientError) as error:
            raise Unavailable from error

    def _publish(self, activities: Sequence[Activity]) -> None:
        client("sns").publish(
            TopicArn=self._arn,
            # Chalice reads both, and the emulator leaves out what was not given.
            Subject="activity",
            MessageAttributes={"kind": {"DataType": "String", "StringValue": "activity"}},
            Message=msgspec.json.encode(activities).decode(),
        )


def read_activities(message: str) -> list[Activity]:
    return msgspec.json.decode(message, type=list[Activity])
