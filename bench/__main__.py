"""`make bench`: measures everything, prints one table with budgets and verdicts, writes build/bench.json.

python -m bench [PART ...] [--rounds N] [--million]      PART: cold counts scale cost cpu endtoend web
python -m bench --document                               last figures and charts into docs/
"""

import argparse
import os
import sys
import time
from collections.abc import Callable

from bench import charts, environment, report
from bench.report import Measure


def cold(options: argparse.Namespace) -> list[Measure]:
    from bench import cold

    return cold.measure(options.rounds)


def counts(options: argparse.Namespace) -> list[Measure]:
    from bench import counts

    return counts.measure((*counts.SIZES, counts.LARGEST) if options.million else counts.SIZES)


def scale(options: argparse.Namespace) -> list[Measure]:
    from bench import scale

    return scale.measure()


def cost(options: argparse.Namespace) -> list[Measure]:
    from bench import cost

    return cost.measure()


def cpu(options: argparse.Namespace) -> list[Measure]:
    from bench import cpu

    return cpu.measure()


def endtoend(options: argparse.Namespace) -> list[Measure]:
    from bench import endtoend

    return endtoend.measure()


def web(options: argparse.Namespace) -> list[Measure]:
    from bench import web

    return web.measure()


PARTS: dict[str, Callable[[argparse.Namespace], list[Measure]]] = {
    "cold": cold,
    "cpu": cpu,
    "counts": counts,
    "cost": cost,
    "scale": scale,
    "endtoend": endtoend,
    "web": web,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="only these")
    parser.add_argument("--rounds", type=int, default=15, help="of cold starts")
    parser.add_argument("--million", action="store_true", help="counts also at a million items of each kind")
    parser.add_argument("--document", action="store_true", help="only put the last figures into docs/performance.md")
    options = parser.parse_args()
    if options.document:
        report.document(PARTS)
        charts.main()
        return 0
    os.environ.update(environment.SETTINGS)
    measures: list[Measure] = []
    for name in options.parts or PARTS:
        started = time.monotonic()
        found = PARTS[name](options)
        measures += found
        report.write(name, found)
        print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr)
    print(report.table(measures))
    missed = [measure.key for measure in measures if measure.verdict == "MISSED"]
    print(f"\n{len(measures)} measures, {len(missed)} over budget{': ' if missed else ''}{', '.join(missed)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
