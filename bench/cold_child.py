"""One cold start, in an interpreter that lives for it alone. Prints what it took as one JSON line.

The argument is a plan (bench/cold.py): what to import, and which parts to make. Timers start when the Lambda runtime's
own modules are in, as on AWS, and stop when the function could take its first event.
"""

import json
import os
import resource
import sys
import time

sys.path[:0] = os.environ["BENCH_PATHS"].split(os.pathsep)

import awslambdaric.bootstrap  # noqa: E402, F401 - what the real runtime has loaded

PLAN = json.loads(sys.argv[1])


def bare() -> None:
    """The yardstick: what any function with a table cannot do without."""
    import boto3

    boto3.client("dynamodb")


def natural() -> None:
    """The peer's module makes its clients at import, as its guides show."""
    import natural_handler  # noqa: F401  its import is what is measured


def product() -> None:
    """The module, the ports the function uses in every good invocation, and the AWS client it always needs."""
    import app

    getattr(app, PLAN["handler"])
    deps = app.deps()  # type: ignore[attr-defined]  # what the triggers are given, though not by this name
    for port in PLAN["ports"]:
        getattr(deps, port)
    for module in PLAN["modules"]:
        __import__(module)
    if PLAN["first"]:
        make(PLAN["first"])
    else:
        deps._table.connection.connection.client  # noqa: B018 - made when first asked for


def make(clients: dict[str, list[str]]) -> None:
    from chalicelib.aws.clients import client

    for service, endpoint in clients.items():
        client(service, *endpoint)


def taken(since: tuple[float, float]) -> dict[str, float]:
    return {"wall": (time.perf_counter() - since[0]) * 1e3, "cpu": (time.process_time() - since[1]) * 1e3}


before, start = len(sys.modules), (time.perf_counter(), time.process_time())
{"bare": bare, "natural": natural, "product": product}[PLAN["kind"]]()
ready = taken(start) | {"modules": len(sys.modules) - before}
if PLAN["kind"] == "product":
    make(PLAN["clients"])
rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({**ready, "rss": rss, "all": taken(start)}))
