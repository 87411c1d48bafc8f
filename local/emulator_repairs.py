"""What we mend in the emulator (ministack 1.5.33), each with its reason. tests/e2e shows that each is needed."""

import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

UNREAD = "counterline_unread_stream_records"
"""Our entry in the saved state of its DynamoDB."""


def keep_function_logs(path: Path) -> None:
    """Writes what functions print to a file that people can follow.

    The emulator would keep it in memory, one log stream per call for ever, and in its saved state.
    """
    from ministack.services import lambda_svc

    lock = threading.Lock()

    def emit(func: dict[str, Any], request_id: str, log_text: str, error: bool, duration_ms: int, **_: Any) -> None:
        name = (func.get("config") or func).get("FunctionName", "unknown")
        outcome = "failed" if error else "done"
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        head = f"{at} {name} {outcome} in {duration_ms} ms ({request_id})\n"
        body = "".join(f"    {line}\n" for line in (log_text or "").splitlines())
        with lock, path.open("a", encoding="utf-8") as file:
            file.write(head + body)

    lambda_svc._emit_lambda_logs = emit


def wait_less_for_output() -> None:
    """After every call the emulator waits 50 ms for a first line of output. Ours is there when the call ends."""
    from ministack.core.lambda_runtime import Worker

    first_line, idle, longest = 0.005, 0.002, 0.25
    Worker._drain_stderr_bounded.__defaults__ = (first_line, idle, longest)


def keep_unread_stream_records() -> None:
    """Saves the stream records that no function has read yet, and how many came before them.

    The emulator saves how far functions have read, but forgets the streams: after a restart it would skip as many
    new records as were read before, and texts would stay queued.
    """
    from ministack.services import dynamodb

    save, restore = dynamodb.get_state, dynamodb.load_persisted_state

    def get_state() -> dict[str, Any]:
        return {**save(), UNREAD: _unread(dynamodb)}

    def load_persisted_state(data: dict[str, Any]) -> None:
        unread = data.pop(UNREAD, [])
        restore(data)
        for account, region, table, position, records in unread:
            dynamodb._stream_trimmed.set_scoped(account, region, table, position)
            dynamodb._stream_records.set_scoped(account, region, table, records)

    dynamodb.get_state, dynamodb.load_persisted_state = get_state, load_persisted_state


def _unread(dynamodb: Any) -> list[list[Any]]:
    """Per stream: account, region, table, position of the first unread record, the unread records."""
    found: list[list[Any]] = []
    for (account, region, table), records in dynamodb._stream_records.all_items():
        trimmed = dynamodb._stream_trimmed.get_scoped(account, region, table, 0)
        position = min(_positions(account, region, table), default=trimmed + len(records))
        found.append([account, region, table, position, records[max(0, position - trimmed) :]])
    return found


def _positions(account: str, region: str, table: str) -> list[int]:
    """How far each function has read a table's stream."""
    from ministack.services import lambda_svc

    return [
        lambda_svc._dynamodb_stream_positions.get_scoped(account, region, mapping["UUID"], 0)
        for (owner, place, _), mapping in lambda_svc._esms.all_items()
        if (owner, place) == (account, region) and f":table/{table}/stream/" in mapping.get("EventSourceArn", "")
    ]


def authorize_batches_as_aws_does() -> None:
    """To send a batch takes the right to send: SQS knows no action of its own for batches, the emulator does.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html
    """
    from ministack.core import iam_actions

    named = iam_actions.extract_iam_action

    def extract_iam_action(service: str, *request: Any) -> str | None:
        action: str | None = named(service, *request)
        return action.removesuffix("Batch") if action and service == "sqs" else action

    iam_actions.extract_iam_action = extract_iam_action


def tell_policies_what_is_copied() -> None:
    """A policy may ask where a copy comes from: the emulator does not say.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
    """
    from ministack.core import iam_actions

    known = iam_actions._s3_object_context

    def context(action: str, query: dict[str, Any], path: str, headers: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = known(action, query, path, headers)
        source = headers.get("x-amz-copy-source")
        return found | {"s3:x-amz-copy-source": source} if source and action == "s3:PutObject" else found

    iam_actions._s3_object_context = context
