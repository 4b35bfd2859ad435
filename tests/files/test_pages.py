"""The pages of files: who finds them, what they say, that they work without a script; the matrix of who may read."""

import itertools
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from pobratym.audit.models import Sight
from pobratym.files import operations, owners
from pobratym.files.models import StoredFile
from pobratym.vocabulary.choices import Visibility
from tests.files import made
from tests.files.conftest import ALL
from tests.files.made import PDF

pytestmark = pytest.mark.django_db

TEAM = frozenset({"public", "partners", "team"})


@pytest.fixture
def file(owner, at):
    return operations.store(content=PDF, name="акт.pdf", owner=owner, holder=owner, by=owner, at=at)


def page(name: str, *args: Any) -> str:
    return reverse(f"files:{name}", args=args)


def upload(content: bytes = PDF, name: str = "акт.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("seen", "visibility"), list(itertools.product([(), ("public",), TEAM, ALL], Visibility.values))
)
def test_file_is_read_if_owner_and_file_are_seen(client: Client, owner, says, at, seen, visibility):
    """The planted owner answers which visibilities are seen; what contexts answer is in their own tables."""
    stored = operations.store(content=PDF, name="a.pdf", owner=owner, visibility=visibility, by=owner, at=at)
    says.seen = frozenset(seen)

    answer = client.get(page("file", stored.pk))

    assert answer.status_code == (200 if visibility in seen else 404)
    if answer.status_code == 200:
        assert b"".join(answer.streaming_content) == PDF


def test_owner_that_nobody_registered_or_that_is_gone_shows_nothing(client: Client, owner, file, says):
    says.seen = ALL
    StoredFile.objects.update(owner="accounts.user:999999")
    assert client.get(page("file", file.pk)).status_code == 404
    for name in ("unknown.kind:1", "accounts.user:x", "accounts.user:", "accounts.user:１", ""):
        assert owners.find(name) is None
    assert client.get(page("file", 999_999)).status_code == 404


def test_headers_of_the_site_do_not_loosen_those_of_the_file(client: Client, file, says):
    says.seen = ALL

    answer = client.get(page("file", file.pk), headers={"range": "bytes=0-3"})

    assert (answer.status_code, b"".join(answer.streaming_content)) == (206, b"%PDF")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert client.post(page("file", file.pk)).status_code == 405


PAGES = [("add", "owner"), ("replace", "file"), ("remove", "file")]


@pytest.mark.parametrize(("name", "key"), PAGES)
def test_who_may_work_on_files(client: Client, owner, file, says, name, key):
    address = page(name, f"accounts.user:{owner.pk}" if key == "owner" else file.pk)
    assert client.get(address).status_code == 302
    client.force_login(owner)
    assert client.get(address).status_code == 404
    says.seen = TEAM
    assert client.get(address).status_code == 403
    says.body = owner
    assert client.get(address).status_code == 200
    StoredFile.objects.update(visibility="restricted")
    assert client.get(address).status_code == (200 if name == "add" else 404)


@pytest.fixture
def worker(client: Client, owner, says) -> Client:
    says.seen, says.body = ALL, owner
    client.force_login(owner)
    return client


def test_file_is_added_by_the_page(worker: Client, owner):
    address = page("add", f"accounts.user:{owner.pk}")
    assert 'enctype="multipart/form-data"' in worker.get(address).content.decode()

    answer = worker.post(address, {"file": upload(made.picture("JPEG"), "IMG 1.jpeg"), "visibility": "restricted"})

    stored = StoredFile.objects.get()
    assert (answer.status_code, answer.url) == (302, "/")
    assert (stored.name, stored.visibility, stored.holder) == ("IMG 1.jpg", "restricted", f"accounts.user:{owner.pk}")


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        ({}, 422, "Заповніть це поле"),
        ({"file": b"MZ\0"}, 422, "Файли цього типу не приймаються"),
        ({"file": b""}, 422, "порожній"),
        ({"file": made.huge_png(60_000, 60_000)}, 422, "50 мільйонів пікселів"),
        ({"file": PDF + b"0" * 2_000_000}, 413, "більший за 1 МБ"),
        ({"file": made.word({"word/vbaProject.bin": b"x"})}, 422, "макроси"),
        ({"file": PDF, "visibility": "public"}, 422, ""),
    ],
)
def test_refusal_stands_at_the_field(worker: Client, owner, settings, data, status, words):
    settings.FILE_UPLOAD_LIMIT = 1024 * 1024
    values = {"visibility": "team"} | data
    if "file" in values:
        values["file"] = upload(values["file"])

    answer = worker.post(page("add", f"accounts.user:{owner.pk}"), values)

    assert answer.status_code == status
    assert words in str(answer.context["form"].errors)
    assert not StoredFile.objects.exists()


def test_full_quota_is_told_with_its_numbers(worker: Client, owner, settings):
    settings.BODY_QUOTA = 0

    answer = worker.post(page("add", f"accounts.user:{owner.pk}"), {"file": upload(), "visibility": "team"})

    assert answer.status_code == 413
    assert "використано 0 із 0 МБ" in answer.content.decode()


def test_request_that_is_far_too_long_is_not_read(worker: Client, owner, settings):
    settings.FILE_UPLOAD_LIMIT = 1000

    answer = worker.post(page("add", f"accounts.user:{owner.pk}"), {"file": upload(b"0" * 9_000), "visibility": "team"})

    assert answer.status_code == 413
    assert not StoredFile.objects.exists()


def test_file_is_replaced_and_removed_by_pages(worker: Client, owner, file):
    stale = worker.get(page("replace", file.pk)).context["form"]["version"].value()

    assert (
        worker.post(page("replace", file.pk), {"file": upload(made.pdf(), "акт2.pdf"), "version": stale}).status_code
        == 302
    )
    new = StoredFile.objects.latest("pk")
    again = worker.post(page("replace", file.pk), {"file": upload(made.pdf("x")), "version": stale})
    assert (again.status_code, StoredFile.objects.count()) == (409, 2)
    versions = worker.get(page("versions", new.pk)).content.decode()
    assert "версія 2" in versions
    assert page("file", file.pk) in versions
    assert worker.post(page("remove", new.pk), {"reason": "", "version": 2}).status_code == 422
    assert worker.post(page("remove", new.pk), {"reason": "не той", "version": 2}).status_code == 302
    assert worker.get(page("remove", new.pk)).status_code == 404
    versions = worker.get(page("versions", new.pk)).content.decode()
    assert "вміст видалено" in versions
    assert "не той" in versions
    assert page("file", file.pk) not in versions


def test_versions_are_for_the_owners_circle(client: Client, file, says):
    assert client.get(page("versions", file.pk)).status_code == 404
    says.seen = frozenset({"public"})
    StoredFile.objects.update(visibility="public")
    assert client.get(page("versions", file.pk)).status_code == 404
    says.seen = TEAM
    assert client.get(page("versions", file.pk)).status_code == 200


def test_pages_speak_english_too(worker: Client, owner, file):
    with override("en"):
        answers = {name: worker.get(page(name, file.pk)).content.decode() for name in ("replace", "remove", "versions")}

    assert "At most 20 MB" in answers["replace"]
    assert "Room for files: 1 of 500 MB" in answers["replace"]
    assert "cannot be brought back" in answers["remove"]
    assert "version" in answers["versions"]


def test_who_read_a_restricted_file_is_noted(worker: Client, owner, file):
    address = page("file", file.pk)
    b"".join(worker.get(address).streaming_content)
    assert not Sight.objects.exists()
    StoredFile.objects.update(visibility="restricted")

    b"".join(worker.get(address).streaming_content)

    assert [(sight.subject, sight.first_at == sight.last_at) for sight in Sight.objects.all()] == [
        (f"files.storedfile:{file.pk}", True)
    ]
