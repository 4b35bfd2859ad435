"""The room of a body as an operator sets it and its coordinator sees it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from pobratym.audit.queries import history_of
from pobratym.files import operations
from pobratym.files.queries import usage_of
from tests.files.made import PDF
from tests.partnerships.cast import AT, body_of, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def kalush():
    return body_of("Калуш")


def room(*words: str) -> str:
    out = StringIO()
    call_command("room", *words, stdout=out)
    return out.getvalue().strip()


def test_operator_sees_sets_and_gives_back_the_room(kalush):
    operations.store(content=PDF, name="a.pdf", owner=kalush, holder=kalush, by=None, at=AT)

    assert room(str(kalush.pk)) == "Калуш: міська рада: 1 of 500 MB are used."
    assert room(str(kalush.pk), "800") == "Калуш: міська рада: 1 of 800 MB are used."
    assert history_of(kalush)[0].sentence == "Установлено місце для файлів: 800 МБ («—» означає звичайне місце)."
    assert room(str(kalush.pk), "usual").endswith("1 of 500 MB are used.")
    for words in (["999999"], [str(kalush.pk), "-5"], [str(kalush.pk), "багато"]):
        with pytest.raises(CommandError):
            room(*words)
    assert usage_of(kalush).limit == 500 * 1024 * 1024


@pytest.mark.parametrize(("role", "shown"), [("coordinator", True), ("signatory", False), ("reader", False)])
def test_coordinator_sees_the_room_on_the_desk(client: Client, kalush, role, shown):
    client.force_login(member(role, kalush))

    page = client.get(reverse("portal:desk")).content.decode()

    assert ("використано 0 із 500 МБ" in " ".join(page.split())) == shown
