"""A file is shown to everyone only when two people of the parties want it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pobratym.accounts.models import SecondPerson
from pobratym.accounts.operations import confirm_second
from pobratym.audit.queries import history_of
from pobratym.files import operations as files
from pobratym.files.models import StoredFile
from pobratym.organisations.models import Body
from pobratym.partnerships.models import Commitment, Partnership, Value
from pobratym.vocabulary.refusals import ChangedMeanwhile, Refusal
from tests.files.made import PDF, pdf
from tests.partnerships.cast import AT, agreed, body_of, member
from tests.partnerships.test_commitments import measure, promise

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def kalush() -> Body:
    return body_of("Калуш")


@pytest.fixture
def zaporizhzhia() -> Body:
    return body_of("Запоріжжя")


@pytest.fixture
def value(kalush: Body, zaporizhzhia: Body) -> Value:
    return measure(promise(agreed(kalush, zaporizhzhia)))


@pytest.fixture
def file(value: Value, kalush: Body) -> StoredFile:
    return files.store(content=PDF, name="акт.pdf", owner=value, holder=kalush, by=None, at=AT)


def show(client: Client, file: StoredFile) -> int:
    return client.post(reverse("accounts:show_file", args=[file.pk])).status_code


def test_two_coordinators_show_a_proof_to_everyone(
    client: Client, value: Value, file: StoredFile, kalush: Body, zaporizhzhia: Body
) -> None:
    asks, agrees = member("coordinator", kalush), member("coordinator", zaporizhzhia)
    for model in (Partnership, Commitment, Value):
        model.objects.update(visibility="public")
    client.force_login(asks)
    direction = reverse("partnerships:direction", args=[value.commitment.partnership_id, "energy"])
    assert reverse("accounts:show_file", args=[file.pk]) in client.get(direction).content.decode()

    assert show(client, file) == 302
    wish = SecondPerson.objects.get()
    assert (wish.title, wish.raise_from, wish.raise_to) == ("акт.pdf", "team", "public")
    with pytest.raises(Refusal):
        confirm_second(second=wish, by=asks, at=AT)
    confirm_second(second=wish, by=agrees, at=AT)

    file.refresh_from_db()
    assert file.visibility == "public"
    assert history_of(value.commitment.partnership)[0].sentence == "Хто бачить файл (версія 1): Команда → Усі."
    answer = Client().get(reverse("files:file", args=[file.pk]))
    assert b"".join(answer.streaming_content) == PDF


def test_consent_to_one_version_does_not_show_the_next(
    file: StoredFile, kalush: Body, zaporizhzhia: Body, client: Client
) -> None:
    client.force_login(member("coordinator", kalush))
    show(client, file)
    new = files.replace(file=file, content=pdf("x"), name="b.pdf", version=1, by=None, at=AT)

    with pytest.raises(ChangedMeanwhile):
        confirm_second(second=SecondPerson.objects.get(), by=member("coordinator", zaporizhzhia), at=AT)

    new.refresh_from_db()
    assert new.visibility == "team"


@pytest.mark.parametrize(("role", "status"), [("coordinator", 302), ("signatory", 403), ("reader", 403)])
def test_who_asks(client: Client, file: StoredFile, kalush: Body, role: str, status: int) -> None:
    client.force_login(member(role, kalush))

    assert show(client, file) == status
    assert SecondPerson.objects.count() == (status == 302)


def test_strangers_do_not_find_the_file(client: Client, file: StoredFile) -> None:
    assert show(client, file) == 302
    client.force_login(member("coordinator", body_of("Чернівці")))
    assert show(client, file) == 404
    assert not SecondPerson.objects.exists()
