"""Nothing reaches more people than its team without a second person, whatever kind of record it is."""

from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pobratym.accounts import second
from pobratym.accounts.models import SecondPerson
from pobratym.accounts.operations import AnotherPersonNeeded, ask_second, confirm_second
from pobratym.accounts.signing_in import PROVED
from pobratym.agreements import operations as agreements
from pobratym.audit.models import Entry
from pobratym.organisations.operations import NotPublishedYet, add_office_holder
from pobratym.organisations.visibility import WiderThanTeam
from pobratym.partnerships import operations
from pobratym.vocabulary.choices import Visibility
from tests.partnerships.cast import AT, agreed, body_of, head_of, member, memorandum, sign

pytestmark = pytest.mark.django_db

# Files are raised from their owner's page: tests/files tries them.
TRIED_ELSEWHERE = {"files.storedfile"}


def showable() -> set[str]:
    return {
        model._meta.label_lower
        for model in apps.get_models()
        if any(field.name == "visibility" for field in model._meta.get_fields())
    }


def unregistered(models: set[str]) -> set[str]:
    return models - set(second.kinds)


def test_every_model_with_a_visibility_has_its_second_person() -> None:
    assert unregistered(showable()) == set()
    assert showable() == set(second.kinds)


def test_planted_model_is_found() -> None:
    assert unregistered({*showable(), "projects.project"}) == {"projects.project"}


class Records:
    """One record of each kind, for the team, in a public partnership."""

    def __init__(self) -> None:
        self.kalush, self.zaporizhzhia = body_of("Калуш"), body_of("Запоріжжя")
        self.holder, _other = head_of(self.kalush), head_of(self.zaporizhzhia)
        self.asker = member("coordinator", self.kalush)
        self.colleague, self.partner = member("signatory", self.kalush), member("coordinator", self.zaporizhzhia)
        self.reader, self.editor = member("reader", self.kalush), member("editor", self.kalush)
        self.stranger, self.moderator = member("coordinator", body_of("Полтава")), member("moderator")
        self.partnership = agreed(self.kalush, self.zaporizhzhia, visibility=Visibility.PUBLIC)
        team: dict[str, Any] = {"by": self.asker, "at": AT}
        public: dict[str, Any] = {"by": None, "at": AT, "visibility": Visibility.PUBLIC}
        self.commitment = operations.add_commitment(
            partnership=self.partnership, direction="jobs", text_uk="навчання", **team
        )
        shown = operations.add_commitment(partnership=self.partnership, direction="sme", text_uk="ярмарок", **public)
        self.note = operations.note_progress(commitment=shown, noted_on=AT.date(), text_uk="відбувся", **team)
        self.value = operations.record_value(
            commitment=shown, amount=Decimal(5), unit_uk="учасників",
            period_from=AT.date().replace(day=1), period_to=AT.date(), **team,
        )  # fmt: skip
        self.decision = operations.add_decision(
            partnership=self.partnership, body=self.kalush, number="7", decided_on=AT.date(), title_uk="Про", **team
        )
        self.paper = memorandum(self.partnership)
        for body in (self.kalush, self.zaporizhzhia):
            sign(self.partnership, self.paper, body, office_holder=body.office_holders.get())
        self.other = agreed(self.kalush, body_of("Чернівці"), subject_uk="інше")

    def of(self, label: str) -> Any:
        return {
            "partnerships.partnership": self.other, "partnerships.commitment": self.commitment,
            "partnerships.progressnote": self.note, "partnerships.value": self.value,
            "agreements.agreement": self.paper, "agreements.councildecision": self.decision,
            "organisations.officeholder": self.holder,
        }[label]  # fmt: skip


@pytest.fixture
def records() -> Records:
    return Records()


def visibility(record: Any) -> str:
    return type(record).objects.get(pk=record.pk).visibility


@pytest.mark.parametrize("label", sorted(set(second.kinds) - TRIED_ELSEWHERE))
def test_asking_shows_nothing_and_another_person_shows(records: Records, label: str) -> None:
    record = records.of(label)
    wish = ask_second(subject=record, title="Запис", raise_to=Visibility.PUBLIC, by=records.asker, at=AT)
    assert visibility(record) == Visibility.TEAM

    for person in (records.asker, records.reader, records.editor, records.stranger):
        with pytest.raises(AnotherPersonNeeded):
            confirm_second(second=wish, by=person, at=AT)
    assert visibility(record) == Visibility.TEAM

    told = Entry.objects.count()
    confirm_second(second=wish, by=records.colleague, at=AT)
    assert visibility(record) == Visibility.PUBLIC
    # The agreement, and the change itself.
    assert Entry.objects.count() == told + 2


CREATING = {
    "propose": lambda r, **wide: operations.propose(
        by_body=r.kalush, bodies=[r.zaporizhzhia], subject_uk="нове", **wide
    ),
    "commitment": lambda r, **wide: operations.add_commitment(
        partnership=r.partnership, direction="jobs", text_uk="ще", **wide
    ),
    "note": lambda r, **wide: operations.note_progress(
        commitment=r.commitment, noted_on=AT.date(), text_uk="зроблено", **wide
    ),
    "value": lambda r, **wide: operations.record_value(
        commitment=r.commitment, amount=Decimal(1), unit_uk="шт.",
        period_from=AT.date().replace(day=1), period_to=AT.date(), **wide,
    ),
    "decision": lambda r, **wide: operations.add_decision(
        partnership=r.partnership, body=r.kalush, number="8", decided_on=AT.date(), title_uk="Про інше", **wide
    ),
    "paper": lambda r, **wide: agreements.draft_agreement(
        kind="plan", title_uk="План", bodies=[r.kalush, r.zaporizhzhia],
        sections=[{"title_uk": "Т", "paragraphs_uk": ["а"]}], **wide,
    ),
}  # fmt: skip


@pytest.mark.parametrize("wide", [Visibility.PUBLIC, Visibility.PARTNERS])
@pytest.mark.parametrize("kind", CREATING)
def test_nobody_enters_a_record_that_more_than_the_team_sees(kind: str, wide: str, db: None) -> None:
    scene = Records()
    told = Entry.objects.count()

    with pytest.raises(WiderThanTeam):
        CREATING[kind](scene, visibility=wide, by=scene.asker, at=AT)

    assert Entry.objects.count() == told


def test_office_holder_is_public_at_once_only_from_a_published_source(records: Records) -> None:
    facts: dict[str, Any] = {
        "body": records.kalush, "person_uk": "Особа", "person_en": "Person", "post_uk": "посада", "post_en": "post",
        "mandate": "other", "visibility": Visibility.PUBLIC, "by": records.asker, "at": AT,
    }  # fmt: skip
    with pytest.raises(NotPublishedYet):
        add_office_holder(**facts)

    assert add_office_holder(**facts, source_url="https://example.org").visibility == Visibility.PUBLIC


@pytest.mark.parametrize("name", ["commitment", "note", "value", "decision", "paper"])
def test_later_records_are_asked_for_from_the_page(records: Records, name: str) -> None:
    client = Client()
    client.force_login(records.asker)
    session = client.session
    session[PROVED] = timezone.now().isoformat()
    session.save()
    record = getattr(records, name)
    page = reverse("portal:partnership", args=[records.partnership.pk])
    if name not in {"decision", "paper"}:
        direction = "jobs" if name == "commitment" else "sme"
        page = reverse("partnerships:direction", args=[records.partnership.pk, direction])
    field = f'name="{name}" value="{record.pk}"'
    assert field in " ".join(client.get(page).content.decode().split())
    assert field not in " ".join(Client().get(page).content.decode().split())

    answer = client.post(reverse("partnerships:show", args=[records.partnership.pk]), {name: record.pk})

    assert answer.status_code == 302
    wish = SecondPerson.objects.get()
    assert (wish.subject, wish.raise_to) == (f"{record._meta.label_lower}:{record.pk}", Visibility.PUBLIC)
    assert visibility(record) == Visibility.TEAM


def test_record_of_another_partnership_is_not_found(records: Records) -> None:
    client = Client()
    client.force_login(records.partner)
    session = client.session
    session[PROVED] = timezone.now().isoformat()
    session.save()

    foreign = operations.add_commitment(
        partnership=records.other, direction="jobs", text_uk="чуже", by=records.asker, at=AT
    )
    answer = client.post(reverse("partnerships:show", args=[records.partnership.pk]), {"commitment": foreign.pk})

    assert answer.status_code == 404
    assert not SecondPerson.objects.exists()
