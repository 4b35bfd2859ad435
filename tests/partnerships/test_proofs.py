"""Files that prove values and notes: who sees which, who adds them, what they leave behind."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pobratym.audit.queries import history_of
from pobratym.files import operations as files
from pobratym.files.models import StoredFile
from pobratym.files.queries import usage_of
from pobratym.organisations.models import Body
from pobratym.partnerships.models import Commitment, Partnership, ProgressNote, Value
from pobratym.territory.operations import record_status
from pobratym.vocabulary.choices import Direction, Visibility
from tests.files.made import PDF, pdf, picture, word
from tests.partnerships.cast import AT, TODAY, agreed, member
from tests.partnerships.test_commitments import measure, promise


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def partnership(kalush: Body, zaporizhzhia: Body) -> Partnership:
    return agreed(kalush, zaporizhzhia)


@pytest.fixture
def value(partnership: Partnership) -> Value:
    return measure(promise(partnership))


def proof(record: Value | ProgressNote, holder: Body, content: bytes = PDF, **rest: Any) -> StoredFile:
    facts = {"name": "акт № 4.pdf", "by": None, "at": AT} | rest
    return files.store(content=content, owner=record, holder=holder, **facts)


def show(partnership: Partnership, visibility: str) -> None:
    Partnership.objects.filter(pk=partnership.pk).update(visibility=visibility)
    Commitment.objects.update(visibility=visibility)
    Value.objects.update(visibility=visibility)


def status(client: Client, file: StoredFile) -> int:
    """How the file's address answers."""
    answer = client.get(reverse("files:file", args=[file.pk]))
    if answer.streaming:
        # Read to its end, the client closes it without closing the database.
        b"".join(answer.streaming_content)
    return answer.status_code


READERS = ["stranger", "other coordinator", "reader", "coordinator", "signatory", "moderator"]
OWN, TRUSTED = READERS[2:], READERS[3:]

# Visibility of the value (with its commitment and partnership) × visibility of the file → who reads the file.
WHO_READS = [
    ("public", "public", READERS),
    ("public", "partners", OWN),
    ("public", "team", OWN),
    ("public", "restricted", TRUSTED),
    ("partners", "public", OWN),
    ("partners", "partners", OWN),
    ("partners", "team", OWN),
    ("partners", "restricted", TRUSTED),
    ("team", "public", OWN),
    ("team", "partners", OWN),
    ("team", "team", OWN),
    ("team", "restricted", TRUSTED),
    ("restricted", "public", TRUSTED),
    ("restricted", "partners", TRUSTED),
    ("restricted", "team", TRUSTED),
    ("restricted", "restricted", TRUSTED),
]


def test_who_reads_a_proof(partnership: Partnership, value: Value, zaporizhzhia: Body, chernivtsi: Body) -> None:
    assert {(owner, file) for owner, file, _who in WHO_READS} == {(a, b) for a in Visibility for b in Visibility}
    people = {
        "stranger": None,
        "other coordinator": member("coordinator", chernivtsi),
        "moderator": member("moderator"),
        **{role: member(role, zaporizhzhia) for role in ("reader", "coordinator", "signatory")},
    }
    clients = {name: Client() for name in READERS}
    for name, someone in people.items():
        if someone is not None:
            clients[name].force_login(someone)
    file = proof(value, zaporizhzhia)

    found = []
    for of_owner, of_file, _who in WHO_READS:
        show(partnership, of_owner)
        StoredFile.objects.update(visibility=of_file)
        statuses = {name: status(client, file) for name, client in clients.items()}
        assert set(statuses.values()) <= {200, 404}
        found.append((of_owner, of_file, [name for name in READERS if statuses[name] == 200]))

    assert found == WHO_READS


@pytest.mark.parametrize("narrow", [Partnership, Commitment, Value])
def test_public_file_needs_its_whole_way_to_be_public(
    client: Client, partnership: Partnership, value: Value, kalush: Body, narrow: Any
) -> None:
    file = proof(value, kalush, visibility="public")
    show(partnership, "public")
    assert status(client, file) == 200

    narrow.objects.update(visibility="team")

    assert status(client, file) == 404


def test_files_of_a_community_at_risk_are_for_its_partners(
    client: Client, partnership: Partnership, value: Value, kalush: Body, zaporizhzhia: Body
) -> None:
    file = proof(value, kalush, visibility="public")
    show(partnership, "public")
    record_status(
        unit=zaporizhzhia.unit, status="active", valid_from=TODAY, valid_to=None, source="наказ № 376",
        by=None, at=AT,
    )  # fmt: skip

    assert status(client, file) == 404
    client.force_login(member("reader", kalush))
    assert status(client, file) == 200


def add_to(record: Value | ProgressNote) -> str:
    return reverse("files:add", args=[f"{record._meta.label_lower}:{record.pk}"])


@pytest.mark.parametrize(
    ("role", "status"), [("coordinator", 200), ("signatory", 403), ("editor", 403), ("reader", 403), ("moderator", 403)]
)
def test_coordinators_of_the_parties_add_proofs(
    client: Client, value: Value, zaporizhzhia: Body, role: str, status: int
) -> None:
    client.force_login(member(role, None if role == "moderator" else zaporizhzhia))

    assert client.get(add_to(value)).status_code == status


def test_strangers_find_no_page_to_add(client: Client, value: Value, chernivtsi: Body) -> None:
    assert client.get(add_to(value)).status_code == 302
    client.force_login(member("coordinator", chernivtsi))
    assert client.get(add_to(value)).status_code == 404


def test_ended_partnership_takes_no_more_files(
    client: Client, partnership: Partnership, value: Value, kalush: Body
) -> None:
    client.force_login(member("coordinator", kalush))
    Partnership.objects.update(ended_on=TODAY)

    assert client.get(add_to(value)).status_code == 403


def test_coordinator_adds_a_proof_where_the_value_stands(
    client: Client, partnership: Partnership, value: Value, kalush: Body
) -> None:
    client.force_login(member("coordinator", kalush))
    direction = reverse("partnerships:direction", args=[partnership.pk, Direction.ENERGY])
    assert add_to(value) in client.get(direction).content.decode()

    answer = client.post(add_to(value), {"file": SimpleUploadedFile("акт.pdf", PDF), "visibility": "team"})

    file = StoredFile.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{direction}#c{value.commitment_id}")
    assert (file.owner, file.holder) == (f"partnerships.value:{value.pk}", f"organisations.body:{kalush.pk}")
    assert usage_of(kalush).used == len(PDF)
    page = client.get(direction).content.decode()
    for expected in (
        "акт.pdf",
        "PDF",
        reverse("files:replace", args=[file.pk]),
        reverse("files:remove", args=[file.pk]),
    ):
        assert expected in page
    assert history_of(partnership)[0].sentence.startswith("Додано файл: PDF")


def test_readers_see_the_file_but_no_way_to_change_it(
    client: Client, partnership: Partnership, value: Value, kalush: Body
) -> None:
    file = proof(value, kalush)
    client.force_login(member("reader", kalush))

    page = client.get(reverse("partnerships:direction", args=[partnership.pk, "energy"])).content.decode()

    assert reverse("files:file", args=[file.pk]) in page
    assert reverse("files:replace", args=[file.pk]) not in page
    assert add_to(value) not in page


def test_strangers_to_a_public_value_see_no_team_file(
    client: Client, partnership: Partnership, value: Value, kalush: Body
) -> None:
    hidden = proof(value, kalush, name="таємний план.pdf")
    shown = proof(value, kalush, content=pdf("x"), name="відкритий звіт.pdf", visibility="public")
    show(partnership, "public")

    page = client.get(reverse("partnerships:direction", args=[partnership.pk, "energy"])).content.decode()

    assert (hidden.name in page, shown.name in page) == (False, True)


VALUE = {
    "amount": "412.5", "unit_uk": "МВт·год", "period_from": "2023-01-01", "last_day": "2023-12-31",
    "proof": "measured", "evidence": "акт № 4",
}  # fmt: skip


def test_value_and_its_proof_are_recorded_together(client: Client, partnership: Partnership, kalush: Body) -> None:
    commitment = promise(partnership)
    client.force_login(member("coordinator", kalush))
    page = reverse("partnerships:value", args=[commitment.pk])
    assert 'enctype="multipart/form-data"' in client.get(page).content.decode()

    answer = client.post(page, {**VALUE, "file": SimpleUploadedFile("лічильник.jpg", picture("JPEG"))})

    assert answer.status_code == 302
    assert StoredFile.objects.get().owner == f"partnerships.value:{commitment.values.get().pk}"


def test_refused_proof_undoes_the_value_and_stands_at_its_field(
    client: Client, partnership: Partnership, kalush: Body
) -> None:
    commitment = promise(partnership)
    client.force_login(member("coordinator", kalush))
    before = len(history_of(partnership))
    macros = word({"word/vbaProject.bin": b"x"})

    answer = client.post(
        reverse("partnerships:value", args=[commitment.pk]), {**VALUE, "file": SimpleUploadedFile("a.docx", macros)}
    )

    assert answer.status_code == 422
    assert "макроси" in str(answer.context["form"].errors["file"])
    assert (Value.objects.count(), StoredFile.objects.count(), len(history_of(partnership))) == (0, 0, before)


def test_note_with_a_picture(client: Client, partnership: Partnership, kalush: Body) -> None:
    commitment = promise(partnership)
    client.force_login(member("coordinator", kalush))

    answer = client.post(
        reverse("partnerships:note", args=[commitment.pk]),
        {"noted_on": "2024-02-20", "text_uk": "лічильники стоять", "file": SimpleUploadedFile("a.png", picture("PNG"))},
    )

    assert answer.status_code == 302
    file = StoredFile.objects.get()
    assert (file.owner, file.content_type) == (
        f"partnerships.progressnote:{ProgressNote.objects.get().pk}",
        "image/png",
    )
    assert status(client, file) == 200


def test_page_asks_as_often_for_three_files_as_for_one(client: Client, partnership: Partnership, kalush: Body) -> None:
    commitment = promise(partnership)
    client.force_login(member("coordinator", kalush))
    address = reverse("partnerships:direction", args=[partnership.pk, "energy"])
    counts = []
    for number in (1, 2, 3):
        proof(measure(commitment, amount=number), kalush, content=pdf(f"{number} 0 obj\n<<>>\nendobj\n"))
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2]
