"""P3: CPU per customer's text over all hops, against the natural handler and FastAPI + PostgreSQL in the same run.

Product and natural handler run as warm function processes against a canned local AWS endpoint. The gate is under load,
where CPU counts and the peers are measured too: texts arrive together, and the stream hands BATCH of them on at once
(a text makes two records; app.py takes up to 100). A text that travels alone is measured beside it.

FastAPI's side counts its own process and PostgreSQL's: on a server of one's own both are paid for. What AWS does for
us (API Gateway's HTTP, DynamoDB's work) is on the bill (P7), not here.
"""

import json
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench import environment, fixtures, programs
from bench.canned import Answers
from bench.peers.load import fastapi
from bench.report import Measure

NATURAL_BUDGET, FASTAPI_BUDGET = 0.30, 2.0
ROUNDS, TEXTS, BATCH = 9, 48, 12
Run = Callable[[int], float]
"""Handles so many texts; CPU milliseconds of one."""


def measure() -> list[Measure]:
    why = ""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-cpu-")))
        _, unpacked = environment.built()
        theirs = (environment.peers(), environment.HERE / "peers")
        runs: dict[str, Run] = {}
        for name, module, paths, texts, fixture in (
            ("product", "app", (unpacked,), BATCH, fixtures.product(BATCH)),
            ("alone", "app", (unpacked,), 1, fixtures.product(1)),
            ("natural", "natural_handler", theirs, 1, fixtures.natural()),
        ):
            runs[name] = stack.enter_context(_functions(folder / name, module, paths, texts, *fixture))
        try:
            runs["fastapi"] = stack.enter_context(fastapi())
        except programs.Unavailable as error:
            why = str(error)
        found = _interleaved(runs)
    return _measures(found, why)


def _measures(found: dict[str, float], why: str) -> list[Measure]:
    product = found["product"]
    classic = product / found["fastapi"] if "fastapi" in found else None
    return [
        Measure(
            "p3.ratio_natural",
            "P3 CPU per text in, against the natural handler",
            product / found["natural"],
            NATURAL_BUDGET,
        ),
        Measure("p3.ratio_fastapi", "   against FastAPI + PostgreSQL", classic, FASTAPI_BUDGET, note=why),
        Measure("p3.ms", "   ms, product", product),
        Measure("p3.alone_ms", "   ms, product, a text alone", found["alone"]),
        Measure(
            "p3.alone_ratio_natural", "   a text alone against the natural handler", found["alone"] / found["natural"]
        ),
        Measure("p3.natural_ms", "   ms, natural handler", found["natural"]),
        Measure("p3.fastapi_ms", "   ms, FastAPI + PostgreSQL", found.get("fastapi")),
    ]


def _interleaved(runs: dict[str, Run]) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(ROUNDS + 1):
        for name, run in runs.items():
            milliseconds = run(TEXTS)
            if number:  # the first warms up
                taken[name].append(milliseconds)
    return {name: statistics.median(values) for name, values in taken.items()}


@contextmanager
def _functions(
    folder: Path, module: str, paths: tuple[Path, ...], texts: int, events: fixtures.Events, answers: Answers
) -> Iterator[Run]:
    """`texts`: how many the events are about."""
    folder.mkdir()
    events_file, answers_file = folder / "events.json", folder / "answers.json"
    events_file.write_text(json.dumps(events))
    answers_file.write_text(json.dumps(answers))
    endpoint = subprocess.Popen(
        environment.command(environment.HERE / "canned.py", str(answers_file)), stdout=subprocess.PIPE, text=True
    )
    assert endpoint.stdout
    address = f"http://127.0.0.1:{int(endpoint.stdout.readline())}"
    told = {"AWS_ENDPOINT_URL": address, "WEBSOCKET_API_ENDPOINT": address}
    child = subprocess.Popen(
        environment.command(environment.HERE / "cpu_child.py", module, str(events_file)),
        env=environment.python(*paths) | told,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield lambda wanted: _asked(child, wanted // texts) / texts
    finally:
        for process in (child, endpoint):
            process.terminate()
            process.wait(10)


def _asked(child: subprocess.Popen[str], rounds: int) -> float:
    assert child.stdin
    assert child.stdout
    child.stdin.write(f"{rounds}\n")
    child.stdin.flush()
    return float(child.stdout.readline())
