"""The `activity` topic: visible changes, without content."""

from collections.abc import Sequence

import msgspec

from chalicelib.usecases.ports import Activity

from .clients import client

_LIMIT = 500
"""Activities in one notification: far below the 256 KB of SNS."""


class SnsActivityTopic:
    def __init__(self, arn: str) -> None:
        self._arn = arn

    def publish(self, activities: Sequence[Activity]) -> None:
        for start in range(0, len(activities), _LIMIT):
            client("sns").publish(
                TopicArn=self._arn,
                # Chalice reads both, and the emulator leaves out what was not given.
                Subject="activity",
                MessageAttributes={"kind": {"DataType": "String", "StringValue": "activity"}},
                Message=msgspec.json.encode(activities[start : start + _LIMIT]).decode(),
            )


def read_activities(message: str) -> list[Activity]:
    return msgspec.json.decode(message, type=list[Activity])
