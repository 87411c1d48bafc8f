"""Every boundary of every handler x every fault. `boundaries.txt` is the list of boundaries.

`make simulation-boundaries` writes the list anew; the test fails when it is another than what is written.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from .faults import KINDS, Fault, Faults, OneFault
from .scenes import SCENES, Scene, play
from .schedule import Result, finished
from .story import Story

LIST = Path(__file__).with_name("boundaries.txt")
MOST_CALLS = 100


class _Watching(Faults):
    """Breaks nothing; remembers the calls of the first worker of that name after the start."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._seen = name, None
        self.calls: list[str] = []

    def next(self, worker, call):  # type: ignore[no-untyped-def]  # as its parent
        if self.on and worker.name == self._name and self._seen in (None, worker):
            self._seen = worker
            self.calls.append(call.name)


def boundaries() -> Iterator[tuple[str, Scene, int, str]]:
    """(worker, scene, place of the call, its name)."""
    for name, scenes in SCENES.items():
        for scene in scenes:
            watching = _Watching(name)
            story = Story(faults=watching)
            play(scene, story)
            for place, call in enumerate(watching.calls[:MOST_CALLS]):
                yield name, scene, place, call


def line(name: str, scene: Scene, place: int, call: str) -> str:
    return f"{name} / {scene.__name__} / {place + 1} {call}"


def break_at(name: str, scene: Scene, place: int, fault: Fault, seed: int = 0) -> Result:
    """The scene with one fault at one call."""
    one = OneFault(name, place, fault)
    story = Story(seed, one)
    return finished(story.world, seed, one, lambda: play(scene, story))


def run_all() -> Iterator[tuple[str, Result]]:
    for name, scene, place, call in boundaries():
        for fault in (*KINDS, Fault.REPEATED):
            yield f"{line(name, scene, place, call)} x {fault}", break_at(name, scene, place, fault)


def current() -> str:
    return "".join(line(*boundary) + "\n" for boundary in boundaries())


if __name__ == "__main__":
    LIST.write_text(current(), "utf-8")
    sys.stdout.write(f"{LIST.name}: {len(LIST.read_text('utf-8').splitlines())} boundaries\n")
