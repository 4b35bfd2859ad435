"""Pages of bodies: who opens and sends them, what they show, what they refuse, and equal query counts."""

import datetime as dt
import re

import pytest

from pobratym.accounts import operations as accounts
from pobratym.accounts.models import User
from pobratym.audit.models import Entry
from pobratym.organisations import operations
from pobratym.organisations.models import Body, OfficeHolder
from pobratym.territory.models import Unit
from pobratym.territory.operations import record_status
from tests.organisations.test_following import TOWN
from tests.organisations.test_operations import DAY, KALUSH, ZAPORIZHZHIA, council, holder

pytestmark = pytest.mark.django_db

MAYOR = {
    "person_uk": "Калуш, міський голова",
    "person_en": "Kalush, mayor",
    "post_uk": "міський голова",
    "post_en": "mayor",
    "mandate": "elected",
    "source_url": "https://kalush.example/mayor",
}
COUNCIL = {
    "kind": "council",
    "unit": "Запорізька міська територіальна громада",
    "unit-choice": ZAPORIZHZHIA,
    "name_uk": "Запорізька міська рада",
    "name_en": "Zaporizhzhia City Council",
    "short_name_uk": "Запоріжжя",
    "short_name_en": "Zaporizhzhia",
    "edrpou": "32855961",
    "official_email": "rada@zp.example",
    "official_email_source": "https://zp.example/contacts",
    "source_unknown": "on",
}


@pytest.fixture
def kalush(db, at) -> Body:
    return council(Unit.objects.get(pk=KALUSH), at, official_email="rada@kalush.example")


@pytest.fixture
def other(db, at) -> Body:
    return operations.enter_abroad(**TOWN, by=None, at=at)


@pytest.fixture
def enter(client, kalush, other, at):
    """Sign in with a role: of Kalush, of another body, of the platform."""

    def enter(role: str | None):
        if role is None:
            return client
        person = accounts.make_person(email=f"{User.objects.count()}@b.example", name=role, by=None, at=at)
        kind, _space, where = role.partition(" of ")
        body = {"Kalush": kalush, "another": other}.get(where)
        accounts.give_role(person=person, role=kind, body=body, holds_from=at, by=None, at=at)
        client.force_login(person, backend="pobratym.accounts.backends.People")
        return client

    return enter


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


ROLES = [
    None, "reader of Kalush", "editor of Kalush", "signatory of Kalush", "coordinator of Kalush",
    "coordinator of another", "editor", "moderator",
]  # fmt: skip
OWN, MODERATOR = {"coordinator of Kalush", "moderator"}, {"moderator"}
TEAM = {role for role in ROLES if role and role.endswith("Kalush")} | MODERATOR


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("name", "permitted"),
    [
        ("enter/", MODERATOR),
        ("enter/abroad/", MODERATOR),
        ("{body}/change/", OWN),
        ("{body}/end/", MODERATOR),
        ("{body}/follow/", MODERATOR),
        ("{body}/offices/enter/", OWN),
        ("offices/{holder}/change/", OWN),
        ("offices/{holder}/end/", OWN),
        ("", set(ROLES)),
        ("{body}/", set(ROLES)),
    ],
)
def test_who_opens_and_sends_what(enter, kalush, at, role, name, permitted):
    row = holder(kalush, at)
    client = enter(role)
    address = f"/bodies/{name.format(body=kalush.pk, holder=row.pk)}"
    # The team's record is not found by others, so that they do not learn of it.
    refused = 404 if "holder" in name and role not in TEAM else 302 if role is None else 403

    statuses = [client.get(address).status_code]
    if name not in {"", "{body}/"}:
        entries = Entry.objects.count()
        # An empty form is refused by those who may send it, and nobody changes anything by one.
        statuses.append(client.post(address, {"sent": "1"}).status_code)
        assert Entry.objects.count() == entries
    assert statuses == ([200, 422] if role in permitted else [refused] * 2)[: len(statuses)]


@pytest.mark.parametrize(("role", "seen"), [(role, role in TEAM) for role in ROLES])
def test_history_is_for_the_body_and_moderators(enter, kalush, role, seen):
    assert ("Внесено орган" in text_of(enter(role).get(f"/bodies/{kalush.pk}/"))) is seen


def test_body_shows_what_is_public_and_what_is_not_known(client, kalush, at):
    operations.change_body(
        body=kalush, version=1, edrpou="32855961", website="https://kalush.example",
        official_email_source="https://kalush.example/contacts", by=None, at=at,
    )  # fmt: skip
    shown = holder(kalush, at, visibility="public", source_url="https://kalush.example/mayor", holds_from=DAY)
    holder(kalush, at, person_uk="Калуш, таємна особа")

    page = client.get(f"/bodies/{kalush.pk}/")
    text = text_of(page)

    wanted = [
        "Калуська міська рада", "32855961", "не звірено з державним реєстром", "rada@kalush.example",
        "де оприлюднено", "день невідомий", "Джерело невідоме.", shown.person_uk, "з 20 лютого 2024",
        "З цього органу на платформі ще нікого немає.",
    ]  # fmt: skip
    assert [words for words in wanted if words not in text] == []
    assert "таємна" not in text
    assert f"/accounts/join/?place={KALUSH}" in page.content.decode()
    assert "Not compared" not in text_of(client.get(f"/en/bodies/{kalush.pk}/"))
    assert "not compared with the state register" in text_of(client.get(f"/en/bodies/{kalush.pk}/"))


def test_people_are_told_by_counts_only(client, enter, kalush):
    enter("coordinator of Kalush")
    enter("coordinator of Kalush")
    enter("signatory of Kalush")
    client.logout()

    text = text_of(client.get(f"/bodies/{kalush.pk}/"))

    assert re.search(r"координація 2 підписання 1|координатор\w* 2", text)
    assert "@b.example" not in text


def test_contacts_and_names_are_hidden_at_risk_from_all_but_insiders(enter, client, kalush, at):
    holder(kalush, at, visibility="public", source_url="https://kalush.example/mayor")
    record_status(
        unit=kalush.unit, status="active", valid_from=at.date(), valid_to=None, source="наказ", by=None, at=at
    )

    stranger = text_of(client.get(f"/bodies/{kalush.pk}/"))
    insider = text_of(enter("reader of Kalush").get(f"/bodies/{kalush.pk}/"))

    assert ("rada@kalush.example" in stranger, "міський голова" in stranger) == (False, False)
    assert "Контакти й імена приховано" in stranger
    assert ("rada@kalush.example" in insider, "міський голова" in insider) == (True, True)


def test_ended_body_names_its_successor(client, kalush, at):
    made = operations.follow_body(
        body=kalush, version=1, kind="military", acts_from=DAY, ends_former=True, by=None, at=at,
        name_uk="Калуська міська військова адміністрація", name_en="Kalush City Military Administration",
    )  # fmt: skip

    ended, present = text_of(client.get(f"/bodies/{kalush.pk}/")), text_of(client.get(f"/bodies/{made.pk}/"))

    assert "Цей орган не діє з 20 лютого 2024." in ended
    assert "Після нього: Калуська міська військова адміністрація" in ended
    assert "Нікого: орган більше не діє." in ended
    assert "Перед ним: Калуська міська рада" in present
    assert "більше не діє" in text_of(client.get("/bodies/"))


def test_list_is_searched_and_teaches_when_empty(client, kalush, other):
    assert "Калуська міська рада" in text_of(client.get("/bodies/?words=калуш"))
    assert "Калуська міська рада" not in text_of(client.get("/bodies/?words=Żagań"))
    assert "Ґміна міста Жагань" not in text_of(client.get("/bodies/?kind=council"))
    assert "Органу не знайдено" in text_of(client.get("/bodies/?words=немає+такого%01"))
    assert client.get("/bodies/?page=99").status_code == 200


def test_query_count_of_the_list_is_equal_for_one_and_three(client, kalush, at, django_assert_max_num_queries):
    def count() -> int:
        with django_assert_max_num_queries(12) as asked:
            assert client.get("/bodies/").status_code == 200
        return len(asked)

    count()
    one = count()
    council(Unit.objects.get(pk=ZAPORIZHZHIA), at, name_uk="Запорізька міська рада")
    operations.enter_abroad(**TOWN, by=None, at=at)

    assert count() == one


def test_query_count_of_a_body_is_equal_for_one_and_three_holders(client, kalush, at, django_assert_max_num_queries):
    def count() -> int:
        with django_assert_max_num_queries(16) as asked:
            assert client.get(f"/bodies/{kalush.pk}/").status_code == 200
        return len(asked)

    def add(**changes: object) -> OfficeHolder:
        return holder(kalush, at, visibility="public", source_url="https://kalush.example", **changes)

    add(), add(holds_to=DAY)
    count()
    one = count()
    for _number in range(2):
        add(), add(holds_to=DAY)

    assert count() == one


def test_moderator_enters_a_body(enter):
    client = enter("moderator")

    answer = client.post("/bodies/enter/", COUNCIL)

    made = Body.objects.get(unit=ZAPORIZHZHIA)
    assert answer.url == f"/bodies/{made.pk}/"
    assert (made.edrpou, made.official_email_source, made.source_url) == (
        "32855961", "https://zp.example/contacts", "",
    )  # fmt: skip
    assert 'value="Калуш"' in client.get(f"/bodies/enter/?place={KALUSH}").content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"edrpou": "32855968"}, "edrpou"),
        ({"unit": "Калуш", "unit-choice": ""}, None),
        ({"unit": "немає такого", "unit-choice": ""}, "unit"),
        ({"source_unknown": ""}, "source_url"),
        ({"official_email_source": ""}, "official_email_source"),
        ({"official_email": "rada"}, "official_email"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"acts_from": "колись"}, "acts_from"),
        ({"name_en": ""}, "name_en"),
    ],
)
def test_wrong_body_is_refused_at_its_field(enter, kalush, changes, field):
    answer = enter("moderator").post("/bodies/enter/", COUNCIL | changes)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert field is None or f'id="id_{field}_error"' in answer.content.decode()
    assert not Body.objects.filter(unit=ZAPORIZHZHIA).exists()


def test_coordinator_changes_contacts_and_english_names_and_nothing_else(enter, kalush):
    client = enter("coordinator of Kalush")
    page = client.get(f"/bodies/{kalush.pk}/change/").content.decode()
    assert ('name="name_en"' in page, 'name="name_uk"' in page, 'name="edrpou"' in page) == (True, False, False)

    client.post(
        f"/bodies/{kalush.pk}/change/",
        {
            "version": "1", "name_en": "Kalush Council", "short_name_en": "Kalush", "official_email": "",
            "website": "https://kalush.example", "name_uk": "Чужа назва", "edrpou": "32855961",
        },
    )  # fmt: skip

    kalush.refresh_from_db()
    assert (kalush.name_en, kalush.website, kalush.official_email) == ("Kalush Council", "https://kalush.example", "")
    assert (kalush.name_uk, kalush.edrpou) == ("Калуська міська рада", "")


def test_moderator_changes_all_facts_and_a_stale_form_is_told_so(enter, kalush):
    client = enter("moderator")
    values = {
        "version": "1", "name_uk": "Калуська рада", "name_en": "Kalush Council", "short_name_uk": "Калуш",
        "short_name_en": "Kalush", "edrpou": "32855961", "acts_from": "2020-11-20", "source_unknown": "on",
    }  # fmt: skip
    assert client.post(f"/bodies/{kalush.pk}/change/", values).status_code == 302

    stale = client.post(f"/bodies/{kalush.pk}/change/", values | {"name_uk": "Інша назва"})

    kalush.refresh_from_db()
    assert (stale.status_code, kalush.name_uk, kalush.acts_from) == (409, "Калуська рада", dt.date(2020, 11, 20))
    assert "Тим часом" in text_of(stale)


def test_body_is_ended_and_followed_by_page(enter, kalush):
    client = enter("moderator")
    follow = {
        "version": "1", "kind": "military", "name_uk": "Військова адміністрація", "name_en": "Military Administration",
        "acts_from": "2024-02-20", "source_url": "https://president.gov.ua/documents/1",
    }  # fmt: skip

    assert client.post(f"/bodies/{kalush.pk}/follow/", follow | {"version": "9"}).status_code == 409
    assert client.post(f"/bodies/{kalush.pk}/follow/", follow).status_code == 302
    assert client.post(f"/bodies/{kalush.pk}/end/", {"version": "1", "acts_to": "2024-03-01"}).status_code == 302
    assert client.post(f"/bodies/{kalush.pk}/end/", {"version": "1", "acts_to": "2024-04-01"}).status_code == 409

    kalush.refresh_from_db()
    assert (kalush.acts_to, kalush.followed_by.get().name_uk) == (dt.date(2024, 3, 1), "Військова адміністрація")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, None),
        ({"wikidata_id": "7027"}, "wikidata_id"),
        ({"wikidata_id": "Q0"}, "wikidata_id"),
        ({"geonames_id": "-1"}, "geonames_id"),
        ({"geonames_id": "2147483648"}, "geonames_id"),
        ({"lau_code": "05 974"}, "lau_code"),
        ({"country": "UA"}, "country"),
        ({"country": "EU"}, "country"),
        ({"source": ""}, "source"),
    ],
)
def test_community_abroad_is_entered_with_checked_numbers(enter, changes, field):
    facts = {
        "country": "DE", "place_uk": "Тельтов", "place_en": "Teltow", "place_own": "Teltow", "lau_code": "12069616",
        "geonames_id": "2823567", "wikidata_id": "Q572", "name_uk": "Місто Тельтов", "name_en": "Town of Teltow",
        "source": "https://www.wikidata.org/wiki/Q572",
    }  # fmt: skip

    answer = enter("moderator").post("/bodies/enter/abroad/", facts | changes)

    made = Body.objects.filter(abroad__name_en="Teltow").first()
    if field is None:
        assert answer.url == f"/bodies/{made.pk}/"
        assert "12069616" in text_of(enter(None).get(answer.url))
    else:
        assert (answer.status_code, made) == (422, None)
        assert f'id="id_{field}_error"' in answer.content.decode()


def test_countries_stand_in_the_order_of_the_language(enter):
    page = enter("moderator").get("/bodies/enter/abroad/").content.decode()
    names = re.findall(r'<option value="[A-Z]{2}">([^<]+)</option>', page)

    assert len(names) > 200
    assert names.index("Єгипет") < names.index("Італія") < names.index("Ямайка")
    assert "Україна" not in names


def test_office_holder_is_entered_for_the_team_changed_and_ended(enter, kalush):
    client = enter("coordinator of Kalush")

    client.post(f"/bodies/{kalush.pk}/offices/enter/", MAYOR | {"visibility": "public", "may_sign": "on"})
    row = OfficeHolder.objects.get()
    assert (row.visibility, row.may_sign, row.source_url) == ("team", True, MAYOR["source_url"])

    change = MAYOR | {"version": "1", "mandate": "acting", "source_url": "", "source_unknown": "on"}
    assert client.post(f"/bodies/offices/{row.pk}/change/", change).url == f"/bodies/{kalush.pk}/"
    assert client.post(f"/bodies/offices/{row.pk}/change/", change | {"mandate": "deputy"}).status_code == 409
    assert client.post(f"/bodies/offices/{row.pk}/end/", {"version": "1", "holds_to": "2024-02-20"}).status_code == 409
    assert client.post(f"/bodies/offices/{row.pk}/end/", {"version": "2", "holds_to": "2024-02-20"}).status_code == 302

    row.refresh_from_db()
    assert (row.mandate, row.source_url, row.holds_to) == ("acting", "", dt.date(2024, 2, 20))
    assert "джерело невідоме" in text_of(client.get(f"/bodies/{kalush.pk}/"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"source_url": ""}, "source_url"),
        ({"mandate": "king"}, "mandate"),
        ({"person_en": ""}, "person_en"),
        ({"holds_from": "2024-02-20", "holds_to": "2024-02-20"}, "holds_to"),
    ],
)
def test_wrong_office_holder_is_refused_at_its_field(enter, kalush, changes, field):
    answer = enter("coordinator of Kalush").post(f"/bodies/{kalush.pk}/offices/enter/", MAYOR | changes)

    assert (answer.status_code, OfficeHolder.objects.count()) == (422, 0)
    assert f'id="id_{field}_error"' in answer.content.decode()
