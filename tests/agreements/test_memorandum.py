"""The memorandum of Kalush and Zaporizhzhia reads right, in both languages."""

import datetime as dt
from typing import Any

from pobratym.agreements.queries import memorandum_sections
from pobratym.agreements.texts import Aim
from pobratym.organisations.choices import BodyKind
from pobratym.organisations.models import Body
from pobratym.organisations.operations import add_body
from pobratym.territory.models import CommunityAbroad
from tests.partnerships.cast import AT

KEYS = [
    "parties",
    "preamble",
    "subject",
    "directions",
    "forms",
    "organisation",
    "publicity",
    "protection",
    "finance",
    "monitoring",
    "term",
    "changes",
    "disputes",
    "copies",
]


def text_of(*bodies: Body, language: str = "uk", **rest: Any) -> dict[str, list[str]]:
    facts = {"subject_uk": "економічне партнерство", "subject_en": "economic partnership"} | rest
    sections = memorandum_sections(bodies=bodies, **facts)
    return {section["key"]: section[f"paragraphs_{language}"] for section in sections}


def test_memorandum_has_its_sections_between_head_and_signatures(kalush: Body, zaporizhzhia: Body) -> None:
    text = text_of(kalush, zaporizhzhia)

    # The head (title, place, date, number) and the signatures stand outside: sixteen parts together.
    assert list(text) == KEYS
    assert text["subject"][0] == "Предмет Меморандуму: економічне партнерство."
    assert "до статусу міст-побратимів" in text["subject"][2]
    assert text["finance"][0].startswith("Меморандум не створює для Сторін фінансових зобов’язань")
    assert text["term"][0].endswith("і діє безстроково, до припинення за цим Меморандумом.")


def test_six_directions_stand_in_their_order_with_five_groups(kalush: Body, zaporizhzhia: Body) -> None:
    _head, *directions = text_of(kalush, zaporizhzhia)["directions"]

    assert [line.split(":")[0].split(" ")[0] for line in directions] == [
        "Енергоефективність",
        "Малий",
        "Обмін",
        "Соціально",
        "Нові",
        "Нові",
    ]
    assert "спільні проєкти та програми" in directions[0]
    for group in ("громадянського суспільства", "наукових установ", "промисловості", "експертів", "фахівців"):
        assert group in directions[3]


def test_parties_are_named_with_their_codes(kalush: Body, zaporizhzhia: Body) -> None:
    lines = text_of(kalush, zaporizhzhia)["parties"]

    assert lines[1] == f"Калуш: міська рада (КАТОТТГ {kalush.unit_id});"
    assert lines[2] == f"Запоріжжя: міська рада (КАТОТТГ {zaporizhzhia.unit_id});"


def test_what_is_planned_stands_in_its_direction(kalush: Body, zaporizhzhia: Body) -> None:
    aims = [Aim("energy", "облік у шести школах.", "accounts of six schools"), Aim("energy", "спільна закупівля")]

    ukrainian = text_of(kalush, zaporizhzhia, aims=aims)["directions"][1]
    english = text_of(kalush, zaporizhzhia, aims=aims, language="en")["directions"][1]

    assert ukrainian.endswith(" Намічено: облік у шести школах; спільна закупівля.")
    assert english.endswith(" Planned: accounts of six schools; спільна закупівля.")


def test_braces_in_what_people_wrote_stay_words(kalush: Body, zaporizhzhia: Body) -> None:
    text = text_of(kalush, zaporizhzhia, subject_uk="{each_party} {0}", aims=[Aim("jobs", "{term}")])

    assert text["subject"][0] == "Предмет Меморандуму: {each_party} {0}."
    assert text["directions"][6].endswith("Намічено: {term}.")


def test_term_and_languages_follow_the_parties(kalush: Body, db: None) -> None:
    abroad = CommunityAbroad.objects.create(
        country="DE", name_uk="Ліппштадт", name_en="Lippstadt", name_own="Lippstadt", source="test"
    )
    town = add_body(
        kind=BodyKind.ABROAD,
        name_uk="Місто Ліппштадт",
        name_en="City of Lippstadt",
        short_name_uk="Ліппштадт",
        short_name_en="Lippstadt",
        abroad=abroad,
        by=None,
        at=AT,
    )

    text = text_of(kalush, town, until=dt.date(2027, 2, 19))

    assert text["term"][0].endswith("і діє до 19.02.2027.")
    assert text["copies"][0].startswith("Меморандум складено українською та англійською мовами")
    assert "Місто Ліппштадт (Lippstadt, DE);" in text["parties"]
