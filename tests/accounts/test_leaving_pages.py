"""Pages about leaving, standing in and one's own data: who opens them, what they say, what a refusal leaves."""

import datetime as dt
import io
import re
import zipfile

import pytest
from django.utils import timezone

from pobratym.accounts import operations
from pobratym.accounts.models import Absence, Erasure, HandOver, User
from pobratym.accounts.signing_in import BACKEND, PROVED
from pobratym.audit.models import Entry
from pobratym.organisations import operations as organisations
from pobratym.organisations.choices import Mandate

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def enter(client):
    """Sign in, with a proof of this minute unless another age is named."""

    def enter(person: User, proved: dt.timedelta = dt.timedelta()):
        client.force_login(person, backend=BACKEND)
        session = client.session
        session[PROVED] = (timezone.now() - proved).isoformat()
        session.save()
        return client

    return enter


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def pair(make, kalush) -> tuple[User, User]:
    return make(("coordinator", kalush)), make(("reader", kalush))


def test_coordinator_hands_over_by_the_page(enter, pair):
    leaver, successor = pair
    membership = leaver.memberships.get()
    browser = enter(leaver)

    page = browser.get(f"/accounts/people/{membership.pk}/hand-over/")
    answer = browser.post(f"/accounts/people/{membership.pk}/hand-over/", {"successor": successor.pk, "email": ""})

    assert "Незавершеного немає." in text_of(page)
    # Who leaves the last role sees the people no more.
    assert (answer.status_code, answer.url) == (302, "/accounts/me/")
    assert HandOver.objects.get().successor == successor


def test_refused_hand_over_stays_on_the_page_and_leaves_no_trace(enter, pair):
    leaver, _successor = pair
    membership = leaver.memberships.get()

    answer = enter(leaver).post(f"/accounts/people/{membership.pk}/hand-over/", {"successor": "", "email": ""})

    assert answer.status_code == 422
    assert "Назвіть одного наступника" in text_of(answer)
    assert not HandOver.objects.exists()


def test_hand_over_of_a_foreign_body_is_not_there(enter, make, pair, zaporizhzhia):
    membership = pair[0].memberships.get()

    assert enter(make(("coordinator", zaporizhzhia))).get(
        f"/accounts/people/{membership.pk}/hand-over/"
    ).status_code == 404  # fmt: skip


def test_log_of_hand_overs_stands_on_the_page_of_people_and_waits_can_be_taken_back(enter, make, pair, kalush):
    leaver, _reader = pair
    other = make(("coordinator", kalush))
    record = operations.hand_over(
        membership=leaver.memberships.get(), email="new@pobratym.example", by=leaver, at=timezone.now()
    )
    browser = enter(other)

    page = browser.get("/accounts/people/")
    answer = browser.post(f"/accounts/people/hand-overs/{record.pk}/withdraw/")

    assert "чекає на запрошену особу" in text_of(page)
    assert "new@pobratym.example" in text_of(page)
    assert answer.status_code == 302
    record.refresh_from_db()
    assert record.withdrawn_at is not None


def test_ending_the_last_coordinator_answers_409_and_offers_the_hand_over(enter, pair):
    leaver, _reader = pair
    membership = leaver.memberships.get()
    browser = enter(leaver)

    page = browser.get(f"/accounts/people/{membership.pk}/end/")
    answer = browser.post(f"/accounts/people/{membership.pk}/end/")

    assert f"/accounts/people/{membership.pk}/hand-over/" in text_of(page)
    assert answer.status_code == 409
    assert "Це остання особа, що координує від органу." in text_of(answer)
    membership.refresh_from_db()
    assert membership.holds_to is None


def test_moderator_names_the_reason_on_the_page(enter, make, pair):
    make("moderator")
    membership = pair[0].memberships.get()
    browser = enter(make("moderator"))

    assert "орган попросив про це офіційним листом" in text_of(browser.get(f"/accounts/people/{membership.pk}/end/"))
    assert browser.post(f"/accounts/people/{membership.pk}/end/", {"reason": ""}).status_code == 409
    assert browser.post(f"/accounts/people/{membership.pk}/end/", {"reason": "body_asked"}).status_code == 302

    membership.refresh_from_db()
    assert membership.holds_to is not None


def test_two_coordinators_are_asked_for_on_the_desk_and_the_page_of_people(enter, make, pair, kalush):
    browser = enter(pair[0])
    words = "Калуш: координують менш ніж двоє."

    assert words in text_of(browser.get("/desk/"))
    assert words in text_of(browser.get("/accounts/people/"))
    make(("coordinator", kalush))
    assert words not in text_of(browser.get("/desk/"))
    assert words not in text_of(browser.get("/accounts/people/"))


def test_moderators_list_bodies_that_are_short(enter, make, pair, kalush):
    shown = text_of(enter(make("moderator")).get("/accounts/people/short/"))

    assert "Калуш: міська рада" in shown
    assert "координує 1 особа" in shown
    assert f"/accounts/people/invite/?body={kalush.pk}" in shown or f"invite/?body={kalush.pk}" in shown
    assert enter(pair[0]).get("/accounts/people/short/").status_code == 403


def test_substitute_is_named_by_the_page_and_shown_on_desk_and_people(enter, pair, make, kalush):
    away, colleague = pair
    today = timezone.localdate()
    asked = {"body": kalush.pk, "substitute": colleague.pk, "first_day": today, "last_day": today + DAY}

    assert enter(away).post("/accounts/me/absence/", asked).status_code == 302

    absence = Absence.objects.get()
    assert timezone.localtime(absence.holds_to).time() == dt.time.min
    assert timezone.localdate(absence.holds_to) == today + 2 * DAY
    assert f"Ви дієте замість: {away.name} (Калуш)" in text_of(enter(colleague).get("/desk/"))
    assert f"діє {colleague.name}" in text_of(enter(make("moderator")).get("/accounts/people/"))
    assert "замість голови підписує посадова особа" in text_of(enter(away).get("/accounts/me/absence/"))


def test_substitution_is_ended_by_both_and_by_nobody_else(enter, pair, make, kalush):
    away, colleague = pair
    now = timezone.now()
    absence = operations.name_substitute(
        body=kalush, substitute=colleague, holds_from=now, holds_to=now + DAY, by=away, at=now
    )

    assert enter(make(("coordinator", kalush))).post(f"/accounts/me/absence/{absence.pk}/end/").status_code == 404
    assert enter(colleague).post(f"/accounts/me/absence/{absence.pk}/end/").status_code == 302
    assert not Absence.objects.filter(holds_to__gt=timezone.now()).exists()


def test_archive_comes_as_a_file_after_a_fresh_proof_only(enter, pair):
    person = pair[0]
    stale = enter(person, proved=dt.timedelta(hours=1))
    refused = stale.post("/accounts/me/data/archive/")
    assert refused["Content-Type"] != "application/zip"
    assert not Entry.objects.filter(verb="audit.export.made").exists()

    answer = enter(person).post("/accounts/me/data/archive/")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert re.fullmatch(r'attachment; filename="pobratym-my-data-\d{4}-\d\d-\d\d\.zip"', answer["Content-Disposition"])
    assert "index.html" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert "no-store" in answer["Cache-Control"]
    assert Entry.objects.filter(verb="audit.export.made").count() == 1


def test_erasure_is_asked_understood_and_taken_back_by_pages(enter, make, kalush):
    person = make(("reader", kalush))
    browser = enter(person)

    assert browser.post("/accounts/me/data/erase/", {}).status_code == 422
    assert not Erasure.objects.exists()
    assert browser.post("/accounts/me/data/erase/", {"understood": "on"}).status_code == 302
    assert "Ваш обліковий запис буде видалено після" in text_of(browser.get("/accounts/me/data/"))
    assert browser.post("/accounts/me/data/keep/").status_code == 302
    assert browser.post("/accounts/me/data/keep/").status_code == 409
    assert Erasure.objects.get().withdrawn_at is not None


def test_erasure_asks_for_a_fresh_proof(enter, make, kalush):
    stale = enter(make(("reader", kalush)), proved=dt.timedelta(hours=1))

    stale.post("/accounts/me/data/erase/", {"understood": "on"})

    assert not Erasure.objects.exists()


def test_last_coordinator_is_led_to_the_hand_over(enter, pair):
    shown = text_of(enter(pair[0]).get("/accounts/me/data/erase/"))

    assert f"/accounts/people/{pair[0].memberships.get().pk}/hand-over/" in shown
    assert "Видалити мій обліковий запис через сім днів" not in shown


def test_letter_is_entered_by_one_moderator_and_answered_by_a_second(enter, make, kalush):
    person, first, second = make(("reader", kalush)), make("moderator"), make("moderator")
    letter = {"email": person.email, "letter_number": "12/3", "letter_on": "2024-02-19"}

    assert enter(first).post("/accounts/erasures/", {**letter, "email": "no@pobratym.example"}).status_code == 422
    assert enter(first).post("/accounts/erasures/", letter).status_code == 302
    wish = Erasure.objects.get()
    assert "Чекає на іншого модератора." in text_of(enter(first).get("/accounts/erasures/"))
    assert enter(first).post(f"/accounts/erasures/{wish.pk}/", {"answer": "confirm"}).status_code == 403
    assert enter(second).post(f"/accounts/erasures/{wish.pk}/", {"answer": "confirm"}).status_code == 302

    assert User.objects.get(pk=person.pk).erased_at is not None


def test_refused_letter_erases_nothing(enter, make, kalush):
    person, first, second = make(("reader", kalush)), make("moderator"), make("moderator")
    wish = operations.ask_erasure_in_writing(
        person=person, letter_number="1", letter_on=dt.date(2024, 2, 19), by=first, at=timezone.now()
    )

    enter(second).post(f"/accounts/erasures/{wish.pk}/", {"answer": "refuse"})

    assert User.objects.get(pk=person.pk).erased_at is None
    wish.refresh_from_db()
    assert (wish.done_at, wish.withdrawn_at is None) == (None, False)


@pytest.mark.parametrize("address", ["me/absence/", "me/data/", "me/data/archive/", "me/data/erase/"])
def test_own_pages_ask_a_stranger_to_sign_in(client, address):
    answer = client.get(f"/accounts/{address}")

    assert (answer.status_code, answer.url.startswith("/accounts/sign-in/")) == (302, True)


def queries_of(client, address: str, django_assert_max_num_queries) -> int:
    with django_assert_max_num_queries(60) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", ["/accounts/people/", "/accounts/me/absence/", "/accounts/people/short/"])
def test_query_count_is_equal_for_one_and_three(address, enter, make, kalush, django_assert_max_num_queries):
    now = timezone.now()
    moderator = make("moderator", ("coordinator", kalush))
    browser = enter(moderator)

    def fill() -> None:
        person, colleague, third = make(("editor", kalush)), make(("reader", kalush)), make(("reader", kalush))
        operations.name_substitute(
            body=kalush, substitute=moderator, holds_from=now, holds_to=now + DAY, by=person, at=now
        )
        operations.hand_over(membership=third.memberships.get(), successor=colleague, by=moderator, at=now)

    fill()
    one = queries_of(browser, address, django_assert_max_num_queries)
    fill()
    fill()

    assert queries_of(browser, address, django_assert_max_num_queries) == one


def test_asker_sees_who_refused(enter, make, kalush, at):
    asker, colleague = make(("coordinator", kalush)), make(("signatory", kalush))
    mayor = organisations.add_office_holder(
        body=kalush, person_uk="Голова", person_en="Mayor", post_uk="голова", post_en="mayor",
        mandate=Mandate.ELECTED, by=None, at=at,
    )  # fmt: skip
    wish = operations.ask_second(subject=mayor, title="Голова Калуша", raise_to="public", by=asker, at=at)
    operations.refuse_second(second=wish, by=colleague, at=timezone.now())

    shown = text_of(enter(asker).get("/accounts/second-person/"))

    assert "Голова Калуша: Команда → Усі" in shown
    assert f"відхилено · {colleague.name}" in shown
    mayor.refresh_from_db()
    assert mayor.visibility == "team"


@pytest.mark.parametrize(
    "address",
    ["people/", "people/invite/", "people/short/", "me/absence/", "me/data/", "erasures/", "second-person/"],
)
def test_pages_about_people_are_not_cached(address, enter, make):
    answer = enter(make("moderator")).get(f"/accounts/{address}")

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
