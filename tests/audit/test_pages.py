"""The pages of the trail: who may open them, what they tell, and what they leave out."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from pobratym.accounts.choices import Role
from pobratym.audit.models import Actor, Entry, Seal, Sight
from pobratym.audit.operations import note_export, note_seen, record, seal
from pobratym.audit.queries import reference, seal_file
from pobratym.organisations.models import OfficeHolder
from pobratym.territory.choices import Status
from pobratym.territory.operations import record_status
from pobratym.vocabulary.choices import Visibility
from tests.partnerships.cast import AT, agreed, body_of, head_of, member, memorandum, sign

NOW = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)


@pytest.fixture
def kalush(db):
    body = body_of("Калуш")
    head_of(body)
    return body


@pytest.fixture
def zaporizhzhia(db):
    body = body_of("Запоріжжя")
    head_of(body)
    return body


@pytest.fixture
def partnership(kalush, zaporizhzhia):
    return agreed(kalush, zaporizhzhia)


@pytest.fixture
def paper(partnership, kalush, zaporizhzhia):
    agreement = memorandum(partnership)
    for body in (kalush, zaporizhzhia):
        sign(partnership, agreement, body)
    agreement.refresh_from_db()
    return agreement


@pytest.fixture
def people(kalush, zaporizhzhia):
    stranger = body_of("Полтава")
    return {
        "visitor": None,
        "reader": member(Role.READER, kalush),
        "editor": member(Role.EDITOR, kalush),
        "coordinator": member(Role.COORDINATOR, kalush),
        "other coordinator": member(Role.COORDINATOR, zaporizhzhia),
        "signatory": member(Role.SIGNATORY, kalush),
        "moderator": member(Role.MODERATOR),
        "stranger": member(Role.COORDINATOR, stranger),
    }


def shown_to(record, visibility):
    type(record)._default_manager.filter(pk=record.pk).update(visibility=visibility)
    record.refresh_from_db()


def get(client, person, address, **data):
    client.logout()
    if person is not None:
        client.force_login(person)
    return client.get(address, data)


# Who opens the page of a public record: 200, refused: 403, asked to sign in: 302.
MAY = {
    "portal:partnership_history": {"coordinator", "other coordinator", "signatory", "moderator"},
    "portal:partnership_seen": {"coordinator", "other coordinator", "signatory", "moderator"},
    "portal:agreement_history": {"coordinator", "other coordinator", "signatory", "moderator"},
    "portal:agreement_seen": {"coordinator", "other coordinator", "signatory", "moderator"},
    "portal:partnership_extract": "everyone",
    "portal:agreement_extract": "everyone",
    "portal:body_seen": {"coordinator", "moderator"},
    "portal:exports": {"coordinator", "other coordinator", "moderator", "stranger"},
    "audit:seals": {"moderator"},
    "audit:seal": {"moderator"},
}


@pytest.mark.parametrize(("name", "may"), MAY.items(), ids=MAY)
def test_who_may_open(client, partnership, paper, people, kalush, name, may, at):
    seal(at=at)
    shown_to(partnership, Visibility.PUBLIC)
    shown_to(paper, Visibility.PUBLIC)
    key = {"partnership": [partnership.pk], "agreement": [paper.pk], "body": [kalush.pk]}
    arguments = [1] if name == "audit:seal" else key.get(name.split(":")[1].split("_")[0], [])

    answers = {role: get(client, person, reverse(name, args=arguments)).status_code for role, person in people.items()}

    expected = {role: 200 if may == "everyone" or role in may else 403 for role in people}
    if may != "everyone":
        expected["visitor"] = 302
    assert answers == expected


@pytest.mark.parametrize("visibility", [Visibility.PARTNERS, Visibility.TEAM, Visibility.RESTRICTED])
def test_public_record_exists_of_public_records_only(client, partnership, paper, people, visibility):
    shown_to(partnership, visibility)
    shown_to(paper, visibility)

    for person in people.values():
        assert get(client, person, reverse("portal:partnership_extract", args=[partnership.pk])).status_code == 404
        assert get(client, person, reverse("portal:agreement_extract", args=[paper.pk])).status_code == 404
    assert client.get(f"/api/v1/partnerships/{partnership.pk}/trail").status_code == 404
    assert client.get(f"/api/v1/agreements/{paper.pk}/trail").status_code == 404


@pytest.mark.parametrize("language", ["uk", "en"])
def test_history_tells_all_in_both_languages_with_names(client, partnership, people, language):
    record(
        verb="partnerships.party.studying", by=people["coordinator"], subject=partnership, at=NOW,
        party_uk="Запоріжжя", party_en="Zaporizhzhia",
    )  # fmt: skip
    with translation.override(language):
        answer = get(client, people["coordinator"], reverse("portal:partnership_history", args=[partnership.pk]))

    lines = answer.context["lines"]
    assert len(lines) == Entry.objects.about(reference(partnership)).count()
    assert lines[0].actor == people["coordinator"].name
    expected = {"uk": "Запоріжжя", "en": "Zaporizhzhia is studying the proposal."}[language]
    assert expected in lines[0].sentence
    assert "partnerships." not in " ".join(line.sentence for line in lines)


def test_history_shows_no_name_of_an_erased_person(client, partnership, people):
    name = people["coordinator"].name
    record(
        verb="partnerships.party.studying", by=people["coordinator"], subject=partnership, at=NOW,
        party_uk="Запоріжжя", party_en="Zaporizhzhia",
    )  # fmt: skip
    Actor.objects.filter(name=name).update(name="")

    answer = get(client, people["moderator"], reverse("portal:partnership_history", args=[partnership.pk]))

    assert name not in answer.content.decode()


def test_history_is_filtered_by_kind_and_paginated(client, partnership, people):
    for number in range(60):
        record(
            verb="partnerships.progress.noted", by=None, subject=partnership, at=NOW, direction="energy", number=number
        )
    address = reverse("portal:partnership_history", args=[partnership.pk])

    whole = get(client, people["coordinator"], address)
    kinds = dict(whole.context["kinds"])
    progress = next(kind for kind, label in kinds.items() if label == "Зобов’язання і поступ")
    filtered = get(client, people["coordinator"], address, kind=progress, page=2)
    unknown = get(client, people["coordinator"], address, kind="no.such")

    assert len(whole.context["lines"]) == 50
    assert {line.verb for line in filtered.context["lines"]} == {"partnerships.progress.noted"}
    assert len(filtered.context["lines"]) == 10
    assert len(unknown.context["lines"]) == 50


def test_history_costs_the_same_for_more_lines(client, partnership, people, django_assert_max_num_queries):
    address = reverse("portal:partnership_history", args=[partnership.pk])
    client.force_login(people["coordinator"])
    record(verb="partnerships.progress.noted", by=people["editor"], subject=partnership, at=NOW, direction="energy")
    with django_assert_max_num_queries(30) as few:
        client.get(address)
    for person in people.values():
        record(verb="partnerships.progress.noted", by=person, subject=partnership, at=NOW, direction="energy")
    with django_assert_max_num_queries(30) as many:
        client.get(address)

    assert len(many) == len(few)


def test_public_record_tells_deeds_bodies_and_digests_but_no_person(client, partnership, paper, people, kalush):
    """The chain holds what a person did and what is not public; the extract holds neither."""
    shown_to(partnership, Visibility.PUBLIC)
    shown_to(paper, Visibility.PUBLIC)
    signed = record(
        verb="agreements.agreement.signed", by=people["signatory"], subject=paper, at=AT, body=kalush,
        party_uk="Калуш", party_en="Kalush", signed_on="2024-02-20",
    )  # fmt: skip
    record(
        verb="agreements.text.revised", by=people["signatory"], subject=paper, at=AT, body=kalush,
        party_uk="Не для всіх", party_en="Not for all", number=7,
    )  # fmt: skip

    page = get(client, None, reverse("portal:agreement_extract", args=[paper.pk]))
    told = client.get(f"/api/v1/agreements/{paper.pk}/trail").json()

    text = page.content.decode()
    assert people["signatory"].name not in text + str(told)
    assert "Не для всіх" not in text + str(told)
    line = page.context["lines"][-1]
    assert (line.position, line.digest, line.body) == (signed.position, signed.digest, kalush.name_uk)
    assert signed.digest in text
    assert told["record"] == reference(paper)
    assert told["entries"][-1] == {
        "position": signed.position,
        "day": "2024-02-20",
        "sentence_uk": told["entries"][-1]["sentence_uk"],
        "sentence_en": "Kalush signed on 20 February 2024.",
        "body_uk": kalush.name_uk,
        "body_en": kalush.name_en,
        "digest": signed.digest,
    }
    public = {"agreements.agreement.drafted", "agreements.agreement.signed", "agreements.party.dropped"}
    assert len(told["entries"]) == Entry.objects.about(reference(paper)).filter(verb__in=public).count()


def test_public_record_of_a_territory_at_risk_tells_months_and_no_digests(client, partnership, paper, zaporizhzhia):
    shown_to(partnership, Visibility.PUBLIC)
    shown_to(paper, Visibility.PUBLIC)
    at_risk(zaporizhzhia)

    page = get(client, None, reverse("portal:agreement_extract", args=[paper.pk]))
    told = client.get(f"/api/v1/agreements/{paper.pk}/trail").json()

    text = page.content.decode()
    assert page.context["coarse"] is True
    assert told["dates"] == "month"
    assert {entry["day"][-2:] for entry in told["entries"]} == {"01"}
    assert {entry["digest"] for entry in told["entries"]} == {None}
    for entry in Entry.objects.about(reference(paper)):
        assert entry.digest not in text
    assert "20.02.2024" not in text + str(told)
    assert "20 February" not in text + str(told)


def at_risk(body):
    record_status(
        unit=body.unit, status=Status.ACTIVE, valid_from=dt.date(2023, 1, 1), valid_to=None, source="наказ № 376",
        by=None, at=AT,
    )  # fmt: skip


def test_seal_is_downloaded_as_the_same_file_and_noted(client, people, at):
    stored = seal(at=at)

    answer = get(client, people["moderator"], reverse("audit:seal", args=[1]))

    assert b"".join(answer.streaming_content).decode() == "".join(seal_file(stored))
    assert answer["Content-Disposition"] == 'attachment; filename="pobratym-seal-1.txt"'
    entry = Entry.objects.get(verb="audit.export.made")
    assert Actor.objects.get(pk=entry.actor_id).user_id == people["moderator"].pk
    assert entry.facts == {"what": "seal", "rows": stored.subjects}
    assert get(client, people["moderator"], reverse("audit:seal", args=[2])).status_code == 404


def test_seals_are_listed_newest_first_at_the_same_cost(client, people, at, django_assert_max_num_queries):
    client.force_login(people["moderator"])
    seal(at=at)
    with django_assert_max_num_queries(30) as few:
        client.get(reverse("audit:seals"))
    for days in (1, 2):
        seal(at=at + dt.timedelta(days=days))
    with django_assert_max_num_queries(30) as many:
        answer = client.get(reverse("audit:seals"))

    assert len(many) == len(few)
    assert [one.number for one in answer.context["page_obj"]] == [3, 2, 1]
    assert Seal.objects.get(number=3).digest in answer.content.decode()


def test_exports_are_seen_by_those_whose_records_they_are(client, people, partnership, paper, kalush, zaporizhzhia):
    note_export(what="table", by=people["coordinator"], at=NOW, body=kalush, rows=12)
    note_export(what="table", by=people["coordinator"], at=NOW, body=zaporizhzhia, rows=7)
    note_export(what="paper", by=people["moderator"], at=NOW, subject=paper)
    note_export(what="table", by=people["moderator"], at=NOW, subject=partnership, rows=6)
    note_export(what="archive", by=people["moderator"], at=NOW, subject=people["reader"])

    shown = {
        role: [(line.what, line.rows) for line in get(client, people[role], reverse("portal:exports")).context["lines"]]
        for role in ("moderator", "coordinator", "other coordinator", "stranger")
    }

    assert [rows for _what, rows in shown["moderator"]] == [None, 6, None, 7, 12]
    assert [rows for _what, rows in shown["coordinator"]] == [6, None, 12]
    assert [rows for _what, rows in shown["other coordinator"]] == [6, None, 7]
    assert shown["stranger"] == []


def test_exports_cost_the_same_for_more_lines(client, people, kalush, zaporizhzhia, django_assert_max_num_queries):
    client.force_login(people["moderator"])
    note_export(what="table", by=people["coordinator"], at=NOW, body=kalush, rows=12)
    with django_assert_max_num_queries(30) as few:
        client.get(reverse("portal:exports"))
    note_export(what="table", by=people["editor"], at=NOW, body=zaporizhzhia, rows=1)
    note_export(what="table", by=people["reader"], at=NOW, body=kalush, rows=2)
    with django_assert_max_num_queries(30) as many:
        client.get(reverse("portal:exports"))

    assert len(many) == len(few)


def test_paper_taken_out_is_noted_unless_it_is_public(client, people, paper):
    address = reverse("agreements:docx", args=[paper.pk])

    shown_to(paper, Visibility.PUBLIC)
    get(client, people["coordinator"], address)
    assert not Entry.objects.filter(verb="audit.export.made").exists()

    shown_to(paper, Visibility.TEAM)
    get(client, people["coordinator"], address)
    entry = Entry.objects.get(verb="audit.export.made")
    assert (entry.subject, entry.facts["what"]) == (f"audit.export:{reference(paper)}", "paper")


def test_page_of_who_saw_names_persons_guests_and_erased(client, people, paper, at):
    shown_to(paper, Visibility.RESTRICTED)
    for minutes, person in ((0, people["signatory"]), (5, None), (70, people["reader"])):
        note_seen(subjects=[paper], by=person, at=at + dt.timedelta(minutes=minutes))
    Actor.objects.filter(user_id=people["reader"].pk).update(name="")
    note_export(what="paper", by=people["signatory"], at=NOW, subject=paper)

    answer = get(client, people["coordinator"], reverse("portal:agreement_seen", args=[paper.pk]))

    # Opening this page is a sight of the restricted paper, too.
    assert [(line.name, line.is_guest) for line in answer.context["lines"]] == [
        (people["coordinator"].name, False),
        ("", False),
        ("", True),
        (people["signatory"].name, False),
    ]
    assert [line.name for line in answer.context["taken"]] == [people["signatory"].name]


def addresses(kalush, partnership, paper, party, commitment, holder):
    """Every page that shows one record, and which restricted records must be noted there."""
    return {
        reverse("portal:partnership", args=[partnership.pk]): {partnership, commitment, paper},
        reverse("partnerships:direction", args=[partnership.pk, commitment.direction]): {partnership, commitment},
        reverse("partnerships:party", args=[party.pk]): {partnership},
        reverse("portal:partnership_history", args=[partnership.pk]): {partnership},
        reverse("portal:partnership_seen", args=[partnership.pk]): {partnership},
        reverse("partnerships:condition", args=[partnership.pk]): {partnership},
        reverse("partnerships:invite", args=[partnership.pk]): {partnership},
        reverse("agreements:agreement", args=[paper.pk]): {paper, holder},
        reverse("agreements:docx", args=[paper.pk]): {paper, holder},
        reverse("portal:agreement_history", args=[paper.pk]): {paper},
        reverse("portal:agreement_seen", args=[paper.pk]): {paper},
        reverse("organisations:body", args=[kalush.pk]): {holder},
        reverse("portal:place", args=[kalush.unit_id]): {holder},
    }


def test_every_page_of_a_restricted_record_notes_who_saw_it(client, kalush, zaporizhzhia, partnership, people):
    paper = memorandum(partnership)
    commitment = partnership.commitments.create(direction="energy", text_uk="Обіцянка", text_en="Promise")
    holder = OfficeHolder.objects.get(body=kalush)
    for one in (partnership, paper, commitment, holder):
        shown_to(one, Visibility.RESTRICTED)
    party = partnership.parties.get(body=kalush)

    noted = {}
    wanted = addresses(kalush, partnership, paper, party, commitment, holder)
    for address in wanted:
        Sight.objects.all().delete()
        assert get(client, people["coordinator"], address).status_code == 200, address
        noted[address] = set(Sight.objects.values_list("subject", flat=True))

    assert noted == {address: {reference(one) for one in records} for address, records in wanted.items()}


def test_pages_of_shared_records_note_nobody(client, kalush, partnership, people):
    paper = memorandum(partnership)
    commitment = partnership.commitments.create(direction="energy", text_uk="Обіцянка", text_en="Promise")
    party = partnership.parties.get(body=kalush)

    for address in addresses(kalush, partnership, paper, party, commitment, None):
        get(client, people["coordinator"], address)

    assert not Sight.objects.exists()


def test_who_may_not_see_a_record_is_not_noted_as_having_seen_it(client, paper, people):
    shown_to(paper, Visibility.RESTRICTED)

    answer = get(client, people["stranger"], reverse("agreements:agreement", args=[paper.pk]))

    assert answer.status_code == 404
    assert not Sight.objects.exists()
