"""Communities abroad and the names of units in both languages."""

import pytest
from django.utils import translation

from pobratym.audit.queries import history_of
from pobratym.territory.models import CommunityAbroad, Unit
from pobratym.territory.operations import AlreadyEntered, UnknownCountry, add_community_abroad

pytestmark = pytest.mark.django_db

LIPPSTADT = {
    "country": "de",
    "name_uk": "Ліппштадт",
    "name_en": "Lippstadt",
    "name_own": "Lippstadt",
    "source": "https://www.wikidata.org/wiki/Q7027",
    "lat": 51.6737,
    "lon": 8.3447,
    "wikidata_id": "Q7027",
    "lau_code": "05974028",
}


def test_community_abroad_is_entered_and_named_in_both_languages(at):
    lippstadt = add_community_abroad(**LIPPSTADT, by=None, at=at)

    assert lippstadt.country == "DE"
    assert lippstadt.everyday_name == "Ліппштадт, Німеччина"
    with translation.override("en"):
        assert lippstadt.everyday_name == "Lippstadt, Germany"
    assert [line.sentence for line in history_of(lippstadt)] == ["Внесено громаду за кордоном: Lippstadt (DE)"]


@pytest.mark.parametrize("country", ["", "XX", "Німеччина", "UA", "D"])
def test_country_must_be_a_foreign_one_of_the_standard(country, at):
    with pytest.raises(UnknownCountry):
        add_community_abroad(**LIPPSTADT | {"country": country}, by=None, at=at)

    assert not CommunityAbroad.objects.exists()


@pytest.mark.parametrize("same", ["wikidata_id", "lau_code"])
def test_same_community_is_not_entered_twice(same, at):
    add_community_abroad(**LIPPSTADT, by=None, at=at)
    other = LIPPSTADT | {"wikidata_id": "", "lau_code": ""} | {same: LIPPSTADT[same]}

    with pytest.raises(AlreadyEntered, match="Ліппштадт, Німеччина"):
        add_community_abroad(**other, by=None, at=at)

    assert CommunityAbroad.objects.count() == 1


def test_names_of_a_unit_follow_the_language():
    kalush = Unit.objects.with_parents().get(pk="UA26060170000091466")

    assert str(kalush) == "Калуська територіальна громада"
    assert kalush.official_name == "Калуська міська територіальна громада"
    assert kalush.spoken_name == "Калуш"
    assert kalush.description == "міська громада · Калуський район, Івано-Франківська область"
    with translation.override("en"):
        assert str(kalush) == "Kalush territorial community"
        assert kalush.official_name == "Kalush urban territorial community"
        assert kalush.spoken_name == "Kalush"
        assert kalush.description == "urban hromada · Kalush raion, Ivano-Frankivsk oblast"


def test_district_of_kyiv_lies_in_kyiv_once():
    district = Unit.objects.with_parents().get(pk="UA80000000000126643")

    assert district.description == "район міста · Київ"
    assert district.lineage == (district.pk, "UA80000000000093317", "UA80000000000093317")
