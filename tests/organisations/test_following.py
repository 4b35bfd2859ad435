"""One body after another, changed terms of office, communities abroad with their municipality, keys to find them by."""

import datetime as dt

import pytest

from pobratym.audit.models import Entry
from pobratym.audit.queries import history_of
from pobratym.organisations import listing, operations, queries
from pobratym.organisations.addresses import is_governmental, is_of_site
from pobratym.organisations.choices import BodyKind
from pobratym.organisations.models import Body, OfficeHolder
from pobratym.territory.models import CommunityAbroad, Unit
from pobratym.territory.operations import AlreadyEntered, UnknownCountry
from pobratym.vocabulary.choices import Visibility
from pobratym.vocabulary.refusals import ChangedMeanwhile
from tests.organisations.test_operations import DAY, KALUSH, ZAPORIZHZHIA, council, holder

pytestmark = pytest.mark.django_db
NEXT = dt.timedelta(days=1)
TOWN = {
    "country": "PL",
    "place_uk": "Жагань",
    "place_en": "Zagan",
    "place_own": "Żagań",
    "name_uk": "Ґміна міста Жагань",
    "name_en": "Municipality of Żagań",
    "source": "https://www.geonames.org/3080414",
    "geonames_id": 3080414,
}


@pytest.fixture
def kalush() -> Unit:
    return Unit.objects.get(pk=KALUSH)


def military(body: Body, at: dt.datetime, **changes: object) -> Body:
    facts = {
        "kind": BodyKind.MILITARY,
        "acts_from": DAY,
        "ends_former": True,
        "name_uk": "Калуська міська військова адміністрація",
        "name_en": "Kalush City Military Administration",
        "version": body.version,
        "by": None,
        "at": at,
    }
    return operations.follow_body(body=body, **{**facts, **changes})


def test_military_administration_follows_the_council_and_ends_it(kalush, at):
    rada = council(kalush, at)

    made = military(rada, at, edrpou="32855961", source_url="https://president.gov.ua/documents/1")

    rada.refresh_from_db()
    assert (rada.acts_to, made.acts_from, made.follows, made.unit) == (DAY, DAY, rada, kalush)
    assert (made.short_name_uk, made.edrpou) == ("Калуш", "32855961")
    assert queries.acting_body(kalush, DAY) == made
    assert queries.acting_body(kalush, DAY - NEXT) == rada
    assert [line.sentence for line in history_of(rada)][:2] == [
        "Від 20.02.2024 тут діє інший орган: «Калуська міська військова адміністрація».",
        "Орган діяв до 20.02.2024.",
    ]


def test_both_act_if_the_council_goes_on(kalush, at):
    rada = council(kalush, at)

    made = military(rada, at, ends_former=False)

    rada.refresh_from_db()
    assert rada.acts_to is None
    assert list(queries.bodies_of(kalush, DAY)) == [made, rada]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"version": 9}, ChangedMeanwhile),
        ({"kind": BodyKind.COUNCIL, "ends_former": False}, operations.AlreadyEntered),
        ({"kind": BodyKind.ABROAD}, operations.WrongTerritory),
        ({"edrpou": "32855968"}, operations.WrongCode),
        ({"acts_from": DAY - 2 * NEXT}, operations.WrongPeriod),
        ({"acts_from": DAY - NEXT}, operations.WrongPeriod),
    ],
)
def test_wrong_successor_is_refused_without_trace(kalush, at, changes, refusal):
    rada = council(kalush, at, acts_from=DAY - NEXT)
    entries = Entry.objects.count()

    with pytest.raises(refusal):
        military(rada, at, **changes)

    rada.refresh_from_db()
    assert (Body.objects.count(), rada.acts_to, Entry.objects.count()) == (1, None, entries)


def test_stale_end_of_a_body_is_refused(kalush, at):
    rada = council(kalush, at)
    operations.change_body(body=rada, version=1, website="https://kalush.example", by=None, at=at)

    with pytest.raises(ChangedMeanwhile):
        operations.end_body(body=rada, acts_to=DAY, version=1, by=None, at=at)


def test_change_of_a_term_names_its_fields_and_never_the_person(kalush, at):
    mayor = holder(council(kalush, at), at)

    changed = operations.change_office_holder(
        holder=mayor, version=1, person_uk=" Калуш, в. о. голови ", mandate="acting", may_sign=True, by=None, at=at
    )

    assert (changed.person_uk, changed.mandate, changed.may_sign, changed.version) == (
        "Калуш, в. о. голови", "acting", True, 2,
    )  # fmt: skip
    line = history_of(mayor)[0]
    assert line.sentence == (
        "Змінено дані про посадову особу (міський голова): повноваження, право підпису, особа, українською."
    )
    operations.change_office_holder(holder=mayor, version=2, mandate="acting", by=None, at=at)
    assert len(history_of(mayor)) == 2


def test_stale_and_impossible_changes_of_a_term_are_refused(kalush, at):
    mayor = holder(council(kalush, at), at, holds_from=DAY)
    operations.change_office_holder(holder=mayor, version=1, may_sign=True, by=None, at=at)

    with pytest.raises(ChangedMeanwhile):
        operations.change_office_holder(holder=mayor, version=1, may_sign=False, by=None, at=at)
    with pytest.raises(ChangedMeanwhile):
        operations.end_office_holder(holder=mayor, version=1, holds_to=DAY + NEXT, by=None, at=at)
    with pytest.raises(operations.WrongPeriod) as refusal:
        operations.change_office_holder(holder=mayor, version=2, holds_to=DAY, by=None, at=at)
    with pytest.raises(TypeError):
        operations.change_office_holder(holder=mayor, version=2, visibility="public", by=None, at=at)

    mayor.refresh_from_db()
    assert (refusal.value.field, mayor.may_sign, mayor.holds_to, mayor.version) == ("holds_to", True, None, 2)


@pytest.mark.parametrize("field", ["person_uk", "person_en"])
def test_no_other_name_is_written_over_one_that_others_see(kalush, at, field):
    mayor = holder(council(kalush, at), at, visibility=Visibility.PARTNERS, source_url="https://kalush.example")

    with pytest.raises(operations.AnotherPerson):
        operations.change_office_holder(holder=mayor, version=1, **{field: "Хтось інший"}, by=None, at=at)
    operations.change_office_holder(holder=mayor, version=1, post_en="city mayor", by=None, at=at)

    mayor.refresh_from_db()
    assert (mayor.person_uk, mayor.post_en) == ("Калуш, міський голова", "city mayor")


def test_community_abroad_comes_with_its_municipality(at):
    body = operations.enter_abroad(**TOWN, official_email="Town@Zagan.example", by=None, at=at)

    assert (body.kind, body.abroad.name_own, body.abroad.geonames_id) == ("abroad", "Żagań", 3080414)
    assert (body.short_name_uk, body.official_email, body.source_url) == (
        "Жагань", "town@zagan.example", "https://www.geonames.org/3080414",
    )  # fmt: skip
    assert queries.acting_body(body.abroad, DAY) == body


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"country": "UA"}, UnknownCountry),
        ({"geonames_id": 3080414}, AlreadyEntered),
        ({"geonames_id": 3080414, "country": "DE"}, AlreadyEntered),
    ],
)
def test_community_abroad_is_entered_once_and_with_its_country(at, changes, refusal):
    operations.enter_abroad(**TOWN, by=None, at=at)

    with pytest.raises(refusal):
        operations.enter_abroad(**TOWN | {"geonames_id": None} | changes, by=None, at=at)

    assert (CommunityAbroad.objects.count(), Body.objects.count()) == (1, 1)


def test_source_that_is_no_address_stays_with_the_community(at):
    body = operations.enter_abroad(**TOWN | {"source": "Eurostat, LAU 2024"}, by=None, at=at)

    assert (body.source_url, body.abroad.source) == ("", "Eurostat, LAU 2024")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["Жагань", "Запоріжжя", "Калуш"]),
        ("калу", ["Калуш"]),
        ("KALUSH", ["Калуш"]),
        ("32855961", ["Калуш"]),
        ("Żagań", ["Жагань"]),
        ("zagan", ["Жагань"]),
        ("міська рада", ["Запоріжжя", "Калуш"]),
        ("немає", []),
        ("|", ["Жагань", "Запоріжжя", "Калуш"]),
    ],
)
def test_bodies_are_found_by_any_name_in_the_order_of_the_alphabet(kalush, at, words, found):
    council(kalush, at, edrpou="32855961")
    council(
        Unit.objects.get(pk=ZAPORIZHZHIA), at, name_uk="Запорізька міська рада", name_en="Zaporizhzhia City Council",
        short_name_uk="Запоріжжя", short_name_en="Zaporizhzhia",
    )  # fmt: skip
    operations.enter_abroad(**TOWN, by=None, at=at)

    assert [body.short_name_uk for body in listing.found(words)] == found


def test_renamed_body_is_found_by_its_new_name_only(kalush, at):
    rada = council(kalush, at)
    operations.change_body(body=rada, version=1, name_uk="Рада Калуша", short_name_uk="Калуша", by=None, at=at)

    assert [list(listing.found("калуська")), list(listing.found("рада калуша"))] == [[], [rada]]


def test_kinds_are_told_apart(kalush, at):
    rada = council(kalush, at)
    town = operations.enter_abroad(**TOWN, by=None, at=at)

    assert [list(listing.found(kind=kind)) for kind in ("council", "abroad", "nonsense")] == [
        [rada], [town], [town, rada],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names"),
    [("żagań", ["Żagań"]), ("Жагань", ["Żagań"]), ("Mu", ["Żagań", "Żagańskie"]), ("zagan", ["Żagań"]), ("x", [])],
)
def test_municipality_abroad_is_found_by_its_names_an_exact_one_alone(at, text, names):
    operations.enter_abroad(**TOWN, by=None, at=at)
    operations.enter_abroad(
        **TOWN
        | {
            "place_uk": "Жаганьське", "place_en": "Zaganskie", "place_own": "Żagańskie", "geonames_id": 1,
            "name_uk": "Ґміна Жаганьське", "name_en": "Municipality of Żagańskie",
        },
        by=None,
        at=at,
    )  # fmt: skip

    assert [body.abroad.name_own for body in listing.abroad_named(text, DAY)] == names


def test_ended_municipality_is_not_offered(at):
    town = operations.enter_abroad(**TOWN, by=None, at=at)
    operations.end_body(body=town, acts_to=DAY, by=None, at=at)

    assert (listing.abroad_named("Жагань", DAY), listing.abroad_named("Жагань", DAY - NEXT)) == ([], [town])


@pytest.mark.parametrize(
    ("email", "site", "governmental", "own"),
    [
        ("rada@kalush.gov.ua", "https://kalush.gov.ua", True, True),
        ("rada@kalush.gov.ua", "https://www.kalush.gov.ua/contacts", True, True),
        ("rada@mail.kalush.gov.ua", "https://kalush.gov.ua", True, True),
        ("rada@kalush.gov.ua", "https://kalush.example", True, False),
        ("rada@gov.ua", "https://kalush.gov.ua", True, False),
        ("rada@kalush.gov.ua", "https://gov.ua", True, False),
        ("rada@kalushgov.ua", "", False, False),
        ("rada@kalush.gov.ua.example", "https://kalush.gov.ua", False, False),
        ("rada@ukr.net", "https://kalush.example", False, False),
        ("", "", False, False),
    ],
)
def test_hints_about_an_address(email, site, governmental, own):
    assert (is_governmental(email), is_of_site(email, site)) == (governmental, own)


def test_terms_that_are_over_or_not_begun_are_told_apart(kalush, at):
    body = council(kalush, at)
    past = holder(body, at, holds_to=DAY, visibility="public", source_url="https://kalush.example")
    coming = holder(body, at, holds_from=DAY + NEXT, visibility="public", source_url="https://kalush.example")
    present = holder(body, at, visibility="public", source_url="https://kalush.example")
    holder(body, at, holds_to=DAY)

    assert set(listing.ended_holders(body, DAY, None)) == {past, coming}
    assert list(queries.office_holders(body, DAY, None)) == [present]
    assert OfficeHolder.objects.count() == 4
