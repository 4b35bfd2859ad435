"""The codifier as shipped: counts, tree, codes, names."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromadkit import places
from hromadkit.places import CodeFault, Council, Kind, WrongCode

ZAPORIZHZHIA = "UA23060070000082704"
KALUSH = "UA26060170000091466"
KYIV = "UA80000000000093317"
CRIMEA = "UA01000000000013043"
SEVASTOPOL = "UA85000000000065278"


def test_units_are_the_codifier() -> None:
    kinds = Counter(unit.kind for unit in places.units())

    assert kinds == {
        Kind.OBLAST: 25,
        Kind.SPECIAL_CITY: 2,
        Kind.RAION: 136,
        Kind.HROMADA: 1772,
        Kind.CITY: 461,
        Kind.SETTLEMENT: 1979,
        Kind.VILLAGE: 27261,
        Kind.DISTRICT: 108,
    }
    assert len({unit.code for unit in places.units()}) == 31_744


def test_hromadas_outside_crimea_are_the_real_ones() -> None:
    hromadas = [unit for unit in places.units() if unit.kind is Kind.HROMADA and unit.oblast != CRIMEA]
    names = Counter(unit.name for unit in hromadas)
    repeated = {name: count for name, count in names.items() if count > 1}

    assert len(hromadas) == 1469
    assert len(names) == 1320
    assert len(repeated) == 96
    assert sum(repeated.values()) == 245
    assert repeated["Миколаївська"] == 8


def test_hromadas_of_one_name_inside_an_oblast_differ_by_raion_or_council() -> None:
    hromadas = [unit for unit in places.units() if unit.kind is Kind.HROMADA and unit.oblast != CRIMEA]
    in_oblast = Counter((unit.oblast, unit.name) for unit in hromadas)
    told_apart = Counter((unit.oblast, unit.name, unit.raion, unit.council) for unit in hromadas)

    assert sum(count for count in in_oblast.values() if count > 1) == 17
    assert set(told_apart.values()) == {1}


def test_centres_are_of_all_three_categories() -> None:
    councils = Counter(unit.council for unit in places.units() if unit.kind is Kind.HROMADA and unit.oblast != CRIMEA)

    assert councils == {Council.URBAN: 411, Council.SETTLEMENT: 443, Council.RURAL: 615}


def test_every_unit_has_the_parents_of_its_kind() -> None:
    units = {unit.code: unit for unit in places.units()}
    cities = {KYIV, SEVASTOPOL}
    for unit in units.values():
        above = (unit.oblast, unit.raion, unit.hromada)
        if unit.kind in {Kind.OBLAST, Kind.SPECIAL_CITY}:
            assert above == (None, None, None)
        elif unit.oblast in cities:
            assert above == (unit.oblast, None, unit.oblast)
        elif unit.name in {"Прип’ять", "Чорнобиль"} and unit.kind is Kind.CITY:
            # The exclusion zone: no raion, no hromada.
            assert above == ("UA32000000000030281", None, None)
        else:
            kinds = [units[code].kind if code else None for code in above]
            wanted = [Kind.OBLAST]
            wanted += [Kind.RAION] if unit.kind is not Kind.RAION else [None]
            wanted += [Kind.HROMADA] if unit.kind not in {Kind.RAION, Kind.HROMADA} else [None]
            assert kinds == wanted, unit


def test_parents_carry_the_digits_of_the_child() -> None:
    for unit in places.units():
        for code, digits in ((unit.oblast, 4), (unit.raion, 6), (unit.hromada, 9)):
            assert code is None or unit.code[:digits] == code[:digits] or unit.oblast in {KYIV, SEVASTOPOL}


def test_the_founding_communities() -> None:
    zaporizhzhia, kalush = places.unit(ZAPORIZHZHIA), places.unit(KALUSH)

    assert (kalush.name, kalush.short_name, kalush.name_en) == ("Калуська", "Калуш", "Kalush")
    assert zaporizhzhia.oblast == "UA23000000000064947"
    assert kalush.oblast == "UA26000000000069363"
    assert places.everyday_name(kalush) == "Калуська територіальна громада"
    assert places.official_name(kalush) == "Калуська міська територіальна громада"
    assert places.everyday_name_en(kalush) == "Kalush territorial community"
    assert places.official_name_en(kalush) == "Kalush urban territorial community"
    assert places.everyday_name(zaporizhzhia) == "Запорізька територіальна громада"
    assert places.official_name_en(zaporizhzhia) == "Zaporizhzhia urban territorial community"


@pytest.mark.parametrize(
    ("code", "everyday", "official", "english"),
    [
        ("UA26000000000069363", "Івано-Франківська область", "Івано-Франківська область", "Ivano-Frankivsk oblast"),
        (CRIMEA, "Автономна Республіка Крим", "Автономна Республіка Крим", "Autonomous Republic of Crimea"),
        ("UA26060000000042554", "Калуський район", "Калуський район", "Kalush raion"),
        (KYIV, "Київ", "місто Київ", "Kyiv"),
        ("UA26060170010082672", "Калуш", "місто Калуш", "Kalush"),
        ("UA80000000000126643", "Голосіївський район", "Голосіївський район", "Holosiivskyi district"),
        # Governed from Hnidyn, not named after it.
        (
            "UA32040090000083028",
            "Золочівська територіальна громада",
            "Золочівська сільська територіальна громада",
            "Zolochivska territorial community",
        ),
        (
            "UA32020010000093088",
            "Білоцерківська територіальна громада",
            "Білоцерківська міська територіальна громада",
            "Bila Tserkva territorial community",
        ),
    ],
)
def test_names(code: str, everyday: str, official: str, english: str) -> None:
    unit = places.unit(code)

    assert places.everyday_name(unit) == everyday
    assert places.official_name(unit) == official
    assert places.everyday_name_en(unit) == english


def test_every_unit_can_be_named_in_both_languages() -> None:
    for unit in places.units():
        assert places.everyday_name(unit)
        assert not any("\u0400" <= sign <= "\u04ff" for sign in places.official_name_en(unit))


def test_kyiv_is_a_community_without_a_hromada_row() -> None:
    assert places.unit(KYIV).is_community
    assert places.unit(KALUSH).is_community
    assert not places.unit("UA26060170010082672").is_community


def test_a_code_is_read_as_people_type_it() -> None:
    assert places.check_code(f" {KALUSH.lower()} ") == KALUSH
    # The letters of the Ukrainian keyboard.
    assert places.check_code("УА26060170000091466") == KALUSH


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("  ", CodeFault.EMPTY),
        ("2611000000", CodeFault.OLD),
        ("PL0226", CodeFault.SHAPE),
        ("UA2606017000009146", CodeFault.SHAPE),
        ("Калуська", CodeFault.SHAPE),
        ("UA26060170000091467", CodeFault.UNKNOWN),
    ],
)
def test_a_wrong_code_is_refused_with_a_sentence(text: str, fault: CodeFault) -> None:
    with pytest.raises(WrongCode) as refusal:
        places.check_code(text)

    assert refusal.value.fault is fault
    assert str(refusal.value).endswith(".")


@given(st.text(max_size=25))
def test_no_text_but_a_code_passes(text: str) -> None:
    try:
        code = places.check_code(text)
    except WrongCode:
        return
    assert places.unit(code).code == code
