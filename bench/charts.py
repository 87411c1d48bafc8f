"""Draws docs/img/*.svg from build/bench.json: `python -m bench.charts`. Readable on light and dark pages."""

import json
from collections.abc import Sequence
from pathlib import Path

from bench.cold import BUDGET, FUNCTIONS
from bench.report import FILE

OUT = Path(__file__).resolve().parent.parent / "docs" / "img"
ANCHORS = {"natural way": (16.8, 50.3), "best seen": (7.3, 12.4)}
"""Dollars per million in and out, from the anchors of the performance budgets (docs/performance.md)."""
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #424a53 } .title { font-weight: 600; font-size: 15px }
.ours { fill: #1a7f64; stroke: #1a7f64 } .peer { fill: #8c959f; stroke: #8c959f } .limit { stroke: #cf222e }
line { stroke-width: 1.5 } .limit { stroke-dasharray: 5 4 } .limit-text { fill: #cf222e } .axis { stroke: #8c959f }
@media (prefers-color-scheme: dark) {
  text { fill: #c9d1d9 } .ours { fill: #3fb98f; stroke: #3fb98f }
  .limit { stroke: #ff7b72 } .limit-text { fill: #ff7b72 }
}
"""
Bar = tuple[str, float, str]
"""Label, value, class."""


def main() -> None:
    found = json.loads(FILE.read_text())
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "cold-start.svg").write_text(_cold(found))
    (OUT / "cost.svg").write_text(_cost(found))
    (OUT / "growth.svg").write_text(_growth(found))


def _cold(found: dict[str, float]) -> str:
    bars: list[Bar] = [("bare boto3 + DynamoDB client", 1.0, "peer"), ("natural handler", found["p1.natural"], "peer")]
    bars += [(name, found[f"p1.{name}"], "ours") for name in FUNCTIONS]
    return _bars("Cold init (CPU) against a bare boto3 client", bars, "{:.2f}", BUDGET)


def _cost(found: dict[str, float]) -> str:
    bars: list[Bar] = []
    for place, way in enumerate(("in", "out")):
        bars.append((f"{way}: each alone", found[f"p7.{way}_usd"], "ours"))
        bars.append((f"{way}: ten at a time", found[f"p7.{way}_together_usd"], "ours"))
        bars += [(f"{way}: {name}", dollars[place], "peer") for name, dollars in ANCHORS.items()]
    return _bars("Dollars per million texts, with callbacks and push", bars, "${:.1f}", None)


def _bars(title: str, bars: Sequence[Bar], shown: str, limit: float | None) -> str:
    left, width, step = 215, 380, 24
    scale, bottom = width / max(value for _, value, _ in bars), 44 + step * len(bars)
    parts = [f'<text class="title" x="8" y="22">{title}</text>']
    for number, (label, value, kind) in enumerate(bars):
        y = 40 + step * number
        parts.append(f'<text x="{left - 8}" y="{y + 13}" text-anchor="end">{label}</text>')
        parts.append(f'<rect class="{kind}" x="{left}" y="{y}" width="{value * scale:.1f}" height="16" rx="2"/>')
        parts.append(f'<text x="{left + value * scale + 6:.1f}" y="{y + 13}">{shown.format(value)}</text>')
    if limit is not None:
        x = left + limit * scale
        parts.append(f'<line class="limit" x1="{x:.1f}" x2="{x:.1f}" y1="34" y2="{bottom}"/>')
        parts.append(f'<text class="limit-text" x="{x + 4:.1f}" y="{bottom + 10}">budget {limit:g}</text>')
    return _svg(left + width + 60, bottom + 18, parts)


def _growth(found: dict[str, float]) -> str:
    """Flat lines are the point."""
    sizes = sorted(int(key.split("_")[1]) for key in found if key.startswith("p10.at_") and key.endswith("_wcu"))
    lines = [("requests", "AWS requests"), ("wcu", "write units"), ("rcu", "read units")]
    top = max(found[f"p10.at_{size}_{kind}"] for size in sizes for kind, _ in lines)
    left, width, height = 60, 420, 200
    parts = ['<text class="title" x="8" y="22">A text in, a text out and three pages, against size</text>']
    parts.append(f'<line class="axis" x1="{left}" x2="{left + width}" y1="{height + 40}" y2="{height + 40}"/>')
    xs = [left + 30 + (width - 60) * place / max(1, len(sizes) - 1) for place in range(len(sizes))]
    parts += [
        f'<text x="{x:.0f}" y="{height + 60}" text-anchor="middle">{size:,}</text>'
        for x, size in zip(xs, sizes, strict=True)
    ]
    for kind, label in lines:
        ys = [height + 40 - height * found[f"p10.at_{size}_{kind}"] / top * 0.9 for size in sizes]
        path = " ".join(f"{x:.0f},{y:.1f}" for x, y in zip(xs, ys, strict=True))
        parts.append(f'<polyline class="ours" style="fill: none" points="{path}"/>')
        parts += [f'<circle class="ours" cx="{x:.0f}" cy="{y:.1f}" r="3"/>' for x, y in zip(xs, ys, strict=True)]
        value = found[f"p10.at_{sizes[-1]}_{kind}"]
        parts.append(f'<text x="{xs[-1] + 12:.0f}" y="{ys[-1] + 4:.1f}">{value:g} {label}</text>')
    parts.append(f'<text x="{left + width / 2}" y="{height + 80}" text-anchor="middle">items of each kind</text>')
    return _svg(left + width + 110, height + 92, parts)


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img">'
    return "\n".join([head, f"<style>{STYLE}</style>", *parts, "</svg>", ""])


if __name__ == "__main__":
    main()
