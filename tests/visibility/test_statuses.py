"""A territory's status hides contacts, exact dates and places from the very day on which it changes.

Nothing runs on that day and nothing is rewritten: the same address is asked with the same rows, only the status's
first day differs — today or tomorrow.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from pobratym.newsroom import operations as newsroom
from pobratym.newsroom.content import When
from pobratym.newsroom.happenings import reader_of
from pobratym.newsroom.queries import upcoming
from pobratym.organisations.details import details_for
from pobratym.organisations.queries import office_holders
from pobratym.partnerships import operations
from pobratym.partnerships.queries import status_notices, working_details
from pobratym.territory.models import Unit
from pobratym.territory.operations import end_status, record_status
from pobratym.vocabulary.choices import Visibility
from tests.newsroom.conftest import published
from tests.partnerships.cast import AT, agreed, body_of, head_of, member
from tests.visibility.reading import text_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
TOMORROW = TODAY + dt.timedelta(days=1)
KYIV = timezone.get_default_timezone()
# Not the first or last of a month, so that a coarse date differs from the exact one.
NOTED, DONE = dt.date(2024, 2, 13), dt.date(2024, 2, 17)
HELD = dt.datetime(TODAY.year + 1, 5, 14, 9, 45, tzinfo=KYIV)
PUBLIC = {"visibility": Visibility.PUBLIC, "by": None, "at": AT}
PLACE = "зала на вулиці Прихованій, 5"
HEAD = "Керівниця прихована"

# What an outsider must not find, by page; the other half of each pair is what stands there instead.
EXACT = {
    "partnership": ["17 лютого 2024", "09.02.2024"],
    "direction": ["13 лютого 2024", "17 лютого 2024", "5 лютого 2024", "9 лютого 2024"],
    "item": ["14 травня", "9:45", PLACE, "calendar.ics"],
    "news": ["14 травня", "9:45", PLACE, "calendar.ics"],
    "home": ["14 травня", "9:45", PLACE, "calendar.ics"],
    "search": ["14 травня", "9:45", PLACE, "calendar.ics"],
    "place": [HEAD, "14 травня", "9:45", PLACE],
}
ENGLISH = {"лютого": "February", "травня": "May", HEAD: "Hidden head"}


class Scene:
    """Kalush works with Zaporizhzhia in public; an event is announced, work is done and measured."""

    def __init__(self) -> None:
        self.kalush, self.zaporizhzhia = body_of("Калуш"), body_of("Запоріжжя")
        self.poltava = body_of("Полтава")
        head_of(self.kalush)
        head_of(
            self.zaporizhzhia, person_uk=HEAD, person_en=ENGLISH[HEAD],
            visibility=Visibility.PUBLIC, source_url="https://zp.example.org/head",
        )  # fmt: skip
        self.partnership = agreed(self.kalush, self.zaporizhzhia, visibility=Visibility.PUBLIC)
        commitment = operations.add_commitment(
            partnership=self.partnership, direction="energy", text_uk="лічильники", text_en="meters", **PUBLIC
        )
        operations.note_progress(commitment=commitment, noted_on=NOTED, text_uk="стоять", text_en="stand", **PUBLIC)
        operations.record_value(
            commitment=commitment, amount=Decimal(7), unit_uk="шт.", proof="measured", evidence="акт",
            period_from=dt.date(2024, 2, 5), period_to=dt.date(2024, 2, 10), **PUBLIC,
        )  # fmt: skip
        commitment.refresh_from_db()
        operations.mark_done(commitment=commitment, done_on=DONE, version=commitment.version, by=None, at=AT)
        self.editor = member("editor")
        self.writer = member("coordinator", self.kalush)
        self.partner = member("reader", self.zaporizhzhia)
        self.stranger = member("coordinator", self.poltava)
        self.item = published(
            _cast(self.writer, self.editor), AT, type="event", title="Форум енергоефективності",
            dated_on=HELD.date(), hromadas=[self.zaporizhzhia.unit],
            happening=When(starts_at=HELD, place=PLACE),
        )  # fmt: skip
        self.english = _translated(self)

    def addresses(self, language: str) -> dict[str, str]:
        item = self.item if language == "uk" else self.english
        with translation.override(language):
            return {
                "partnership": reverse("portal:partnership", args=[self.partnership.pk]),
                "direction": reverse("partnerships:direction", args=[self.partnership.pk, "energy"]),
                "item": reverse("newsroom:item", args=[item.pk]),
                "news": reverse("newsroom:list"),
                "home": reverse("portal:home"),
                "search": reverse("portal:search") + "?q=Форум",
                "place": reverse("portal:place", args=[self.zaporizhzhia.unit_id]),
            }


def _cast(coordinator: Any, editor: Any) -> Any:
    return type("Cast", (), {"coordinator": coordinator, "editor": editor})


def _translated(scene: Scene) -> Any:
    from_writer = {"language": "en", "title": "Форум of energy", "lead": "A lead.", "body": "<p>Text.</p>"}
    made = newsroom.add_translation(publication=scene.item, by=scene.writer, at=AT, **from_writer)
    newsroom.submit_for_review(publication=made, by=scene.writer, at=AT)
    return newsroom.publish(publication=made, by=scene.editor, at=AT)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def becomes(unit: Unit, status: str, on: dt.date) -> Any:
    return record_status(unit=unit, status=status, valid_from=on, valid_to=None, source="наказ № 376", by=None, at=AT)


def of(user: Any = None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")


def words(name: str, language: str) -> list[str]:
    said = EXACT[name]
    if language == "en":
        for uk, en in ENGLISH.items():
            said = [word.replace(uk, en) for word in said]
    return said


def found(scene: Scene, client: Client, language: str) -> dict[str, list[str]]:
    """Of each page the exact words that stand on it."""
    pages = {name: page(client, address) for name, address in scene.addresses(language).items()}
    return {name: [word for word in words(name, language) if word in pages[name]] for name in pages}


def nowhere() -> dict[str, list[str]]:
    return {name: [] for name in EXACT}


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("status", ["active", "active_e", "occupied"])
def test_the_day_before_all_is_shown_and_on_the_day_nothing(scene: Scene, language: str, status: str) -> None:
    row = becomes(scene.zaporizhzhia.unit, status, TOMORROW)
    before = found(scene, of(), language)

    row.valid_from = TODAY
    row.save()

    # Each exact word stands there the day before, else its absence on the day would prove nothing.
    assert before == {name: words(name, language) for name in EXACT}
    assert found(scene, of(), language) == nowhere()


@pytest.mark.parametrize("language", ["uk", "en"])
def test_possible_hostilities_hide_nothing(scene: Scene, language: str) -> None:
    becomes(scene.zaporizhzhia.unit, "possible", TODAY)

    assert found(scene, of(), language) == {name: words(name, language) for name in EXACT}


def test_status_of_the_raion_decides_too_and_what_ran_out_stays(scene: Scene) -> None:
    row = becomes(scene.zaporizhzhia.unit.raion, "active", TODAY - dt.timedelta(days=9))
    end_status(status=row, valid_to=TODAY, by=None, at=AT)

    assert found(scene, of(), "uk") == nowhere()

    # Only a new status says that it is safe again.
    becomes(scene.zaporizhzhia.unit, "possible", TODAY)
    assert found(scene, of(), "uk") == EXACT


@pytest.mark.parametrize("who", ["partner", "writer"])
def test_insiders_still_see_all(scene: Scene, who: str) -> None:
    becomes(scene.zaporizhzhia.unit, "active", TODAY)

    assert found(scene, of(getattr(scene, who)), "uk") == EXACT


def test_moderators_see_all_and_editors_what_they_edit(scene: Scene) -> None:
    becomes(scene.zaporizhzhia.unit, "active", TODAY)

    assert found(scene, of(member("moderator")), "uk") == EXACT
    seen = found(scene, of(scene.editor), "uk")
    assert seen["item"] == EXACT["item"]
    assert (seen["partnership"], seen["direction"]) == ([], [])


def test_members_of_other_bodies_are_outsiders(scene: Scene) -> None:
    becomes(scene.zaporizhzhia.unit, "active", TODAY)

    assert found(scene, of(scene.stranger), "uk") == nowhere()


def test_months_and_a_calm_line_stand_instead(scene: Scene) -> None:
    becomes(scene.zaporizhzhia.unit, "active", TODAY)
    addresses = scene.addresses("uk")

    item, direction = page(of(), addresses["item"]), page(of(), addresses["direction"])

    assert f"травень {HELD.year}" in item
    assert "Точну дату й місце не показуємо." in item
    assert "лютий 2024" in direction
    assert "Контакти, точні дати й місця тут не показуємо." in page(of(), addresses["place"])
    assert "Точні дати роботи не показуємо." in page(of(), addresses["partnership"])


def test_calendar_file_is_for_insiders_alone(scene: Scene) -> None:
    address = reverse("newsroom:calendar", args=[scene.item.pk])
    assert PLACE.split(",", maxsplit=1)[0].encode() in of().get(address).content

    becomes(scene.zaporizhzhia.unit, "active", TODAY)

    assert of().get(address).status_code == 404
    assert of(scene.partner).get(address).status_code == 200


def test_api_tells_months(scene: Scene) -> None:
    def asked() -> tuple[Any, Any]:
        one = of().get(f"/api/v1/partnerships/{scene.partnership.pk}").json()
        return one, of().get(f"/api/v1/publications/{scene.item.pk}").json()["dated_on"]

    one, dated_on = asked()
    assert (one["dates"], one["commitments"][0]["done_on"], dated_on) == ("day", "2024-02-17", HELD.date().isoformat())

    becomes(scene.zaporizhzhia.unit, "active", TODAY)

    one, dated_on = asked()
    value = one["commitments"][0]["values"][0]
    assert (one["dates"], one["commitments"][0]["done_on"]) == ("month", "2024-02-01")
    assert (value["period_from"], value["period_to"]) == ("2024-02-01", "2024-03-01")
    assert dated_on == HELD.date().replace(day=1).isoformat()
    assert of().get("/api/v1/publications").json()[0]["dated_on"] == dated_on


def test_coming_events_do_not_tell_the_day_by_leaving(scene: Scene) -> None:
    becomes(scene.zaporizhzhia.unit, "active", TODAY)
    stranger = reader_of(AnonymousUser(), TODAY)
    first, last = HELD.date().replace(day=1), dt.date(HELD.year, 5, 31)

    for day in (first, HELD.date(), HELD.date() + dt.timedelta(days=1), last):
        assert [item.pk for item in upcoming(day, stranger, "uk")] == [scene.item.pk]
    assert upcoming(last + dt.timedelta(days=1), stranger, "uk") == []
    # Who sees the day sees the event leave with it.
    assert upcoming(HELD.date() + dt.timedelta(days=1), reader_of(scene.partner, TODAY), "uk") == []


def test_signed_paper_keeps_its_day_and_signatory_and_a_draft_names_nobody(scene: Scene) -> None:
    paper = operations.draft_memorandum(partnership=scene.partnership, **PUBLIC)
    address = reverse("agreements:agreement", args=[paper.pk])
    docx = reverse("agreements:docx", args=[paper.pk])
    assert HEAD in page(of(), address)

    becomes(scene.zaporizhzhia.unit, "active", TODAY)

    assert HEAD not in page(of(), address)
    assert HEAD not in text_of(of().get(docx).content)
    assert HEAD in page(of(scene.writer), address)

    place = paper.parties.get(body=scene.zaporizhzhia)
    place.signed_on, place.signatory_uk = dt.date(2024, 2, 20), HEAD
    place.save()
    assert HEAD in page(of(), address)
    assert "20 лютого 2024" in page(of(), address)


def test_partner_sees_office_holders_of_the_community_at_risk(scene: Scene) -> None:
    becomes(scene.zaporizhzhia.unit, "active", TODAY)

    def shown(user: Any) -> int:
        return office_holders(scene.zaporizhzhia, TODAY, user, working_details(user, TODAY)).count()

    assert (shown(AnonymousUser()), shown(scene.stranger), shown(scene.writer), shown(scene.partner)) == (0, 0, 1, 1)
    # Without knowing who works with whom a page is stricter, never laxer.
    assert office_holders(scene.zaporizhzhia, TODAY, scene.writer).count() == 0


def test_desk_and_partnership_tell_a_partner_what_changed(scene: Scene) -> None:
    becomes(scene.zaporizhzhia.unit, "active", TODAY)
    told = f"{scene.zaporizhzhia.unit.everyday_name}: з "

    for address in (reverse("portal:desk"), scene.addresses("uk")["partnership"]):
        shown = page(of(scene.writer), address)
        assert told in shown
        assert "Джерело: наказ № 376" in shown
    assert told not in page(of(scene.stranger), reverse("portal:desk"))
    assert told not in page(of(), scene.addresses("uk")["partnership"])
    assert told in page(of(scene.writer), scene.addresses("uk")["partnership"])


def test_change_is_told_for_sixty_days_and_costs_one_query(scene: Scene, django_assert_num_queries: Any) -> None:
    row = becomes(scene.zaporizhzhia.unit, "active", TODAY - dt.timedelta(days=59))
    partnership = type(scene.partnership).objects.with_parties().get(pk=scene.partnership.pk)
    list(partnership.parties.all())
    _ = scene.writer.circle

    with django_assert_num_queries(1):
        notices = status_notices([partnership], scene.writer, TODAY)
    assert [(notice.on, notice.hides, notice.has_ended) for notice in notices] == [(row.valid_from, True, False)]
    assert status_notices([partnership], scene.writer, TODAY + dt.timedelta(days=1)) == []
    assert status_notices([partnership], AnonymousUser(), TODAY) == []

    end_status(status=row, valid_to=TODAY, by=None, at=AT)
    assert [(n.on, n.hides, n.has_ended) for n in status_notices([partnership], scene.writer, TODAY)] == [
        (TODAY, False, True)
    ]


def test_what_is_asked_of_many_places_costs_one_query(scene: Scene, django_assert_num_queries: Any) -> None:
    units = list(Unit.objects.filter(kind="hromada").order_by("code")[:50])

    with django_assert_num_queries(1):
        details = details_for(AnonymousUser(), TODAY)
        # Crimea is occupied by law, so some are hidden and most are not.
        assert sum(details.hidden_at(unit) for unit in units) > 0 or not any(u.code.startswith("UA01") for u in units)


def test_no_coordinate_stands_on_a_page_of_a_place(scene: Scene) -> None:
    unit = scene.kalush.unit
    village = unit.settlements.exclude(lat=None).exclude(pk=unit.centre_id).first()

    for place in (unit, village):
        shown = of().get(reverse("portal:place", args=[place.pk]), follow=True).content.decode()
        for number in (place.lat, place.lon):
            assert f"{number:.3f}"[:-1] not in shown


def test_nothing_holds_where_a_relocated_administration_works() -> None:
    """A body has a community, never an address: what is not stored cannot be shown."""
    fields = {field.name for field in type(body_of("Калуш"))._meta.get_fields()}

    assert not {name for name in fields if "address" in name or "place" in name or "street" in name or "lat" in name}
