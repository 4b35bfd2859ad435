"""Places in texts: every community in every case, what stands beside a name, homonyms, and odd signs."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromadkit.places import Abroad, Gazetteer, Kind, Unit, unit, units

CASES = {"а": "громада", "ої": "громади", "ій": "громаді", "у": "громаду", "ою": "громадою"}
COUNCILS = {"urban": "міськ", "settlement": "селищн", "rural": "сільськ"}
COMMUNITIES = [each for each in units() if each.kind is Kind.HROMADA and each.code[2:4] not in {"01", "85"}]
KALUSH, ZAPORIZHZHIA = "UA26060170000091466", "UA23060070000082704"
FRANKIVSK, ZAPORIZKA = "UA26000000000069363", "UA23000000000064947"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def named(each: Unit, ending: str) -> str:
    """Калуської: each word of the name in the case."""
    return " ".join(word[:-1] + ending for word in each.name.split())


def oblast_of(each: Unit) -> str:
    return unit(each.oblast or "").name[:-1] + "ої області"


def communities(gazetteer: Gazetteer, text: str) -> list[tuple[str, ...]]:
    return [mention.codes for mention in gazetteer.find(text) if mention.kind == "hromada"]


def test_every_community_with_its_oblast_is_found_in_every_case(gazetteer: Gazetteer) -> None:
    namesakes = defaultdict(set)
    for each in COMMUNITIES:
        namesakes[each.name, each.oblast].add(each.code)
    wrong = []
    for each in COMMUNITIES:
        for ending, head in CASES.items():
            text = f"{named(each, ending)} територіальн{ending} {head} {oblast_of(each)}"
            found = communities(gazetteer, text)
            # Where the oblast does not settle it, exactly the candidates.
            if [set(codes) for codes in found] != [namesakes[each.name, each.oblast]]:
                wrong.append((text, found))

    assert len(COMMUNITIES) == 1469
    assert wrong == []


def test_namesakes_within_an_oblast_are_told_apart_by_raion_or_kind(gazetteer: Gazetteer) -> None:
    count = defaultdict(list)
    for each in COMMUNITIES:
        count[each.name, each.oblast].append(each)
    doubled = [each for group in count.values() if len(group) > 1 for each in group]
    wrong = []
    for each in doubled:
        raion = unit(each.raion or "").name[:-2] + "ого району"
        by_raion = communities(gazetteer, f"{named(each, 'ої')} громади {raion} {oblast_of(each)}")
        kind = COUNCILS[each.council or ""]
        by_kind = communities(gazetteer, f"{named(each, 'ої')} {kind}ої громади {oblast_of(each)}")
        if (each.code,) not in (*by_raion, *by_kind):
            wrong.append((each.name, by_raion, by_kind))

    assert len(doubled) == 17
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "surface", "code"),
    [
        ("Калуський міський голова", "Калуський", KALUSH),
        ("мешканці Калуша", "Калуша", "UA26060170010082672"),
        ("поїхали до Нової Каховки", "Нової Каховки", "UA65060170010075325"),
        ("голова Запорізької ОВА", "Запорізької", ZAPORIZKA),
        ("на Запоріжжі та Прикарпатті", "Прикарпатті", FRANKIVSK),
        ("секретар Запорізької міської ради", "Запорізької", ZAPORIZHZHIA),
        ("КАЛУСЬКА ГРОМАДА", "КАЛУСЬКА", KALUSH),
        ("Zaporizhzhya Oblast", "Zaporizhzhya", ZAPORIZKA),
        ("the Kaluska AH", "Kaluska", KALUSH),
        ("Kryvyi Rih thanked Lviv", "Kryvyi Rih", "UA12060170010065850"),
        ("начальник Сумської МВА", "Сумської", "UA59080270000073662"),
        ("Київ і Харків", "Київ", "UA80000000000093317"),
        ("Червоноградська громада", "Червоноградська", "UA46120130000026331"),
    ],
)
def test_a_mention_has_its_span_and_unit(gazetteer: Gazetteer, text: str, surface: str, code: str) -> None:
    found = {mention.surface: mention.codes for mention in gazetteer.find(text)}

    assert found[surface] == (code,)


@pytest.mark.parametrize(
    "text",
    [
        "Запорізька поїхала додому",  # bare: neither oblast nor community
        "Європейська комісія та Українська асоціація",
        "Станіслав Коваленко і Володимир Шевчук зустрілися",
        "Долина річки широка",
        "Калуська міська лікарня",
    ],
)
def test_what_only_looks_like_a_community_is_none(gazetteer: Gazetteer, text: str) -> None:
    assert communities(gazetteer, text) == []
    assert gazetteer.tags(text).hromadas == ()


def test_a_list_shares_its_head_from_either_side(gazetteer: Gazetteer) -> None:
    after = communities(gazetteer, "Шептицька та Белзька громади")
    before = communities(gazetteer, "дві громади Львівської області: Шептицька та Белзька")

    assert after == [("UA46120130000026331",), ("UA46120010000054878",)]
    assert before == after


def test_a_council_of_another_kind_is_not_the_community(gazetteer: Gazetteer) -> None:
    assert communities(gazetteer, "Калуська сільська рада") == []
    assert communities(gazetteer, "Калуська сільрада") == []
    assert communities(gazetteer, "Калуська міськрада") == [(KALUSH,)]


def test_the_text_settles_a_homonym_and_says_how(gazetteer: Gazetteer) -> None:
    alone = [mention for mention in gazetteer.find("Олександрівська громада") if mention.kind == "hromada"]
    told = [
        mention for mention in gazetteer.find("Олександрівська громада Донецької області") if mention.kind == "hromada"
    ]

    assert len(alone[0].codes) > 1
    assert len(told[0].codes) == 1
    assert told[0].codes[0].startswith("UA14")
    assert told[0].evidence == ("its oblast beside it",)


def test_namesakes_have_each_its_own_oblast(gazetteer: Gazetteer) -> None:
    beside = gazetteer.tags(
        "Слобожанська громада Дніпропетровщини та Слобожанська громада Харківщини стали побратимами."
    )
    bracketed = gazetteer.tags("Тростянецька громада (Вінницька область) та Тростянецька громада (Сумська область)")

    assert {tag.code[:4] for tag in beside.hromadas} == {"UA12", "UA63"}
    assert {tag.code[:4] for tag in bracketed.hromadas} == {"UA05", "UA59"}


def test_a_community_abroad_is_found_when_it_is_given() -> None:
    gazetteer = Gazetteer([Abroad("PL:zagan", ("Жагань", "Żagań"))])

    assert [m.codes for m in gazetteer.find("угода з Жаганем") if m.kind == "abroad"] == [("PL:zagan",)]
    assert [m.codes for m in gazetteer.find("an agreement with Zagan") if m.kind == "abroad"] == [("PL:zagan",)]
    assert [m for m in Gazetteer().find("угода з Жаганем") if m.kind == "abroad"] == []


def test_a_text_is_about_its_speakers_not_about_its_venue(gazetteer: Gazetteer) -> None:
    text = (
        "Калуська громада підписала меморандум. Про це сказав Калуський міський голова. "
        "Підписання відбулося у Львові, були гості з Полтави."
    )
    found = gazetteer.tags(text)

    assert [tag.code for tag in found.hromadas] == [KALUSH]
    assert [tag.code for tag in found.oblasts] == [FRANKIVSK]
    assert found.hromadas[0].reasons == ("Калуська", "Калуський")


def test_examples_in_a_long_list_are_not_the_subject(gazetteer: Gazetteer) -> None:
    text = "Програму ведуть у Львівській області. Беруть участь Белзька, Шептицька, Сокальська та Жовківська громади."

    assert gazetteer.tags(text).hromadas == ()
    assert [tag.code for tag in gazetteer.tags(text).oblasts] == ["UA46000000000026241"]


def test_the_source_speaks_only_where_the_text_is_silent(gazetteer: Gazetteer) -> None:
    silent = gazetteer.tags("Відкрито новий садок.", source="Сайт Сумської ОДА")
    told = gazetteer.tags("На Львівщині відкрито новий садок.", source="Сайт Сумської ОДА")

    assert [tag.code for tag in silent.oblasts] == ["UA59000000000057109"]
    assert [tag.code for tag in told.oblasts] == ["UA46000000000026241"]


SEED = (
    "«Разом з нашими новими партнерами розуміємо, що економіка – це дуже важливий чинник», - прокоментував Калуський "
    "міський голова Андрій Найда. «Калуш, як і Запоріжжя, є потужним промисловим центром у своєму регіоні», - сказав "
    "секретар Запорізької міської ради Анатолій Куртєв."
)


def test_the_founding_item_is_about_its_two_cities(gazetteer: Gazetteer) -> None:
    """Source: https://decentralization.gov.ua/news/17698 (two of its sentences)."""
    found = gazetteer.tags(SEED)

    assert {tag.code for tag in found.hromadas} == {KALUSH, ZAPORIZHZHIA}
    assert {tag.code for tag in found.oblasts} == {FRANKIVSK, ZAPORIZKA}


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u0301", "\u2060", "\u200f"])
def test_signs_that_nobody_sees_change_nothing(gazetteer: Gazetteer, sign: str) -> None:
    text = f"Калу{sign}ська громада та мі{sign}сто Калуш"
    found = gazetteer.find(text)

    assert [mention.codes for mention in found] == [(KALUSH,), ("UA26060170010082672",)]
    assert found[0].surface == f"Калу{sign}ська" == text[found[0].start : found[0].end]


def test_letters_of_another_alphabet_are_read_as_they_look(gazetteer: Gazetteer) -> None:
    assert communities(gazetteer, "K\u0430лу\u0441ькa громада") == [(KALUSH,)]


@pytest.mark.parametrize("text", ["", " ", "\x00\x01\xff", "<p>Калуська</p>", "\ud800", "А" * 100_000, "-’" * 10_000])
def test_odd_input_gives_an_answer(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.tags(text).hromadas == ()


WORDS = st.sampled_from(
    ["Калуська", "громада", "Кам’янська", "міська", "рада", "у", "Києві", "та", ",", "Запорізької", "області", "село",
     "Нова", "Каховка", "Іванівка", "Kaluska", "AH", "«", ".", "\n", "м.", "Новоград-Волинський",
     "\u00ad", "a", "И\u0306"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=25).map(" ".join)


@given(text=TEXTS)
def test_every_mention_stands_where_it_says(text: str) -> None:
    for mention in Gazetteer().find(text):
        assert text[mention.start : mention.end] == mention.surface
        assert mention.codes
        assert len(set(mention.codes)) == len(mention.codes)


@given(text=TEXTS, apostrophe=st.sampled_from("'’ʼ`"))
def test_apostrophes_and_line_breaks_change_nothing(text: str, apostrophe: str) -> None:
    gazetteer = Gazetteer()
    other = text.replace("’", apostrophe).replace("громада та", "громада\nта")
    before, after = gazetteer.find(text), gazetteer.find(other)

    assert [(mention.codes, mention.start) for mention in before] == [
        (mention.codes, mention.start) for mention in after
    ]
