"""What stops a local run, told to the person at the keyboard in one sentence."""


class Problem(Exception):
    """The message is one clear sentence with what to do. `detail`: the last lines of a tool, if one failed."""

    def __init__(self, sentence: str, detail: str = "") -> None:
        super().__init__(sentence)
        self.detail = detail


def report(problem: Problem) -> str:
    """The problem as printed: detail first, so that the sentence is the last thing on the screen."""
    indented = "".join(f"    {line}\n" for line in problem.detail.splitlines())
    return f"\n{indented}\n{problem}" if indented else f"\n{problem}"
