"""Places in templates: their names, what tells them apart, and a small map."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from pobratym.territory.maps import draw
from pobratym.territory.models import CommunityAbroad, Unit

register = template.Library()


@register.inclusion_tag("territory/_map.html")
def place_map(
    *,
    units: Iterable[Unit | CommunityAbroad] | Unit | CommunityAbroad | None = None,
    thread: bool = False,
    basted: bool = False,
    wide: bool = False,
    links: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Draw the places on a map of Ukraine; one place may stand by itself, none draws the country."""
    marked = [units] if isinstance(units, (Unit, CommunityAbroad)) else [unit for unit in units or () if unit]
    return {"svg": draw(marked, thread=thread, basted=basted, wide=wide, links=links)}


@register.simple_tag
def place_name(unit: Unit | CommunityAbroad) -> str:
    """Return the name as people say it: “Калуська територіальна громада”."""
    return unit.everyday_name


@register.simple_tag
def spoken_name(unit: Unit | CommunityAbroad) -> str:
    """Return the name where the head word is clear: “Калуш”."""
    return unit.spoken_name


@register.simple_tag
def official_name(unit: Unit) -> str:
    """Return the name as papers write it: “Калуська міська територіальна громада”."""
    return unit.official_name
