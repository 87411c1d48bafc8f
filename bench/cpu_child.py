"""A warm function process: for each number read, handles the events so often and prints the CPU milliseconds of one
round. Each event comes as JSON text and leaves as JSON text, as through the Lambda runtime."""

import json
import os
import sys
import time
from pathlib import Path

sys.path[:0] = os.environ["BENCH_PATHS"].split(os.pathsep)

EVENTS: list[list[str]] = json.loads(Path(sys.argv[2]).read_text())
"""Name of the handler, event."""


def handlers() -> dict[str, object]:
    module = __import__(sys.argv[1])
    return {name: getattr(module, name) for name, _ in EVENTS}


def handle(functions: dict[str, object]) -> None:
    for name, text in EVENTS:
        answer = functions[name](json.loads(text), None)  # type: ignore[operator]  # a handler
        json.dumps(answer)
        failed = answer.get("batchItemFailures") or answer.get("statusCode", 200) >= 300 if answer else False
        if failed:
            raise RuntimeError(f"{name}: {answer}")


known = handlers()
for line in sys.stdin:
    rounds = int(line)
    started = time.process_time()
    for _ in range(rounds):
        handle(known)
    print((time.process_time() - started) * 1e3 / rounds, flush=True)
