"""Pages of a direction and of the way: who may, what is refused, what is written."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pobratym.organisations.models import Body
from pobratym.partnerships import operations
from pobratym.partnerships.models import Partnership
from pobratym.vocabulary.choices import Direction
from tests.partnerships.cast import AT, TODAY, agreed, member, party_of
from tests.partnerships.test_commitments import measure, promise
from tests.partnerships.test_operations import everything

VALUE = {
    "amount": "412.5",
    "margin": "38",
    "unit_uk": "МВт·год",
    "period_from": "2023-01-01",
    "last_day": "2023-12-31",
    "proof": "measured",
    "evidence": "акт № 4",
}
PROMISE = {"text_uk": "облік енергії у шести школах"}
WAY = ("draft", "decision", "stage", "condition", "invite")


@pytest.fixture
def partnership(kalush: Body, zaporizhzhia: Body) -> Partnership:
    return agreed(kalush, zaporizhzhia)


@pytest.fixture
def coordinator(client: Client, partnership: Partnership, kalush: Body) -> Client:
    client.force_login(member("coordinator", kalush))
    return client


def unchanged(answer: Any, status: int, before: dict[str, list[object]]) -> None:
    """A refusal answers its status and leaves no trace."""
    assert answer.status_code == status
    assert everything() == before


def direction_page(partnership: Partnership, direction: str = Direction.ENERGY) -> str:
    return reverse("partnerships:direction", args=[partnership.pk, direction])


@pytest.mark.parametrize("page", WAY)
@pytest.mark.parametrize(
    ("role", "of", "status"),
    [("coordinator", "kalush", 200), ("reader", "kalush", 403), ("coordinator", "chernivtsi", 404)],
)
def test_way_is_walked_by_coordinators_of_the_parties(
    partnership: Partnership, chernivtsi: Body, client: Client, request: Any, page: str, role: str, of: str, status: int
) -> None:
    client.force_login(member(role, request.getfixturevalue(of)))

    assert client.get(reverse(f"partnerships:{page}", args=[partnership.pk])).status_code == status


@pytest.mark.parametrize("page", ["change", "note", "value", "done"])
def test_promises_are_kept_by_coordinators(
    partnership: Partnership, kalush: Body, chernivtsi: Body, client: Client, page: str
) -> None:
    address = reverse(f"partnerships:{page}", args=[promise(partnership).pk])
    statuses = []
    for person in (
        member("coordinator", kalush),
        member("reader", kalush),
        member("coordinator", chernivtsi),
    ):
        client.force_login(person)
        statuses.append(client.get(address).status_code)

    assert statuses == [200, 403, 404]


@pytest.mark.parametrize("page", WAY)
def test_stranger_is_led_to_sign_in(kalush: Body, zaporizhzhia: Body, client: Client, page: str) -> None:
    partnership = agreed(kalush, zaporizhzhia, visibility="public")
    before = everything()

    for address in (reverse(f"partnerships:{page}", args=[partnership.pk]), direction_page(partnership)):
        answer = client.post(address, PROMISE)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("accounts:sign_in"))
    assert everything() == before


def test_reader_adds_no_promise(partnership: Partnership, kalush: Body, client: Client) -> None:
    client.force_login(member("reader", kalush))
    before = everything()

    unchanged(client.post(direction_page(partnership), PROMISE), 403, before)


def test_direction_shows_promised_done_and_measured(coordinator: Client, partnership: Partnership) -> None:
    first = promise(partnership)
    operations.note_progress(commitment=first, noted_on=TODAY, text_uk="лічильники стоять", by=None, at=AT)
    measure(first, margin=Decimal(38), proof="measured", evidence="акт № 4", origin="generated")

    text = coordinator.get(direction_page(partnership)).content.decode()

    for words in ("облік енергії у шести школах", "лічильники стоять", "412,5", "± 38", "акт № 4", 'class="chip"'):
        assert words in text
    assert coordinator.get(direction_page(partnership, "fishing")).status_code == 404


def test_direction_asks_as_often_for_three_promises_as_for_one(coordinator: Client, partnership: Partnership) -> None:
    address = direction_page(partnership)
    counts = []
    for promises in (1, 2):
        for _number in range(promises):
            measure(promise(partnership, party=partnership.parties.last()))
        coordinator.get(address)
        with CaptureQueriesContext(connection) as queries:
            coordinator.get(address)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_coordinator_adds_a_promise(coordinator: Client, partnership: Partnership, zaporizhzhia: Body) -> None:
    party = party_of(partnership, zaporizhzhia)

    answer = coordinator.post(direction_page(partnership), {**PROMISE, "party": party.pk, "due_on": "2025-01-01"})

    assert (answer.status_code, answer["Location"]) == (302, direction_page(partnership))
    commitment = partnership.commitments.get()
    assert (commitment.direction, commitment.text_uk, commitment.party, commitment.due_on, commitment.visibility) == (
        "energy",
        PROMISE["text_uk"],
        party,
        dt.date(2025, 1, 1),
        "team",
    )


@pytest.mark.parametrize(
    ("direction", "fields"),
    [
        ("energy", {}),
        ("energy", {**PROMISE, "target": "5"}),
        ("engagement", PROMISE),
        ("engagement", {**PROMISE, "groups": ["civil"]}),
        ("engagement", {**PROMISE, "groups": ["lobby"], "for_whom_uk": "для людей"}),
        ("energy", {**PROMISE, "party": "0"}),
    ],
)
def test_promise_says_what_and_for_whom(
    coordinator: Client, partnership: Partnership, direction: str, fields: dict[str, Any]
) -> None:
    before = everything()

    unchanged(coordinator.post(direction_page(partnership, direction), fields or {"text_uk": ""}), 422, before)


def test_engagement_shows_groups_and_for_whom(coordinator: Client, partnership: Partnership) -> None:
    page = direction_page(partnership, Direction.ENGAGEMENT)
    fields = {**PROMISE, "groups": ["civil", "science"], "for_whom_uk": "для ветеранів"}

    assert coordinator.post(page, fields).status_code == 302

    assert "для ветеранів" in coordinator.get(page).content.decode()
    assert partnership.commitments.get().groups == ["civil", "science"]


def test_change_keeps_who_does_it_and_refuses_a_stale_form(
    coordinator: Client, partnership: Partnership, zaporizhzhia: Body
) -> None:
    party = party_of(partnership, zaporizhzhia)
    commitment = promise(partnership, party=party)
    address = reverse("partnerships:change", args=[commitment.pk])
    initial = coordinator.get(address).context["form"].initial
    assert initial["party"] == party
    fields = {"text_uk": "облік у семи школах", "party": party.pk, "version": "1"}

    assert coordinator.post(address, fields).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.text_uk, commitment.party, commitment.version) == ("облік у семи школах", party, 2)

    before = everything()
    unchanged(coordinator.post(address, fields), 409, before)


def test_progress_is_noted_and_the_promise_fulfilled(coordinator: Client, partnership: Partnership) -> None:
    commitment = promise(partnership)
    note = reverse("partnerships:note", args=[commitment.pk])
    done = reverse("partnerships:done", args=[commitment.pk])
    before = everything()
    unchanged(coordinator.post(note, {"noted_on": "9000-01-01", "text_uk": "встановлено"}), 422, before)
    unchanged(coordinator.post(done, {"done_on": "2024-02-01", "version": "9"}), 409, before)

    assert coordinator.post(note, {"noted_on": "2024-02-01", "text_uk": "встановлено"}).status_code == 302
    assert coordinator.post(done, {"done_on": "2024-02-01", "version": "1"}).status_code == 302

    commitment.refresh_from_db()
    assert [line.text_uk for line in commitment.notes.all()] == ["встановлено"]
    assert commitment.done_on == dt.date(2024, 2, 1)


def test_value_keeps_its_period_half_open(coordinator: Client, partnership: Partnership) -> None:
    commitment = promise(partnership)

    assert coordinator.post(reverse("partnerships:value", args=[commitment.pk]), VALUE).status_code == 302

    value = commitment.values.get()
    assert (value.amount, value.margin, value.unit_uk) == (Decimal("412.5"), Decimal(38), "МВт·год")
    assert (value.period_from, value.period_to) == (dt.date(2023, 1, 1), dt.date(2024, 1, 1))
    assert (value.proof, value.evidence, value.origin) == ("measured", "акт № 4", "own")


@pytest.mark.parametrize(
    "wrong",
    [
        {"evidence": ""},
        {"unit_uk": ""},
        {"margin": "-1"},
        {"last_day": "2022-12-31"},
        {"last_day": "9999-12-31"},
        {"amount": "NaN"},
        {"proof": "sworn"},
    ],
)
def test_value_without_its_proof_unit_or_period_is_refused(
    coordinator: Client, partnership: Partnership, wrong: dict[str, str]
) -> None:
    commitment = promise(partnership)
    before = everything()

    unchanged(coordinator.post(reverse("partnerships:value", args=[commitment.pk]), VALUE | wrong), 422, before)


def test_memorandum_is_drafted_once(coordinator: Client, partnership: Partnership) -> None:
    address = reverse("partnerships:draft", args=[partnership.pk])

    answer = coordinator.post(address)

    paper = partnership.papers.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("agreements:agreement", args=[paper.pk]))
    before = everything()
    unchanged(coordinator.post(address), 422, before)


def test_decision_needs_a_number(coordinator: Client, partnership: Partnership, kalush: Body, chernivtsi: Body) -> None:
    address = reverse("partnerships:decision", args=[partnership.pk])
    fields = {"body": kalush.pk, "number": "2471", "decided_on": "2024-02-15", "title_uk": "Про партнерство"}
    before = everything()
    for wrong in ({"number": ""}, {"body": chernivtsi.pk}, {"decided_on": "9000-01-01"}):
        unchanged(coordinator.post(address, fields | wrong), 422, before)

    assert coordinator.post(address, fields).status_code == 302

    decision = partnership.decisions.get()
    assert (decision.body, decision.number, decision.decided_on) == (kalush, "2471", dt.date(2024, 2, 15))


def test_stage_follows_with_what_it_rests_on(coordinator: Client, partnership: Partnership) -> None:
    address = reverse("partnerships:stage", args=[partnership.pk])
    fields = {
        "stage": "memorandum",
        "reached_on": "2024-02-15",
        "document_uk": "меморандум від 15 лютого",
        "version": str(partnership.version),
    }
    before = everything()
    for wrong in ({"stage": "contact"}, {"document_uk": ""}, {"stage": "twins"}, {"reached_on": "2001-01-01"}):
        unchanged(coordinator.post(address, fields | wrong), 422, before)
    unchanged(coordinator.post(address, fields | {"version": "0"}), 409, before)

    assert coordinator.post(address, fields).status_code == 302

    partnership.refresh_from_db()
    assert partnership.stage == "memorandum"


def test_partnership_rests_goes_on_and_ends(coordinator: Client, partnership: Partnership) -> None:
    address = reverse("partnerships:condition", args=[partnership.pk])
    seen = []
    before = everything()
    version = str(partnership.version)
    unchanged(coordinator.post(address, {"what": "suspend", "on": "2024-02-01", "version": version}), 422, before)
    unchanged(coordinator.post(address, {"what": "resume", "on": "2024-02-01", "version": version}), 422, before)

    for what, on in (("suspend", "2024-02-01"), ("resume", "2024-02-10"), ("end", "2024-02-20")):
        partnership.refresh_from_db()
        fields = {"what": what, "on": on, "reason_uk": "оборона", "version": str(partnership.version)}
        assert coordinator.post(address, fields).status_code == 302
        partnership.refresh_from_db()
        seen.append((partnership.suspended_from, partnership.suspended_to, partnership.ended_on))

    first, tenth, last = dt.date(2024, 2, 1), dt.date(2024, 2, 10), dt.date(2024, 2, 20)
    assert seen == [(first, None, None), (first, tenth, None), (first, tenth, last)]
    assert coordinator.post(reverse("partnerships:draft", args=[partnership.pk])).status_code == 409


def test_further_party_is_invited_once(coordinator: Client, partnership: Partnership, chernivtsi: Body) -> None:
    assert chernivtsi.unit is not None
    address = reverse("partnerships:invite", args=[partnership.pk])

    answer = coordinator.post(address, {"place": chernivtsi.unit.pk})

    assert answer.status_code == 302
    assert party_of(partnership, chernivtsi).state == "invited"
    before = everything()
    unchanged(coordinator.post(address, {"place": chernivtsi.unit.pk}), 422, before)
