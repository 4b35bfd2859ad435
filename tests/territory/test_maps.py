"""Maps drawn on the server: what is marked, how large, and what is told to those who hear them."""

import re
import xml.etree.ElementTree as ET

import pytest
from django.template import engines
from django.utils import translation

from pobratym.territory.maps import draw
from pobratym.territory.models import CommunityAbroad, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def kalush():
    return Unit.objects.with_parents().get(pk="UA26060170000091466")


@pytest.fixture
def zaporizhzhia():
    return Unit.objects.with_parents().get(pk="UA23060070000082704")


@pytest.fixture
def lippstadt():
    return CommunityAbroad(country="DE", name_uk="Ліппштадт", name_en="Lippstadt", lat=51.67, lon=8.34)


def drawn(*args, **kwargs):
    """The picture as elements by class."""
    svg = draw(*args, **kwargs)
    assert len(svg.encode()) <= 40_000
    assert " style=" not in svg
    assert "<style" not in svg
    tree = ET.fromstring(svg)  # noqa: S314  # our own text
    found = {}
    for element in tree.iter():
        for word in (element.get("class") or element.tag).split():
            found.setdefault(word, []).append(element)
    return tree, found


def test_two_communities_and_the_thread_between_them(kalush, zaporizhzhia):
    tree, found = drawn([kalush, zaporizhzhia], thread=True)
    title, description = found["title"][0], found["desc"][0]

    assert len(found["map-land"]) == 27
    assert len(found["map-here"]) == 2
    assert [label.text for label in found["map-label"]] == ["Калуш", "Запоріжжя"]
    assert len(found["map-thread"]) == 1
    assert "basted" not in found
    assert title.text == "На карті України: Калуська територіальна громада, Запорізька територіальна громада"
    assert "803" in description.text
    assert tree.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert tree.get("role") == "img"


def test_points_stand_west_and_south_east(kalush, zaporizhzhia):
    _tree, found = drawn([kalush, zaporizhzhia])
    west, east = found["map-point"]

    assert float(west.get("cx")) < 80
    assert float(east.get("cx")) > 200
    assert float(west.get("cy")) < float(east.get("cy"))
    assert "map-thread" not in found


def test_thread_that_is_only_ahead_is_basted(kalush, zaporizhzhia):
    assert "basted" in drawn([kalush, zaporizhzhia], thread=True, basted=True)[1]


def test_partner_abroad_stands_on_the_edge(kalush, lippstadt):
    tree, found = drawn([kalush, lippstadt], thread=True)
    width = float(tree.get("viewBox").split()[2])

    assert len(found["map-here"]) == 1
    assert 0 < float(found["map-point"][1].get("cx")) < width / 10
    assert "Ліппштадт, Німеччина — за краєм карти." in found["desc"][0].text


def test_oblast_is_its_outline(kalush):
    _tree, found = drawn([kalush.oblast])

    assert len(found["map-here"]) == 1
    assert "map-point" not in found


def test_place_unknown_still_shows_its_oblast():
    unknown = Unit.objects.with_parents().communities().filter(lat=None).first()
    _tree, found = drawn([unknown], thread=True)

    assert len(found["map-here"]) == 1
    assert "map-point" not in found
    assert "map-thread" not in found


def test_place_abroad_without_coordinates_is_told(kalush):
    _tree, found = drawn([kalush, CommunityAbroad(country="PL", name_uk="Невідоме", name_en="Unknown")])

    assert len(found["map-point"]) == 1
    assert "Розташування невідоме: Невідоме, Польща." in found["desc"][0].text


def test_country_with_links_is_a_group_of_links(kalush):
    tree, found = drawn([], wide=True, links={kalush.oblast_id: "/oblast/"})

    assert tree.get("role") == "group"
    assert [link.get("href") for link in found["a"]] == ["/oblast/"]
    assert found["a"][0].find("title").text == "Івано-Франківська область"


def test_map_speaks_english_too(kalush):
    with translation.override("en"):
        _tree, found = drawn([kalush])

    assert found["map-label"][0].text == "Kalush"
    assert found["title"][0].text == "On the map of Ukraine: Kalush territorial community"


def test_labels_of_neighbours_do_not_cover_each_other(kalush):
    neighbour = Unit.objects.with_parents().get(name="Івано-Франківська", kind="hromada", oblast=kalush.oblast)
    _tree, found = drawn([kalush, neighbour])
    first, second = found["map-label"]

    assert abs(float(first.get("y")) - float(second.get("y"))) >= 12


def test_name_with_markup_stays_text():
    evil = CommunityAbroad(country="PL", name_uk="<b>Місто</b>", name_en="x", lat=50.0, lon=23.0)

    assert "<b>" not in draw([evil])


def test_tags_name_and_show_places(kalush, zaporizhzhia):
    template = engines["django"].from_string(
        "{% load territory %}{% place_name kalush %}|{% official_name kalush %}|{% spoken_name kalush %}|"
        "{% place_map units=both thread=True %}|{% place_map units=kalush %}|{% place_map %}"
    )

    parts = template.render({"kalush": kalush, "both": [kalush, zaporizhzhia]}).split("|")

    assert parts[:3] == ["Калуська територіальна громада", "Калуська міська територіальна громада", "Калуш"]
    assert [len(re.findall("map-point", part)) for part in parts[3:]] == [2, 1, 0]
    assert all('<div class="map">' in part for part in parts[3:])
