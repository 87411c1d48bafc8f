"""P1 and P2: cold init of every function from the built zip, against a bare boto3 + DynamoDB client in the same run.

Counted is CPU time: a start computes and waits for nothing, and on a shared machine the wall's clock mostly shows what
others do (it is told beside). From the runtime's own modules being in, to the function's being ready for an event: its
module with its routes and triggers, the ports and adapters it uses in every good invocation, and its client for the
table (fan_out: for the queue, websocket_message: for the sockets, which are what they need each time). Other AWS
clients it may need in its first minute are told beside. The yardstick is boto3 as pip installs it.
"""

import json
import statistics
import subprocess
from pathlib import Path
from typing import Any

from bench import environment
from bench.report import Measure

CHILD = Path(__file__).with_name("cold_child.py")
ROUNDS = 15
BUDGET, ZIP_MB, UNZIPPED_MB = 0.85, 4, 16
_SOCKETS = {"apigatewaymanagementapi": ["https://sockets.example.test"]}
FUNCTIONS: dict[str, tuple[list[str], list[str], dict[str, list[str]]]] = {
    # name: ports made in every good invocation, modules imported by it, AWS clients besides the first
    "api_handler": (["directory", "conversations"], [], {"ssm": []}),
    "webhooks": (
        ["directory", "conversations", "channels"],
        ["chalicelib.api.function_url", "chalicelib.channels.twilio"],
        {"ssm": []},
    ),
    "provider_events": (
        ["directory", "conversations", "channels"],
        ["chalicelib.usecases.take_provider_event"],
        {"ssm": []},
    ),
    "media": (
        ["directory", "conversations", "messages", "channels", "downloads", "files"],
        ["chalicelib.usecases.take_media_job", "chalicelib.channels.twilio"],
        {"ssm": []},
    ),
    "inbound": (["directory", "conversations"], [], {}),
    "outbound": (
        ["directory", "messages", "channels", "references", "http"],
        ["chalicelib.channels.twilio", "itsdangerous"],
        {"ssm": []},
    ),
    "fan_out": (["outbound"], ["chalicelib.store.stream"], {}),
    "push": (["directory", "sockets", "pusher"], ["chalicelib.store.stream"], _SOCKETS),
    "sweep": (["directory", "conversations"], [], {}),
    "due": (["messages"], ["chalicelib.usecases.resolve_unknown"], {}),
    "websocket_connect": (["directory", "references", "sockets"], ["itsdangerous"], {"ssm": []}),
    "websocket_message": (["pusher"], [], {}),
    "websocket_disconnect": (["sockets"], [], {}),
}
FIRST = {"fan_out": {"sqs": []}, "websocket_message": _SOCKETS}
"""The AWS client of every invocation, where it is not DynamoDB's."""
Sample = dict[str, Any]
Pair = tuple[Sample, Sample]
"""A start, and the yardstick's right after it: what else the machine does hits both alike."""


def measure(rounds: int = ROUNDS) -> list[Measure]:
    archive, unpacked = environment.built()
    samples = _samples(unpacked, rounds)
    natural = samples.pop("natural")
    ratios = {name: _ratio(pairs, "cpu") for name, pairs in samples.items()}
    worst = max(ratios, key=lambda name: ratios[name])
    measures = [Measure("p1.max_ratio", "P1 cold init, slowest function (CPU)", ratios[worst], BUDGET, note=worst)]
    measures += [Measure(f"p1.{name}", f"   {name}", ratio, BUDGET) for name, ratio in ratios.items()]
    measures += [
        Measure("p1.max_wall_ratio", "   slowest by the clock on the wall", _worst(samples, "wall")),
        Measure(
            "p1.max_ratio_all_clients", "   slowest with all AWS clients it may need", _worst(samples, "all", "cpu")
        ),
        Measure("p1.natural", "   the natural handler", _ratio(natural, "cpu")),
    ]
    return [*measures, *_around(samples, rounds), *_sizes(archive, unpacked)]


def _around(samples: dict[str, list[Pair]], rounds: int) -> list[Measure]:
    bare = [yardstick for pairs in samples.values() for _, yardstick in pairs]
    ours = [[sample for sample, _ in pairs] for pairs in samples.values()]
    return [
        Measure("p1.bare_ms", "   bare boto3 + DynamoDB client, ms of CPU", _median(bare, "cpu")),
        Measure("p1.modules", "   modules loaded (most)", max(_median(found, "modules") for found in ours)),
        Measure("p1.bare_modules", "   modules loaded by bare boto3", _median(bare, "modules")),
        Measure("p1.rss_mb", "   resident memory, MB (most)", max(_median(found, "rss") for found in ours)),
        Measure("p1.bare_rss_mb", "   resident memory of bare boto3, MB", _median(bare, "rss")),
        Measure("p1.rounds", "   interleaved rounds", float(rounds)),
    ]


def _samples(unpacked: Path, rounds: int) -> dict[str, list[Pair]]:
    """One round more than counted warms the disk."""
    runtime, peers = environment.runtime(), environment.peers()
    ours, theirs = (unpacked, runtime), (peers, environment.HERE / "peers", runtime)
    plans: dict[str, tuple[tuple[Path, ...], Sample]] = {"natural": (theirs, {"kind": "natural"})}
    for name, (ports, modules, clients) in FUNCTIONS.items():
        handler = "app" if name == "api_handler" else name
        plan = {"kind": "product", "handler": handler, "ports": ports, "modules": modules, "clients": clients}
        plans[name] = (ours, plan | {"first": FIRST.get(name)})
    pairs: dict[str, list[Pair]] = {name: [] for name in plans}
    for number in range(rounds + 1):
        for name, (paths, plan) in plans.items():
            pair = (_start(paths, plan), _start(theirs, {"kind": "bare"}))
            if number:
                pairs[name].append(pair)
    return pairs


def _start(paths: tuple[Path, ...], plan: Sample) -> Sample:
    told = environment.python(*paths) | {"_HANDLER": f"app.{plan.get('handler', 'app')}"}
    done = subprocess.run(environment.command(CHILD, json.dumps(plan)), env=told, capture_output=True, check=True)
    found: Sample = json.loads(done.stdout.splitlines()[-1])
    return found


def _ratio(pairs: list[Pair], *path: str) -> float:
    """The median of the pairs' ratios."""
    return statistics.median(_value(sample, *path) / _value(bare, path[-1]) for sample, bare in pairs)


def _worst(samples: dict[str, list[Pair]], *path: str) -> float:
    return max(_ratio(pairs, *path) for pairs in samples.values())


def _median(samples: list[Sample], name: str) -> float:
    return statistics.median(_value(sample, name) for sample in samples)


def _value(sample: Sample, *path: str) -> float:
    found: Any = sample
    for name in path:
        found = found[name]
    return float(found)


def _sizes(archive: Path, unpacked: Path) -> list[Measure]:
    unzipped = sum(path.stat().st_size for path in unpacked.rglob("*") if path.is_file())
    return [
        Measure("p2.zip_mb", "P2 deployment zip, MB", archive.stat().st_size / 1e6, ZIP_MB),
        Measure("p2.unzipped_mb", "   unzipped, MB", unzipped / 1e6, UNZIPPED_MB),
    ]
