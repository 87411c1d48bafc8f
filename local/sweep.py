"""`make sweep`: runs the hourly expiry sweep of the running stack now, or as if it were another time.

    python -m local.sweep [2027-03-01T00:00:00Z]

A time in the future ends conversations that would expire until then, for good: the data is not turned back.
"""

import json
import sys
from datetime import UTC, datetime
from typing import Any

from .clients import EmulatorSession
from .problems import Problem, report
from .running import running_stack

FUNCTION = "counterline-local-sweep"


def main(arguments: list[str]) -> int:
    try:
        at = _instant(arguments[0]) if arguments else None
        session, _ = running_stack()
        print(_told(sweep(session, at), at))
    except Problem as problem:
        print(report(problem), file=sys.stderr)
        return 1
    return 0


def sweep(session: EmulatorSession, at: datetime | None = None) -> dict[str, Any]:
    """What the function answers: `expired` (how many), `finished` (False: call again). Raises Problem."""
    event = _scheduled_event(datetime.now(UTC))
    if at is not None:
        event["at"] = int(at.timestamp() * 1000)
    answer = session.client("lambda").invoke(FunctionName=FUNCTION, Payload=json.dumps(event))
    result: dict[str, Any] = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raise Problem("The sweep failed; see the logs (make logs).", str(result.get("errorMessage", result)))
    return result


def _scheduled_event(now: datetime) -> dict[str, Any]:
    """As EventBridge calls (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html)."""
    return {
        "version": "0",
        "id": "operator",
        "detail-type": "Scheduled Event",
        "source": "counterline.operator",
        "account": "000000000000",
        "time": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": "us-east-1",
        "resources": [],
        "detail": {},
    }


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Problem(f"{text!r} is not a time; write it like AT=2027-03-01T00:00:00Z") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _told(result: dict[str, Any], at: datetime | None) -> str:
    as_of = f"as of {at:%Y-%m-%d %H:%M %Z}" if at else "now"
    more = "" if result.get("finished", True) else " More are waiting: run it again."
    return f"Swept {as_of}: {result.get('expired', 0)} conversation(s) expired.{more}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
