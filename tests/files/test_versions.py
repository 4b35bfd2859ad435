"""Versions, removal, quota: nothing signed is lost, nobody takes more room than they have."""

import datetime as dt
import os

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from pobratym.audit.queries import history_of
from pobratym.files import operations
from pobratym.files.models import StoredFile
from pobratym.files.queries import readable, shown_of, usage_of, versions_of
from pobratym.files.refusals import FileRefused
from pobratym.vocabulary.choices import Visibility
from pobratym.vocabulary.refusals import ChangedMeanwhile
from tests.files import made
from tests.files.conftest import ALL
from tests.files.made import PDF

pytestmark = pytest.mark.django_db

LATER = made.pdf("2 0 obj\n<<>>\nendobj\n")
MEGABYTE = 1024 * 1024
DAY = dt.date(2024, 2, 20)


def pdf_of(size: int, mark: str = "a") -> bytes:
    """A PDF of exactly so many bytes."""
    frame = made.pdf("2 0 obj\n()\nendobj\n")
    return frame.replace(b"()", b"(" + mark.encode() * (size - len(frame)) + b")", 1)


@pytest.fixture
def file(owner, says, at):
    return operations.store(content=PDF, name="акт.pdf", owner=owner, holder=owner, by=owner, at=at)


def sentences(owner) -> list[str]:
    """What the history tells of files, newest first, without checksums."""
    return [line.sentence.split(", SHA")[0] for line in history_of(owner) if line.verb.startswith("files.")]


def rows() -> list[tuple]:
    return list(StoredFile.objects.order_by("pk").values_list())


def test_newer_version_takes_the_place_of_the_older(file, owner, says, at):
    new = operations.replace(file=file, content=LATER, name="акт-2.pdf", version=1, by=owner, at=at)
    third = operations.replace(file=new, content=PDF, name="акт-3.pdf", version=2, by=owner, at=at)

    assert [(row.number, row.name, row.first_id, row.is_shown) for row in versions_of(third)] == [
        (3, "акт-3.pdf", file.pk, True),
        (2, "акт-2.pdf", file.pk, False),
        (1, "акт.pdf", None, False),
    ]
    assert shown_of([owner], ALL) == {f"accounts.user:{owner.pk}": [third]}
    assert (third.owner, third.holder, third.visibility) == (file.owner, file.holder, file.visibility)
    assert [line.sentence.split(":")[0] for line in history_of(owner)[:2]] == [
        "Файл отримав версію 3",
        "Файл отримав версію 2",
    ]


@pytest.mark.parametrize(
    ("before", "after"), [("public", "team"), ("partners", "team"), ("team", "team"), ("restricted", "restricted")]
)
def test_new_content_is_not_shown_by_the_consent_to_the_old(file, owner, at, before, after):
    StoredFile.objects.update(visibility=before)
    file.refresh_from_db()

    assert operations.replace(file=file, content=LATER, name="a.pdf", version=1, by=owner, at=at).visibility == after


def test_older_version_is_read_by_the_owners_circle_only(file, owner, says, at):
    StoredFile.objects.update(visibility="public")
    file.refresh_from_db()
    new = operations.replace(file=file, content=LATER, name="a.pdf", version=1, by=owner, at=at)
    new = operations.set_visibility(file=new, visibility="public", by=owner, at=at)
    file.refresh_from_db()

    says.seen = frozenset({"public"})
    assert [readable(None, file, DAY), readable(None, new, DAY)] == [False, True]
    says.seen = frozenset({"public", "team"})
    assert [readable(None, file, DAY), readable(None, new, DAY)] == [True, True]
    says.seen = frozenset()
    assert [readable(None, file, DAY), readable(None, new, DAY)] == [False, False]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"version": 2}, ChangedMeanwhile),
        ({"content": PDF}, operations.NothingChanged),
        ({"content": b"MZ\0"}, operations.WrongType),
        ({"content": b""}, operations.EmptyFile),
    ],
)
def test_refused_version_leaves_nothing(file, owner, at, change, refusal):
    before = rows()

    with pytest.raises(refusal):
        operations.replace(
            **{"file": file, "content": LATER, "name": "a.pdf", "version": 1, "by": owner, "at": at} | change
        )

    assert rows() == before
    assert len(sentences(owner)) == 1


def test_two_who_replace_at_once_do_not_lose_one(file, owner, at):
    operations.replace(file=file, content=LATER, name="a.pdf", version=1, by=owner, at=at)

    with pytest.raises(ChangedMeanwhile):
        operations.replace(file=file, content=pdf_of(500), name="b.pdf", version=1, by=owner, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.create(
            owner=file.owner, name="c", content_type="application/pdf", size=1, sha256="0", stored_at=at,
            first=file, number=2,
        )  # fmt: skip


def test_removed_file_leaves_its_row_and_loses_its_content(file, owner, says, at, folder):
    new = operations.replace(file=file, content=LATER, name="a.pdf", version=1, by=owner, at=at)

    removed = operations.remove(file=new, reason=" не той акт ", version=2, by=owner, at=at)

    assert (removed.removed_at, removed.removed_reason, removed.has_content) == (at, "не той акт", False)
    assert StoredFile.objects.filter(has_content=False).count() == 2
    says.seen = ALL
    assert not readable(owner, removed, DAY)
    assert shown_of([owner], ALL) == {f"accounts.user:{owner.pk}": []}
    assert usage_of(owner).used == 0
    assert history_of(owner)[0].sentence == f"Файл вилучено разом із вмістом: версія 2, SHA-256 {new.sha256[:12]}…."
    assert "акт" not in str([line.sentence for line in history_of(owner)])
    age(folder, days=2)
    assert operations.sweep_orphans(at=dt.datetime.now(dt.UTC)) == 2
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def age(folder, *, days: int) -> None:
    for path in folder.glob("??/*"):
        old = path.stat().st_mtime - days * 86_400
        os.utime(path, (old, old))


def test_nothing_that_a_signature_rests_on_is_lost(file, owner, says, at, folder):
    says.signed = True
    new = operations.replace(file=file, content=LATER, name="a.pdf", version=1, by=owner, at=at)

    removed = operations.remove(file=new, reason="помилка", version=2, by=owner, at=at)
    age(folder, days=2)

    assert operations.sweep_orphans(at=dt.datetime.now(dt.UTC)) == 0
    assert removed.has_content
    says.seen = ALL
    file.refresh_from_db()
    assert [readable(owner, removed, DAY), readable(owner, file, DAY)] == [True, True]
    says.seen = frozenset({"public"})
    assert not readable(owner, removed, DAY)
    assert history_of(owner)[0].sentence.startswith("Файл прибрано зі списку, його вміст зберігається")
    assert usage_of(owner).used == len(PDF) + len(LATER)


def test_same_content_of_another_record_keeps_it_alive(file, owner, says, at, folder):
    other = operations.store(content=PDF, name="b.pdf", owner=owner, by=owner, at=at)
    operations.remove(file=file, reason="двічі", version=1, by=owner, at=at)
    age(folder, days=2)

    assert operations.sweep_orphans(at=dt.datetime.now(dt.UTC)) == 0
    with operations.open_file(file=other) as opened:
        assert opened.read() == PDF


@pytest.mark.parametrize(
    ("change", "refusal"), [({"reason": " "}, operations.ReasonMissing), ({"version": 7}, ChangedMeanwhile)]
)
def test_removal_needs_a_reason_and_the_present_version(file, owner, says, at, change, refusal):
    before = rows()

    with pytest.raises(refusal):
        operations.remove(**{"file": file, "reason": "x", "version": 1, "by": owner, "at": at} | change)

    assert rows() == before


def test_removed_file_is_neither_removed_again_nor_replaced_nor_shown_to_more(file, owner, says, at):
    operations.remove(file=file, reason="x", version=1, by=owner, at=at)
    for act in (
        lambda: operations.remove(file=file, reason="x", version=1, by=owner, at=at),
        lambda: operations.replace(file=file, content=LATER, name="a", version=1, by=owner, at=at),
        lambda: operations.set_visibility(file=file, visibility="public", by=owner, at=at),
    ):
        with pytest.raises(ChangedMeanwhile):
            act()


def test_visibility_is_written_with_its_trail(file, owner, says, at):
    shown = operations.set_visibility(file=file, visibility=Visibility.PUBLIC, by=owner, at=at)
    operations.set_visibility(file=file, visibility=Visibility.PUBLIC, by=owner, at=at)

    assert shown.visibility == "public"
    assert sentences(owner) == ["Хто бачить файл (версія 1): Команда → Усі.", "Додано файл: PDF"]


def test_quota_counts_each_content_once_and_tells_used_and_limit(owner, at, settings):
    settings.BODY_QUOTA = 2 * MEGABYTE
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        operations.store(content=pdf_of(MEGABYTE), name=name, owner=owner, holder=owner, by=owner, at=at)
    assert (usage_of(owner).used, usage_of(owner).left, usage_of(owner).share) == (MEGABYTE, MEGABYTE, 50)
    operations.store(content=pdf_of(MEGABYTE, "b"), name="d.pdf", owner=owner, holder=owner, by=owner, at=at)

    with pytest.raises(operations.QuotaFull, match="використано 2 із 2 МБ"):
        operations.store(content=pdf_of(400, "c"), name="e.pdf", owner=owner, holder=owner, by=owner, at=at)

    assert StoredFile.objects.count() == 4
    # What is there already takes no room, and whose files have no body are not counted.
    operations.store(content=pdf_of(MEGABYTE), name="f.pdf", owner=owner, holder=owner, by=owner, at=at)
    operations.store(content=pdf_of(MEGABYTE, "z"), name="g.pdf", owner=owner, by=owner, at=at)


def test_quota_of_one_body_is_set_and_given_back(owner, at, settings):
    settings.BODY_QUOTA = MEGABYTE
    operations.set_quota(holder=owner, megabytes=3, by=owner, at=at)
    assert usage_of(owner).limit == 3 * MEGABYTE
    operations.store(content=pdf_of(2 * MEGABYTE), name="a.pdf", owner=owner, holder=owner, by=owner, at=at)

    operations.set_quota(holder=owner, megabytes=None, by=owner, at=at)

    assert (usage_of(owner).limit, usage_of(owner).left) == (MEGABYTE, 0)
    with pytest.raises(operations.QuotaFull):
        operations.replace(file=StoredFile.objects.get(), content=pdf_of(500), name="b.pdf", version=1, by=owner, at=at)
    assert sentences(owner)[::2] == [
        "Установлено місце для файлів: — МБ («—» означає звичайне місце).",
        "Установлено місце для файлів: 3 МБ («—» означає звичайне місце).",
    ]


def test_content_is_looked_through_before_others_have_to_wait(file, owner, at):
    """On SQLite a transaction stops every other writer; what is refused begins none."""
    bad = made.word({"word/vbaProject.bin": b"x"})

    with CaptureQueriesContext(connection) as asked:
        with pytest.raises(FileRefused):
            operations.store(content=bad, name="a.docx", owner=owner, by=owner, at=at)
        with pytest.raises(FileRefused):
            operations.replace(file=file, content=bad, name="b.docx", version=1, by=owner, at=at)

    assert len(asked) == 0
