"""Bodies and terms of office: effects, refusals that leave no trace, and who acts on a day."""

import datetime as dt

import pytest

from pobratym.audit.models import Entry
from pobratym.audit.queries import history_of
from pobratym.organisations import operations, queries
from pobratym.organisations.choices import BodyKind, Mandate
from pobratym.organisations.edrpou import is_edrpou
from pobratym.organisations.models import Body, OfficeHolder
from pobratym.organisations.visibility import Circle, raises
from pobratym.territory.models import CommunityAbroad, Unit
from pobratym.vocabulary.choices import Origin, Visibility
from pobratym.vocabulary.refusals import ChangedMeanwhile, Refusal

pytestmark = pytest.mark.django_db

KALUSH = "UA26060170000091466"
ZAPORIZHZHIA = "UA23060070000082704"
DAY = dt.date(2024, 2, 20)


@pytest.fixture
def kalush() -> Unit:
    return Unit.objects.get(pk=KALUSH)


def council(unit: Unit | None, at: dt.datetime, /, **changes: object) -> Body:
    names = {
        "kind": BodyKind.COUNCIL,
        "name_uk": "Калуська міська рада",
        "name_en": "Kalush City Council",
        "short_name_uk": "Калуш",
        "short_name_en": "Kalush",
        "unit": unit,
        "by": None,
        "at": at,
    }
    return operations.add_body(**{**names, **changes})


def holder(body: Body, at: dt.datetime, **changes: object) -> OfficeHolder:
    facts = {
        "body": body,
        "person_uk": "Калуш, міський голова",
        "person_en": "Kalush, mayor",
        "post_uk": "міський голова",
        "post_en": "mayor",
        "mandate": Mandate.ELECTED,
        "by": None,
        "at": at,
    }
    return operations.add_office_holder(**{**facts, **changes})


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("32855961", True),
        ("32855968", False),
        ("00032106", True),
        ("3285596", False),
        ("328559611", False),
        ("3285596a", False),
        ("٣٢٨٥٥٩٦١", False),
        ("", False),
    ],
)
def test_edrpou_check_digit(code, right):
    assert is_edrpou(code) is right


def test_body_is_entered_with_its_sentence(kalush, at):
    body = council(kalush, at, edrpou=" 32855961 ", official_email="Rada@Kalush.example")

    assert (body.name_uk, body.edrpou, body.official_email) == (
        "Калуська міська рада",
        "32855961",
        "rada@kalush.example",
    )
    assert body.origin == Origin.OWN
    [line] = history_of(body)
    assert (line.verb, line.sentence) == ("organisations.body.added", "Внесено орган «Калуська міська рада».")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"edrpou": "32855968"}, "не код ЄДРПОУ"),
        ({"acts_from": DAY, "acts_to": DAY}, "Кінець має бути після початку"),
        ({"kind": BodyKind.ABROAD}, "громада за кордоном"),
        ({"unit": None}, "Виберіть одну територію"),
    ],
)
def test_wrong_body_is_refused_without_trace(kalush, at, changes, words):
    with pytest.raises(Refusal, match=words):
        council(kalush, at, **changes)

    assert not Body.objects.exists()
    assert not Entry.objects.exists()


def test_settlement_has_no_body_of_its_own(kalush, at):
    with pytest.raises(operations.WrongTerritory, match="Виберіть громаду"):
        council(kalush.settlements.first(), at)


def test_second_body_with_the_same_code_is_refused(kalush, at):
    council(kalush, at, edrpou="32855961")
    other = Unit.objects.get(pk=ZAPORIZHZHIA)

    with pytest.raises(operations.AlreadyEntered, match="Калуська міська рада") as refusal:
        council(other, at, name_uk="Запорізька міська рада", edrpou="32855961")

    assert refusal.value.field == "edrpou"
    assert Body.objects.count() == 1


def test_second_council_at_the_same_time_is_refused_but_a_successor_is_not(kalush, at):
    first = council(kalush, at)
    with pytest.raises(operations.AlreadyEntered):
        council(kalush, at)

    operations.end_body(body=first, acts_to=DAY, by=None, at=at)
    second = council(kalush, at, acts_from=DAY)

    assert list(queries.bodies_of(kalush, DAY)) == [second]
    assert list(queries.bodies_of(kalush, DAY - dt.timedelta(days=1))) == [first]


def test_military_administration_acts_before_the_council(kalush, at):
    rada = council(kalush, at)
    military = council(kalush, at, kind=BodyKind.MILITARY, name_uk="Військова адміністрація", acts_from=DAY)

    assert queries.acting_body(kalush, DAY) == military
    assert queries.acting_body(kalush, DAY - dt.timedelta(days=1)) == rada
    assert list(queries.bodies_of(kalush, DAY)) == [military, rada]


def test_municipality_abroad_is_a_body_too(at):
    abroad = CommunityAbroad.objects.create(country="PL", name_uk="Приклад", name_en="Example", name_own="Przykład")

    body = council(None, at, kind=BodyKind.ABROAD, abroad=abroad)

    assert queries.acting_body(abroad, DAY) == body


def test_change_names_the_changed_fields(kalush, at):
    body = council(kalush, at)

    changed = operations.change_body(
        body=body, version=1, website="https://kalush.example", name_uk=body.name_uk, by=None, at=at
    )

    assert (changed.website, changed.version) == ("https://kalush.example", 2)
    assert history_of(body)[0].sentence == "Змінено дані органу: сайт."


def test_stale_change_is_refused(kalush, at):
    body = council(kalush, at)
    operations.change_body(body=body, version=1, website="https://kalush.example", by=None, at=at)

    with pytest.raises(ChangedMeanwhile):
        operations.change_body(body=body, version=1, website="", by=None, at=at)

    body.refresh_from_db()
    assert body.website == "https://kalush.example"


def test_nothing_changed_writes_nothing(kalush, at):
    body = council(kalush, at)

    operations.change_body(body=body, version=1, name_uk=body.name_uk, by=None, at=at)

    assert [line.verb for line in history_of(body)] == ["organisations.body.added"]


def test_unknown_field_is_a_mistake_of_the_caller(kalush, at):
    with pytest.raises(TypeError):
        operations.change_body(body=council(kalush, at), version=1, version_of="x", by=None, at=at)


def test_who_may_sign_follows_term_and_body(kalush, at):
    body = council(kalush, at)
    mayor = holder(body, at, may_sign=True, holds_from=DAY)
    holder(body, at, post_uk="діловод")

    assert list(queries.who_may_sign(body, DAY)) == [mayor]
    assert not queries.who_may_sign(body, DAY - dt.timedelta(days=1))

    operations.end_office_holder(holder=mayor, holds_to=dt.date(2025, 1, 1), by=None, at=at)
    assert list(queries.who_may_sign(body, dt.date(2024, 12, 31))) == [mayor]
    assert not queries.who_may_sign(body, dt.date(2025, 1, 1))
    assert history_of(mayor)[0].sentence == "Строк повноважень завершився 01.01.2025: міський голова."

    operations.end_body(body=body, acts_to=dt.date(2024, 6, 1), by=None, at=at)
    assert not queries.who_may_sign(body, dt.date(2024, 6, 1))


def test_name_of_the_person_never_enters_the_trail(kalush, at):
    mayor = holder(council(kalush, at), at)

    assert all(
        "голова" in str(e.facts) and "Калуш" not in str(e.facts)
        for e in Entry.objects.about(f"organisations.officeholder:{mayor.pk}")
    )


def test_new_holder_is_public_only_with_a_source(kalush, at):
    body = council(kalush, at)

    with pytest.raises(operations.NotPublishedYet):
        holder(body, at, visibility=Visibility.PUBLIC)
    shown = holder(body, at, visibility=Visibility.PUBLIC, source_url="https://decentralization.gov.ua/news/17698")

    assert list(OfficeHolder.objects.all()) == [shown]


def test_term_that_ends_before_it_begins_is_refused(kalush, at):
    mayor = holder(council(kalush, at), at, holds_from=DAY)

    with pytest.raises(operations.WrongPeriod):
        operations.end_office_holder(holder=mayor, holds_to=DAY, by=None, at=at)


class Person:
    """Someone with a circle; accounts has the real ones."""

    def __init__(self, *roles: tuple[str, int | None]) -> None:
        self.circle = Circle(frozenset(roles))


ALL = set(Visibility.values)


@pytest.mark.parametrize(
    ("role", "where", "seen"),
    [
        (None, None, {"public"}),
        ("reader", "own", {"public", "partners", "team"}),
        ("editor", "own", {"public", "partners", "team"}),
        ("coordinator", "own", ALL),
        ("signatory", "own", ALL),
        ("coordinator", "other", {"public", "partners"}),
        ("editor", None, {"public"}),
        ("moderator", None, ALL),
    ],
)
def test_office_holders_are_seen_by_circle(kalush, at, role, where, seen):
    body = council(kalush, at)
    other = council(Unit.objects.get(pk=ZAPORIZHZHIA), at)
    for visibility in Visibility.values:
        holder(body, at, visibility=visibility, source_url="https://source.example")
    place = {"own": body.pk, "other": other.pk}.get(where or "")
    user = Person((role, place)) if role else Person()

    found = queries.office_holders(body, DAY, user)

    assert {row.visibility for row in found} == seen
    assert len(found) == len(seen)


@pytest.mark.parametrize(
    ("before", "to", "is_raise"),
    [("team", "public", True), ("public", "team", False), ("team", "team", False), ("restricted", "team", True)],
)
def test_raises_means_a_wider_circle(before, to, is_raise):
    assert raises(before, to) is is_raise


def test_lowering_and_raising_have_their_sentences(kalush, at):
    row = holder(council(kalush, at), at, visibility="public", source_url="https://source.example")

    operations.set_office_holder_visibility(holder=row, visibility="team", by=None, at=at)
    operations.set_office_holder_visibility(holder=row, visibility="team", by=None, at=at)

    assert [line.sentence for line in history_of(row)] == [
        "Видимість звужено (міський голова): Усі → Команда.",
        "Внесено посадову особу: міський голова.",
    ]
