"""The page of preferences: for oneself, for the kinds that concern one, changing only what was changed."""

import pytest
from django.test import Client
from django.utils import timezone

from pobratym.accounts.choices import Role
from pobratym.accounts.operations import give_role
from pobratym.notices import operations
from pobratym.notices.choices import When
from pobratym.notices.queries import chosen_by, correspondence_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(person) -> Client:
    client = Client()
    client.force_login(person, backend="pobratym.accounts.backends.People")
    return client


def shown(client: Client, language: str = "") -> dict[str, str]:
    """What the form of the page holds."""
    form = client.get(f"{language}/notices/").context["form"]
    return {name: str(field.initial or "") for name, field in form.fields.items()}


def test_stranger_is_asked_to_sign_in(client):
    answer = client.get("/notices/")

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/sign-in/?next=/notices/")
    assert client.post("/notices/", {}).status_code == 302


SUGGESTED = [("", "як пропонує платформа: раз на день"), ("/en", "as suggested: once a day")]


@pytest.mark.parametrize(("language", "words"), SUGGESTED)
def test_page_shows_each_kind_with_what_is_suggested(signed_in, language, words):
    page = signed_in.get(f"{language}/notices/").content.decode()

    assert words in page
    assert "Те, що зараз" in page
    assert "listener@pobratym.example" in page


def test_kinds_are_offered_to_those_whom_they_concern(person):
    def names() -> list[str]:
        client = Client()
        client.force_login(person, backend="pobratym.accounts.backends.People")
        return list(shown(client))

    assert "accounts.second_asked" not in names()
    give_role(person=person, role=Role.MODERATOR, by=None, at=timezone.now())
    assert "accounts.second_asked" in names()


def test_saving_changes_what_was_changed(signed_in, person):
    page = shown(signed_in)

    answer = signed_in.post(
        "/notices/", {**page, "tests.now": When.WEEKLY, "language": "en", "weekday": "4"}, follow=True
    )

    assert answer.redirect_chain == [("/notices/", 302)]
    assert chosen_by(person) == {"tests.now": When.WEEKLY}
    found = correspondence_of(person)
    assert (found.language, found.weekday) == ("en", 4)
    assert shown(signed_in)["tests.now"] == When.WEEKLY


def test_page_in_a_second_window_takes_nothing_back(signed_in, person, at):
    stale = shown(signed_in)
    operations.choose(person=person, chosen={"tests.daily": When.OFF}, language="en", by=person, at=at)

    signed_in.post("/notices/", {**stale, "tests.now": When.OFF})

    assert chosen_by(person) == {"tests.daily": When.OFF, "tests.now": When.OFF}
    assert correspondence_of(person).language == "en"


def test_back_to_what_is_suggested(signed_in, person, at):
    operations.choose(person=person, chosen={"tests.now": When.OFF}, by=person, at=at)

    signed_in.post("/notices/", {**shown(signed_in), "tests.now": ""})

    assert chosen_by(person) == {}


def test_nonsense_is_refused_and_changes_nothing(signed_in, person):
    answer = signed_in.post("/notices/", {**shown(signed_in), "tests.now": "hourly"})

    assert answer.status_code == 422
    assert chosen_by(person) == {}


def test_page_asks_equally_often_for_one_and_three_choices(signed_in, person, at, django_assert_max_num_queries):
    counts = []
    for kind in ("tests.now", "tests.daily", "tests.seen"):
        operations.choose(person=person, chosen={kind: When.WEEKLY}, by=person, at=at)
        with django_assert_max_num_queries(20) as asked:
            signed_in.get("/notices/")
        counts.append(len(asked))

    assert counts[0] == counts[2]
