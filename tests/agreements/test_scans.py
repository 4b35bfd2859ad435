"""Scans of a signed paper: who adds them, who reads them, and that a signature keeps their content."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pobratym.agreements.models import Agreement
from pobratym.audit.queries import history_of
from pobratym.files import operations as files
from pobratym.files.models import StoredFile
from pobratym.organisations.models import Body
from pobratym.partnerships.models import Partnership
from pobratym.vocabulary.choices import Visibility
from tests.files.made import PDF, asic, p7s, pdf
from tests.partnerships.cast import AT, agreed, member, memorandum, sign


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def partnership(kalush: Body, zaporizhzhia: Body) -> Partnership:
    return agreed(kalush, zaporizhzhia)


@pytest.fixture
def paper(partnership: Partnership) -> Agreement:
    return memorandum(partnership)


@pytest.fixture
def signed(partnership: Partnership, paper: Agreement, kalush: Body) -> Agreement:
    sign(partnership, paper, kalush)
    paper.refresh_from_db()
    return paper


def add_to(paper: Agreement) -> str:
    return reverse("files:add", args=[f"agreements.agreement:{paper.pk}"])


def page_of(paper: Agreement) -> str:
    return reverse("agreements:agreement", args=[paper.pk])


def status(client: Client, file: StoredFile) -> int:
    answer = client.get(reverse("files:file", args=[file.pk]))
    if answer.streaming:
        # Read to its end, the client closes it without closing the database.
        b"".join(answer.streaming_content)
    return answer.status_code


@pytest.mark.parametrize(
    ("role", "code"), [("coordinator", 200), ("signatory", 200), ("editor", 403), ("reader", 403), ("moderator", 403)]
)
def test_who_adds_a_scan(client: Client, signed: Agreement, zaporizhzhia: Body, role: str, code: int) -> None:
    client.force_login(member(role, None if role == "moderator" else zaporizhzhia))

    assert client.get(add_to(signed)).status_code == code


def test_nothing_is_scanned_before_the_first_signature(client: Client, paper: Agreement, kalush: Body) -> None:
    client.force_login(member("coordinator", kalush))

    assert client.get(add_to(paper)).status_code == 403
    assert add_to(paper) not in client.get(page_of(paper)).content.decode()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "скан.pdf", "application/pdf"),
        (p7s(), "угода.pdf.p7s", "application/pkcs7-signature"),
        (asic("e"), "угода.asice", "application/vnd.etsi.asic-e+zip"),
    ],
)
def test_scan_and_signature_files_stand_on_the_page(
    client: Client, signed: Agreement, kalush: Body, content: bytes, name: str, kind: str
) -> None:
    client.force_login(member("signatory", kalush))
    assert add_to(signed) in client.get(page_of(signed)).content.decode()

    answer = client.post(add_to(signed), {"file": SimpleUploadedFile(name, content), "visibility": "team"})

    file = StoredFile.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{page_of(signed)}#scans")
    assert (file.name, file.content_type, file.holder) == (name, kind, f"organisations.body:{kalush.pk}")
    assert name in client.get(page_of(signed)).content.decode()
    assert history_of(signed)[0].verb == "files.file.stored"


def test_signed_scan_is_withdrawn_but_never_lost(
    client: Client, signed: Agreement, kalush: Body, zaporizhzhia: Body
) -> None:
    file = files.store(content=PDF, name="скан.pdf", owner=signed, holder=kalush, by=None, at=AT)
    client.force_login(member("signatory", kalush))
    remove = reverse("files:remove", args=[file.pk])
    assert "Something signed rests" in client.get(f"/en{remove}").content.decode()

    assert client.post(remove, {"reason": "не всі сторінки", "version": 1}).status_code == 302

    file.refresh_from_db()
    assert (file.has_content, file.removed_reason) == (True, "не всі сторінки")
    assert "скан.pdf" not in client.get(page_of(signed)).content.decode()
    client.force_login(member("reader", zaporizhzhia))
    assert status(client, file) == 200


READERS = ["stranger", "other", "reader", "signatory", "moderator"]


def test_who_reads_a_scan(signed: Agreement, kalush: Body, chernivtsi: Body) -> None:
    people = {
        "other": member("coordinator", chernivtsi), "reader": member("reader", kalush),
        "signatory": member("signatory", kalush), "moderator": member("moderator"),
    }  # fmt: skip
    clients = {name: Client() for name in READERS}
    for name, someone in people.items():
        clients[name].force_login(someone)
    file = files.store(content=PDF, name="скан.pdf", owner=signed, holder=kalush, by=None, at=AT)
    own, trusted = READERS[2:], READERS[3:]
    expected = {("public", "public"): READERS}
    for of_paper in Visibility.values:
        for of_file in Visibility.values:
            narrow = "restricted" in {of_paper, of_file}
            expected.setdefault((of_paper, of_file), trusted if narrow else own)

    found = {}
    for of_paper, of_file in expected:
        Agreement.objects.update(visibility=of_paper)
        StoredFile.objects.update(visibility=of_file)
        statuses = {name: status(client, file) for name, client in clients.items()}
        found[of_paper, of_file] = [name for name in READERS if statuses[name] == 200]

    assert found == expected


def test_public_paper_does_not_name_its_scans_to_strangers(client: Client, signed: Agreement, kalush: Body) -> None:
    files.store(content=PDF, name="скан з підписом.pdf", owner=signed, holder=kalush, by=None, at=AT)
    files.store(content=pdf("x"), name="рішення.pdf", owner=signed, holder=kalush, visibility="public", by=None, at=AT)
    Agreement.objects.update(visibility="public")

    page = client.get(page_of(signed)).content.decode()

    assert ("скан з підписом" in page, "рішення.pdf" in page, add_to(signed) in page) == (False, True, False)
