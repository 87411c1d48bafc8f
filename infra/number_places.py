"""Writes chalicelib/domain/number_places.py: where telephone numbers are, from the data of libphonenumber.

`python -m infra.number_places FOLDER`, where FOLDER holds the unpacked `phonenumbers` package of PyPI (the one with the
geographic data, which the functions do without): its maps from prefixes to time zones and to the names of regions.
"""

import importlib
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "chalicelib" / "domain" / "number_places.py"
STATES = {
    "Alabama": "AL", "Alaska": "AK", "Arizona": "AZ", "Arkansas": "AR", "California": "CA", "Colorado": "CO",
    "Connecticut": "CT", "Delaware": "DE", "Washington D.C.": "DC", "Florida": "FL", "Georgia": "GA", "Hawaii": "HI",
    "Idaho": "ID", "Illinois": "IL", "Indiana": "IN", "Iowa": "IA", "Kansas": "KS", "Kentucky": "KY",
    "Louisiana": "LA", "Maine": "ME", "Maryland": "MD", "Massachusetts": "MA", "Michigan": "MI", "Minnesota": "MN",
    "Mississippi": "MS", "Missouri": "MO", "Montana": "MT", "Nebraska": "NE", "Nevada": "NV", "New Hampshire": "NH",
    "New Jersey": "NJ", "New Mexico": "NM", "New York": "NY", "North Carolina": "NC", "North Dakota": "ND",
    "Ohio": "OH", "Oklahoma": "OK", "Oregon": "OR", "Pennsylvania": "PA", "Rhode Island": "RI",
    "South Carolina": "SC", "South Dakota": "SD", "Tennessee": "TN", "Texas": "TX", "Utah": "UT", "Vermont": "VT",
    "Virginia": "VA", "Washington State": "WA", "Washington": "WA", "West Virginia": "WV", "Wisconsin": "WI",
    "Wyoming": "WY", "Puerto Rico": "PR",
}  # fmt: skip
PROVINCES = {
    "Alberta", "British Columbia", "Manitoba", "New Brunswick", "Newfoundland and Labrador", "Nova Scotia", "Ontario",
    "Prince Edward Island", "Quebec", "Saskatchewan", "Canada",
}  # fmt: skip
NANP = "1"


def zones_by_prefix(timezones: Mapping[str, tuple[str, ...]]) -> dict[tuple[str, ...], list[str]]:
    """Area codes of the North American plan and country calling codes, by all zones that any of their numbers has."""
    zones: dict[str, set[str]] = defaultdict(set)
    calling = {prefix for prefix in timezones if len(prefix) <= 3 and not prefix.startswith(NANP)}
    for prefix, found in timezones.items():
        place = prefix[:4] if prefix.startswith(NANP) else _country(prefix, calling)
        if len(place) == 4 or not prefix.startswith(NANP):
            zones[place].update(found)
    grouped: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for place in sorted(zones):
        grouped[tuple(sorted(zones[place]))].append(place)
    return grouped


def _country(prefix: str, calling: set[str]) -> str:
    """The shortest prefix that the map knows is the country's."""
    return next(prefix[:length] for length in (1, 2, 3) if prefix[:length] in calling)


def regions(names: Mapping[str, Mapping[str, str]]) -> dict[str, list[str]]:
    """Area codes by state of the US, and `CA` for Canada. Where an area code has no name, its exchanges tell:
    "Bridgeport, CT"."""
    found: dict[str, set[str]] = defaultdict(set)
    for prefix, by_language in sorted(names.items()):
        if prefix.startswith(NANP) and len(prefix) >= 4 and (region := _region(by_language.get("en", ""))):
            found[prefix[:4]].add(region)
    grouped: dict[str, list[str]] = defaultdict(list)
    for area_code, several in sorted(found.items()):
        for region in several:
            grouped[region].append(area_code)
    return dict(sorted(grouped.items()))


def _region(name: str) -> str | None:
    if name in PROVINCES:
        return "CA"
    code = STATES.get(name) or name.rpartition(", ")[2]
    return f"US-{code}" if code in STATES.values() else None


def _wrapped(items: Iterable[str]) -> str:
    lines, line = [], ""
    for item in items:
        if len(line) + len(item) > 100:
            lines.append(line.strip())
            line = ""
        line += f"{item} "
    return "\n".join(f'        "{each} "' for each in [*lines, line.strip()])


def _table(grouped: Iterable[tuple[str, Iterable[str]]]) -> str:
    return "".join(f'    "{key}": (\n{_wrapped(found)}\n    ),\n' for key, found in grouped)


def written(version: str, timezones: Mapping[str, tuple[str, ...]], names: Mapping[str, Mapping[str, str]]) -> str:
    """The module."""
    zones = ((" ".join(key), found) for key, found in sorted(zones_by_prefix(timezones).items()))
    return f'''"""Where telephone numbers are: zones and regions by prefix. Data only; made by infra/number_places.py.

From libphonenumber {version} (https://github.com/google/libphonenumber, resources/timezones and resources/geocoding;
copyright The Libphonenumber Authors, Apache License 2.0), reduced to countries and, in the North American plan, to area
codes (`1` and three digits). Numbers move with their owners: a prefix has every zone that any of its numbers has.
"""
# ruff: noqa: E501 - where a country has many zones, so has a line

ZONES = {{
{_table(zones)}}}
"""IANA time zones, separated by blanks: the prefixes whose numbers are in them."""

REGIONS = {{
{_table(regions(names).items())}}}
"""`US-` and the state, or `CA`: its area codes."""
'''


def _load(folder: Path) -> tuple[str, Any, dict[str, Any]]:
    sys.path.insert(0, str(folder))
    package = importlib.import_module("phonenumbers")
    timezones = importlib.import_module("phonenumbers.tzdata").TIMEZONE_DATA
    parts = sorted((folder / "phonenumbers" / "geodata").glob("data*.py"))
    names: dict[str, Any] = {}
    for part in parts:
        names |= importlib.import_module(f"phonenumbers.geodata.{part.stem}").data
    return str(package.__version__), timezones, names


if __name__ == "__main__":
    TARGET.write_text(written(*_load(Path(sys.argv[1]))), "utf-8")
    sys.stdout.write(f"{TARGET.name}: {len(TARGET.read_text('utf-8'))} characters\n")
