"""The composed pages: who sees them, in which language, for how many queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pobratym.accounts.models import User
from pobratym.newsroom import operations as newsroom
from pobratym.partnerships.choices import Stage
from pobratym.portal.demonstration import items, story
from pobratym.territory.models import Unit
from tests.portal.conftest import NOW

KALUSH = "/places/UA26060170000091466/"


def signed_in(key: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(demonstration_role=key), backend="pobratym.accounts.backends.People")
    return client


@pytest.mark.parametrize(
    "address", ["/", "/places/", KALUSH, "/places/UA26000000000069363/", "/search/?q=Калуш", "/tour/"]
)
@pytest.mark.parametrize("language", ["", "/en"])
def test_public_pages_open_in_both_languages(demonstration, client, address, language):
    story.build(Stage.MEMORANDUM, at=NOW)

    answer = client.get(language + address)

    assert answer.status_code == 200
    assert f'<html lang="{"en" if language else "uk"}">' in answer.content.decode()


def test_proposal_is_seen_by_its_parties_alone(demonstration, client):
    story.build(Stage.CONTACT, at=NOW)
    address = f"/partnerships/{story.current().pk}/"

    assert client.get(address).status_code == 404
    assert signed_in("reader").get(address).status_code == 404
    assert signed_in("kalush").get(address).status_code == 200
    assert signed_in("zaporizhzhia").get(address).status_code == 200


def test_partnership_page_tells_promises_voices_and_the_next_step(demonstration, client):
    story.build(Stage.MEMORANDUM, at=NOW)

    page = client.get(f"/partnerships/{story.current().pk}/").content.decode()

    for words in ("Енергоефективність", "Андрій Найда", "Анатолій Куртєв", "Далі:", "Калуська територіальна громада"):
        assert words in page


def test_only_a_signatory_signs(demonstration, client):
    story.build(Stage.INTENT, at=NOW)
    address = f"/partnerships/{story.current().pk}/sign/"

    assert client.get(address).status_code == 404
    assert signed_in("zaporizhzhia").get(address).status_code == 403
    assert signed_in("zaporizhzhia-signs").get(address).status_code == 200
    assert signed_in("kalush-signs").get(address).status_code == 409


def test_signature_from_the_future_is_refused_on_the_page(demonstration):
    story.build(Stage.INTENT, at=NOW)
    client = signed_in("zaporizhzhia-signs")
    address = f"/partnerships/{story.current().pk}/sign/"
    holder = story.current().parties.get(body__unit="UA23060070000082704").body.office_holders.get()

    answer = client.post(address, {"office_holder": holder.pk, "signed_on": "2999-01-01"})

    assert answer.status_code == 422
    assert story.current().stage == Stage.INTENT


def test_community_page_asks_as_much_for_three_items_as_for_one(demonstration, client, django_assert_num_queries):
    story.build(Stage.MEMORANDUM, at=NOW)
    client.get(KALUSH)
    with CaptureQueriesContext(connection) as one:
        client.get(KALUSH)
    for number in range(2):
        item = newsroom.write_publication(
            title=f"Новина {number}", lead="Про Калуш.", body="<p>Текст.</p>", source_name="Джерело",
            hromadas=[Unit.objects.get(pk="UA26060170000091466")], by=None, at=NOW,
        )  # fmt: skip
        items.publish(item, at=NOW)

    with django_assert_num_queries(len(one.captured_queries)):
        client.get(KALUSH)


def test_tour_is_only_in_a_demonstration(db, client, settings):
    settings.DEMONSTRATION = False

    assert client.get("/tour/").status_code == 404
    assert client.post("/tour/role/", {"role": "moderator"}).status_code == 404


def test_unknown_code_is_not_found_and_a_village_leads_to_its_community(demonstration, client):
    village = Unit.objects.filter(kind="village", hromada="UA26060170000091466").first()

    assert client.get("/places/UA99999999999999999/").status_code == 404
    assert client.get(f"/places/{village.pk}/")["Location"] == KALUSH


@pytest.mark.parametrize("text", ["червоноград", "Kalush", "калуш", "<script>", "%00", "'; drop"])
def test_search_answers_whatever_is_asked(demonstration, client, text):
    story.build(Stage.MEMORANDUM, at=NOW)

    answer = client.get("/search/", {"q": text})

    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().partition("<main")[2]
