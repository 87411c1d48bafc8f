"""Reads a dead letter queue without losing anything: what is looked at is hidden for a moment, then given back."""

from collections.abc import Iterator
from typing import Any

from infra.dead_letters.letters import Letter, Queue, letter

_BATCH = 10
_HIDDEN = 60
"""Seconds for which a letter that was read stays with its reader; if the reader dies it comes back by itself."""


class Shelf:
    """One dead letter queue. `outputs`: of the CloudFormation stack."""

    def __init__(self, queue: Queue, sqs: Any, outputs: dict[str, str]) -> None:
        self.queue = queue
        self._sqs = sqs
        self._url = outputs[_URL[queue]]
        self._held: dict[str, Letter] = {}

    def count(self) -> int:
        """Roughly: SQS does not say it exactly."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self._sqs.get_queue_attributes(QueueUrl=self._url, AttributeNames=names)["Attributes"]
        return sum(int(found[name]) for name in names)

    def letters(self) -> Iterator[list[Letter]]:
        """Each letter once, in batches, in the order of the queue. End with `give_back`.

        Of a FIFO queue SQS shows the first ten of each conversation, and the next ones when those are deleted.
        """
        seen: set[str] = set()
        while True:
            answer = self._sqs.receive_message(
                QueueUrl=self._url, MaxNumberOfMessages=_BATCH, AttributeNames=["All"], VisibilityTimeout=_HIDDEN
            )
            batch = [letter(self.queue, entry) for entry in answer.get("Messages", [])]
            self._held |= {each.id: each for each in batch}
            fresh = [each for each in batch if each.id not in seen]
            if not fresh:
                return
            seen |= {each.id for each in fresh}
            yield fresh

    def delete(self, found: Letter) -> None:
        self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=found.receipt)
        self._held.pop(found.id, None)

    def give_back(self) -> None:
        """Everything that was read and not deleted, at once."""
        held, self._held = list(self._held.values()), {}
        for found in held:
            self._sqs.change_message_visibility(QueueUrl=self._url, ReceiptHandle=found.receipt, VisibilityTimeout=0)


_URL = {
    Queue.INBOUND: "InboundDeadLettersUrl",
    Queue.OUTBOUND: "OutboundDeadLettersUrl",
    Queue.STREAM: "FanOutFailuresUrl",
}
