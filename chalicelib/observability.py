"""One JSON line per event on standard output, as CloudWatch Logs Insights reads it. Ids, codes and counts only."""

import json
import sys
import time


class JsonLog:
    """The `Log` port. Never hand it names, addresses or bodies: invariant I14 is checked over every line."""

    def info(self, event: str, **fields: str | int | None) -> None:
        self._write("INFO", event, fields)

    def warning(self, event: str, **fields: str | int | None) -> None:
        self._write("WARNING", event, fields)

    def failure(self, event: str, error: BaseException) -> None:
        """Type and place of an error; its text could quote a customer."""
        self._write("ERROR", event, {"error": type(error).__name__, "at": _place(error)})

    def _write(self, level: str, event: str, fields: dict[str, str | int | None]) -> None:
        line = {"time": int(time.time() * 1000), "level": level, "event": event, **fields}
        sys.stdout.write(json.dumps(line) + "\n")


def _place(error: BaseException) -> str:
    """`module.function:line` from the innermost frame of ours outwards, four at most."""
    frames: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if "chalicelib" in code.co_filename or code.co_filename.endswith("app.py"):
            frames.append(f"{code.co_qualname}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " < ".join(reversed(frames[-4:]))
