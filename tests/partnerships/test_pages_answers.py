"""Pages of proposing and answering: who may open them, what a refusal answers, what an answer changes."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pobratym.accounts.operations import give_role
from pobratym.organisations.models import Body
from pobratym.partnerships import operations
from pobratym.partnerships.choices import PartyState
from pobratym.partnerships.models import Answer, Partnership
from tests.partnerships.cast import AT, body_of, member, party_of, proposed

REPLY = {"reply": "agree", "text": "", "given_by": "Міський голова"}


def signed_in(role: str, body: Body | None = None) -> Client:
    client = Client()
    client.force_login(member(role, body))
    return client


def sent(partnership: Partnership, body: Body, at: dt.datetime | None = None) -> str:
    """The address of a fresh one-time link."""
    link = operations.send_link(party=party_of(partnership, body), by=None, at=at or timezone.now())
    return f"/partnerships/answer/{link.token}/"


def test_list_shows_public_partnerships_to_everyone(kalush: Body, zaporizhzhia: Body, client: Client) -> None:
    proposed(kalush, zaporizhzhia, visibility="public")
    page = client.get("/partnerships/")
    assert page.status_code == 200
    assert "Калуш — Запоріжжя" in page.content.decode()
    assert "Калуш — Запоріжжя" not in client.get("/partnerships/", {"stage": "twins"}).content.decode()
    assert "Калуш — Запоріжжя" in client.get("/partnerships/", {"words": "калуш"}).content.decode()
    assert "Калуш — Запоріжжя" not in client.get("/partnerships/", {"words": "полтава"}).content.decode()


def test_list_hides_what_is_the_teams(kalush: Body, zaporizhzhia: Body, client: Client) -> None:
    proposed(kalush, zaporizhzhia)
    assert "Калуш — Запоріжжя" not in client.get("/partnerships/").content.decode()


def test_list_costs_the_same_for_one_and_three(
    kalush: Body, zaporizhzhia: Body, chernivtsi: Body, client: Client
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/partnerships/").status_code == 200
        return len(queries)

    proposed(kalush, zaporizhzhia, visibility="public")
    cost()
    one = cost()
    proposed(kalush, chernivtsi, visibility="public")
    proposed(zaporizhzhia, chernivtsi, visibility="public")
    assert cost() == one


def test_propose_is_for_coordinators(kalush: Body, client: Client) -> None:
    assert client.get("/partnerships/propose/").status_code == 302
    assert signed_in("signatory", kalush).get("/partnerships/propose/").status_code == 403
    assert signed_in("coordinator", kalush).get("/partnerships/propose/").status_code == 200


def test_propose_with_a_place_shows_its_name(kalush: Body, zaporizhzhia: Body) -> None:
    page = signed_in("coordinator", kalush).get("/partnerships/propose/", {"place": str(zaporizhzhia.unit_id)})
    assert zaporizhzhia.unit.everyday_name in page.content.decode()  # type: ignore[union-attr]


@pytest.mark.parametrize("code", ["UA00000000000000000", "\x01", "х" * 300])
def test_propose_with_an_unknown_place_is_an_empty_form(kalush: Body, code: str) -> None:
    assert signed_in("coordinator", kalush).get("/partnerships/propose/", {"place": code}).status_code == 200


def test_coordinator_of_two_bodies_chooses_for_which(kalush: Body, chernivtsi: Body) -> None:
    person = member("coordinator", kalush)
    give_role(person=person, role="coordinator", body=chernivtsi, holds_from=AT, by=None, at=AT)
    client = Client()
    client.force_login(person)
    page = client.get("/partnerships/propose/").content.decode()
    assert kalush.name_uk in page
    assert chernivtsi.name_uk in page


def test_pages_speak_english(kalush: Body, zaporizhzhia: Body, client: Client) -> None:
    partnership = proposed(kalush, zaporizhzhia, visibility="public")
    assert "Kalush — Zaporizhzhia" in client.get("/en/partnerships/").content.decode()
    shown = client.get(f"/en{sent(partnership, zaporizhzhia)}").content.decode()
    assert "Invited by: Kalush City Council." in shown


def test_proposal_makes_a_partnership_once(kalush: Body, zaporizhzhia: Body) -> None:
    coordinator = signed_in("coordinator", kalush)
    facts = {"by_body": kalush.pk, "place": zaporizhzhia.unit_id, "subject_uk": "економіка", "programme": "own"}

    made = coordinator.post("/partnerships/propose/", facts)
    again = coordinator.post("/partnerships/propose/", facts)

    partnership = Partnership.objects.get()
    assert (made.status_code, made.headers["Location"]) == (302, f"/partnerships/{partnership.pk}/")
    assert [party.body for party in partnership.present] == [kalush, zaporizhzhia]
    assert again.status_code == 422
    assert "вже мають партнерство" in again.content.decode()


def test_proposal_to_oneself_or_to_no_body_is_refused(kalush: Body) -> None:
    coordinator = signed_in("coordinator", kalush)
    facts = {"by_body": kalush.pk, "subject_uk": "економіка", "programme": "own"}
    assert coordinator.post("/partnerships/propose/", facts | {"place": kalush.unit_id}).status_code == 422
    poltava = body_of("Полтава")
    code = poltava.unit_id
    poltava.delete()
    assert coordinator.post("/partnerships/propose/", facts | {"place": code}).status_code == 422
    assert not Partnership.objects.exists()


def test_proposal_for_another_body_is_refused(kalush: Body, zaporizhzhia: Body, chernivtsi: Body) -> None:
    facts = {"by_body": chernivtsi.pk, "place": zaporizhzhia.unit_id, "subject_uk": "економіка", "programme": "own"}
    assert signed_in("coordinator", kalush).post("/partnerships/propose/", facts).status_code == 422
    assert not Partnership.objects.exists()


def test_answer_by_the_link_counts_after_a_moderator(kalush: Body, zaporizhzhia: Body, client: Client) -> None:
    partnership = proposed(kalush, zaporizhzhia)
    address = sent(partnership, zaporizhzhia)
    shown = client.get(address).content.decode()
    assert kalush.name_uk in shown
    assert "економічне партнерство" in shown

    assert client.post(address, REPLY).status_code == 200

    party = party_of(partnership, zaporizhzhia)
    answer = Answer.objects.get()
    assert (party.state, answer.given_by, answer.confirmed_at) == (PartyState.INVITED, "Міський голова", None)
    assert client.get(f"/partnerships/answers/{answer.pk}/").status_code == 404
    assert signed_in("coordinator", kalush).post(f"/partnerships/answers/{answer.pk}/").status_code == 403
    moderator = signed_in("moderator")
    assert moderator.get(f"/partnerships/answers/{answer.pk}/").status_code == 200
    confirmed = moderator.post(f"/partnerships/answers/{answer.pk}/")
    assert (confirmed.status_code, confirmed.headers["Location"]) == (302, f"/partnerships/parties/{party.pk}/")
    party.refresh_from_db()
    assert party.state == PartyState.AGREED
    assert moderator.post(f"/partnerships/answers/{answer.pk}/").status_code == 409


def test_dismissed_answer_leaves_the_party_invited(kalush: Body, zaporizhzhia: Body, client: Client) -> None:
    partnership = proposed(kalush, zaporizhzhia)
    client.post(sent(partnership, zaporizhzhia), REPLY)
    address = f"/partnerships/answers/{Answer.objects.get().pk}/dismiss/"
    moderator = signed_in("moderator")
    assert moderator.post(address, {"reason": ""}).status_code == 422
    assert moderator.post(address, {"reason": "не їхня"}).status_code == 302
    assert Answer.objects.get().dismissed_reason == "не їхня"
    assert party_of(partnership, zaporizhzhia).state == PartyState.INVITED


@pytest.mark.parametrize("what", [{"given_by": ""}, {"reply": "ask"}, {"reply": "maybe"}])
def test_incomplete_answer_keeps_the_link(
    kalush: Body, zaporizhzhia: Body, client: Client, what: dict[str, str]
) -> None:
    address = sent(proposed(kalush, zaporizhzhia), zaporizhzhia)
    assert client.post(address, REPLY | what).status_code == 422
    assert not Answer.objects.exists()
    assert client.post(address, REPLY).status_code == 200


def test_link_that_is_used_expired_replaced_or_unknown_is_gone(
    kalush: Body, zaporizhzhia: Body, chernivtsi: Body, client: Client
) -> None:
    partnership = proposed(kalush, zaporizhzhia, chernivtsi)
    used = sent(partnership, zaporizhzhia)
    client.post(used, REPLY)
    replaced = sent(partnership, chernivtsi)
    expired = sent(partnership, chernivtsi, timezone.now() - dt.timedelta(days=15))
    for address in (used, replaced, expired, "/partnerships/answer/unknown/"):
        assert client.get(address).status_code == 410
        assert client.post(address, REPLY).status_code == 410
    assert Answer.objects.count() == 1


def test_invited_body_answers_by_its_account(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia)
    address = f"/partnerships/parties/{party_of(partnership, zaporizhzhia).pk}/"
    theirs = signed_in("coordinator", zaporizhzhia)
    assert f"{address}reply/" in theirs.get(address).content.decode()

    assert theirs.post(f"{address}study/").status_code == 302
    assert party_of(partnership, zaporizhzhia).state == PartyState.STUDYING
    assert theirs.post(f"{address}reply/", {"reply": "ask", "text": ""}).status_code == 422
    assert theirs.post(f"{address}reply/", {"reply": "ask", "text": "Коли?"}).status_code == 302

    question = Answer.objects.get()
    ours = signed_in("coordinator", kalush)
    assert theirs.get(f"/partnerships/answers/{question.pk}/response/").status_code == 403
    assert ours.post(f"/partnerships/answers/{question.pk}/response/", {"response": ""}).status_code == 422
    assert ours.post(f"/partnerships/answers/{question.pk}/response/", {"response": "У березні."}).status_code == 302
    assert "У березні." in theirs.get(address).content.decode()

    assert theirs.post(f"{address}reply/", {"reply": "agree"}).status_code == 302
    assert party_of(partnership, zaporizhzhia).state == PartyState.AGREED
    assert theirs.post(f"{address}reply/", {"reply": "refuse"}).status_code == 409


def test_proposer_sends_a_link_or_records_a_letter(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia)
    party = party_of(partnership, zaporizhzhia)
    address = f"/partnerships/parties/{party.pk}/"
    ours = signed_in("coordinator", kalush)
    facts = {"reply": "agree", "letter_number": "112", "letter_on": "2024-01-25"}

    assert signed_in("coordinator", zaporizhzhia).post(f"{address}letter/", facts).status_code == 403
    assert ours.post(f"{address}reply/", {"reply": "agree"}).status_code == 403
    assert ours.post(f"{address}link/").status_code == 302
    assert party.links.get().sent_to == zaporizhzhia.official_email
    assert ours.post(f"{address}letter/", facts | {"letter_number": ""}).status_code == 422
    assert not Answer.objects.exists()
    assert ours.post(f"{address}letter/", facts).status_code == 302
    party.refresh_from_db()
    assert (party.state, Answer.objects.get().letter_number) == (PartyState.AGREED, "112")


def test_words_of_an_answer_are_for_the_parties(kalush: Body, zaporizhzhia: Body, client: Client) -> None:
    partnership = proposed(kalush, zaporizhzhia, visibility="public")
    client.post(sent(partnership, zaporizhzhia), REPLY | {"reply": "ask", "text": "Таємне питання"})
    address = f"/partnerships/parties/{party_of(partnership, zaporizhzhia).pk}/"
    assert client.get(f"/partnerships/{partnership.pk}/").status_code == 200
    assert client.get(address).status_code == 404
    assert signed_in("coordinator", body_of("Полтава")).get(address).status_code == 404
    assert "Таємне питання" in signed_in("coordinator", kalush).get(address).content.decode()


def test_party_leaves_by_its_own_people(kalush: Body, zaporizhzhia: Body, chernivtsi: Body, client: Client) -> None:
    partnership = proposed(kalush, zaporizhzhia, chernivtsi)
    address = f"/partnerships/parties/{party_of(partnership, zaporizhzhia).pk}/"
    assert client.get(address).status_code == 404
    assert signed_in("coordinator", kalush).post(f"{address}leave/").status_code == 403
    assert signed_in("coordinator", zaporizhzhia).post(f"{address}leave/").status_code == 302
    assert party_of(partnership, zaporizhzhia).state == PartyState.LEFT
