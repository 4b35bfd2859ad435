"""Small maps of Ukraine drawn on the server: outlines of regions, points, and the thread between them.

No tile server, no script, no style of their own: classes `map-land`, `map-here`, `map-point`, `map-thread`,
`map-label`, and `basted` on a thread that is only ahead. A hromada is shown by its centre, never closer.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hromadkit import places
from pobratym.territory.models import CommunityAbroad, Unit

# Degrees: the frame of the country with a margin.
WEST, EAST, SOUTH, NORTH = 21.6, 40.8, 44.0, 52.7
# A degree of longitude is so much of one of latitude in the middle of the country.
SQUEEZE = math.cos(math.radians(48.4))
# Units of the drawing; its text keeps one size, so a wide map has more units, not bigger letters.
SMALL, WIDE = 320, 720
POINT = 5
MARGIN = 12

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A point with its label; a place abroad outside the frame stands on its edge."""

    name: str
    about: str
    region: str
    place: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Frame:
    """Turns latitude and longitude into units of the drawing."""

    width: int

    @property
    def height(self) -> int:
        """Height that keeps distances alike in both directions."""
        return round(self.width * (NORTH - SOUTH) / ((EAST - WEST) * SQUEEZE))

    def spot(self, place: tuple[float, float]) -> Spot:
        """Where the place is drawn, also outside of the frame."""
        lat, lon = place
        across, down = (lon - WEST) / (EAST - WEST), (NORTH - lat) / (NORTH - SOUTH)
        return round(across * self.width, 1), round(down * self.height, 1)

    def inside(self, spot: Spot) -> Spot:
        """The spot itself, or where the way to it from the middle leaves the frame."""
        middle = self.width / 2, self.height / 2
        away = spot[0] - middle[0], spot[1] - middle[1]
        reach = max(abs(away[0]) / (middle[0] - MARGIN), abs(away[1]) / (middle[1] - MARGIN), 1)
        return round(middle[0] + away[0] / reach, 1), round(middle[1] + away[1] / reach, 1)


def draw(
    units: Sequence[Unit | CommunityAbroad],
    *,
    thread: bool = False,
    basted: bool = False,
    wide: bool = False,
    links: Mapping[str, str] | None = None,
) -> SafeString:
    """Draw the country with these places marked and, with `thread`, joined in their order.

    `basted` is a thread that is only ahead; `links` leads from regions' codes to addresses.
    """
    marks = tuple(_mark(unit) for unit in units)
    linked = tuple(sorted((links or {}).items()))
    width = WIDE if wide else SMALL
    return _drawn(Drawing(marks, thread, basted, width, linked, get_language() or "uk"))


def _mark(unit: Unit | CommunityAbroad) -> Mark:
    if isinstance(unit, CommunityAbroad):
        return Mark(unit.spoken_name, unit.everyday_name, "", unit.point)
    # An oblast is its outline; a point would stand for its seat.
    place = None if unit.pk == unit.region_code and unit.oblast_id is None and not unit.is_community else unit.point
    return Mark(unit.spoken_name, unit.everyday_name, unit.region_code, place)


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that a map is made of; the language too, because its labels and words are."""

    marks: tuple[Mark, ...]
    thread: bool
    basted: bool
    width: int
    links: tuple[tuple[str, str], ...]
    language: str


# One process draws the same few maps again and again.
@lru_cache(maxsize=256)
def _drawn(drawing: Drawing) -> SafeString:
    frame = Frame(drawing.width)
    here = {mark.region for mark in drawing.marks}
    spots = [(mark, frame.inside(frame.spot(mark.place))) for mark in drawing.marks if mark.place is not None]
    title, description = _words(drawing.marks, frame)
    # Several maps may stand on one page.
    key = hashlib.sha256(repr(drawing).encode()).hexdigest()[:8]
    parts = [
        format_html(
            '<svg viewBox="0 0 {} {}" role="{}" aria-labelledby="map-{}-t map-{}-d">'
            '<title id="map-{}-t">{}</title><desc id="map-{}-d">{}</desc>',
            frame.width, frame.height, "group" if drawing.links else "img", key, key, key, title, key, description,
        ),
        *_land(frame.width, here, dict(drawing.links)),
        *(_thread([spot for _mark, spot in spots], basted=drawing.basted) if drawing.thread else []),
        *_points(spots, frame),
        "</svg>",
    ]  # fmt: skip
    return mark_safe("".join(parts))


@cache
def _paths(width: int) -> dict[str, str]:
    """Outlines as path data, in steps of a tenth of a unit: a small page matters more than a pixel."""
    frame = Frame(width)
    return {
        outline.code: "".join(_steps([frame.spot((lat, lon)) for lon, lat in ring]) for ring in outline.rings)
        for outline in places.outlines()
    }


def _steps(ring: list[Spot]) -> str:
    # Whole tenths, so that rounding does not add up along the way.
    tenths = [(round(x * 10), round(y * 10)) for x, y in ring]
    data = [f"M{_tenth(tenths[0][0])} {_tenth(tenths[0][1])}l"]
    before = tenths[0]
    for spot in tenths[1:]:
        step = spot[0] - before[0], spot[1] - before[1]
        if step != (0, 0):
            data.append(f"{_tenth(step[0])} {_tenth(step[1])} ")
            before = spot
    return "".join(data).rstrip().replace(" -", "-") + "z"


def _tenth(number: int) -> str:
    return f"{number / 10:g}"


def _land(width: int, here: set[str], links: dict[str, str]) -> list[SafeString]:
    drawn = []
    for code, data in _paths(width).items():
        path = format_html('<path class="map-land{}" d="{}"/>', " map-here" if code in here else "", data)
        if code in links:
            name = places.unit(code)
            spoken = places.everyday_name_en(name) if get_language() == "en" else places.everyday_name(name)
            path = format_html('<a href="{}"><title>{}</title>{}</a>', links[code], spoken, path)
        drawn.append(path)
    return drawn


def _thread(spots: list[Spot], *, basted: bool) -> list[SafeString]:
    """A thread through all spots in their order, each stitch a little raised as a thread is."""
    if len(spots) < 2:
        return []
    data = [f"M{spots[0][0]:g} {spots[0][1]:g}"]
    for (x, y), (next_x, next_y) in pairwise(spots):
        rise = math.dist((x, y), (next_x, next_y)) / 5
        data.append(f"Q{(x + next_x) / 2:.1f} {max((y + next_y) / 2 - rise, MARGIN):.1f} {next_x:g} {next_y:g}")
    return [format_html('<path class="map-thread{}" fill="none" d="{}"/>', " basted" if basted else "", "".join(data))]


def _points(spots: list[tuple[Mark, Spot]], frame: Frame) -> list[SafeString]:
    drawn = []
    labelled: list[Spot] = []
    for mark, (x, y) in spots:
        # Beside a neighbour the label goes above, so that neither covers the other.
        crowded = any(abs(x - other[0]) < 80 and abs(y - other[1]) < 24 for other in labelled)
        above = crowded or y > frame.height - 24
        side = "start" if x < 60 else "end" if x > frame.width - 60 else "middle"
        offset = {"start": -POINT, "middle": 0, "end": POINT}[side]
        drawn.append(
            format_html(
                '<circle class="map-point" cx="{}" cy="{}" r="{}"/>'
                '<text class="map-label" font-size="12" x="{}" y="{}" text-anchor="{}">{}</text>',
                f"{x:g}", f"{y:g}", POINT, f"{x + offset:g}", f"{y - 10 if above else y + 19:g}", side, mark.name,
            )
        )  # fmt: skip
        labelled.append((x, y))
    return drawn


def _words(marks: tuple[Mark, ...], frame: Frame) -> tuple[str, str]:
    """What the map shows, for those who hear it."""
    if not marks:
        return _("Map of Ukraine"), _("Outlines of the oblasts, Crimea, Kyiv and Sevastopol.")
    sentences = [
        _("%(place)s: %(oblast)s.") % {"place": mark.name, "oblast": _region(mark.region)}
        for mark in marks
        if mark.region and _region(mark.region) != mark.about
    ]
    placed = [mark.place for mark in marks if mark.place is not None]
    if len(marks) == 2 and len(placed) == 2:
        kilometres = round(places.distance_km(placed[0], placed[1]))
        sentences.append(
            ngettext("%(km)d kilometre apart.", "%(km)d kilometres apart.", kilometres) % {"km": kilometres}
        )
    for mark in marks:
        if mark.place is not None and frame.spot(mark.place) != frame.inside(frame.spot(mark.place)):
            sentences.append(_("%(place)s lies beyond the edge of the map.") % {"place": mark.about})
        elif mark.place is None and not mark.region:
            sentences.append(_("Where %(place)s lies is not known.") % {"place": mark.about})
    title = _("On the map of Ukraine: %(places)s") % {"places": ", ".join(mark.about for mark in marks)}
    return title, " ".join(sentences) or title


def _region(code: str) -> str:
    unit = places.unit(code)
    return places.everyday_name_en(unit) if get_language() == "en" else places.everyday_name(unit)
