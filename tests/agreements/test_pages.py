"""The page of a paper, its file, and the work on its text."""

import io
import re
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from pobratym.agreements.models import Agreement
from pobratym.organisations.models import Body
from pobratym.partnerships.models import Partnership
from pobratym.partnerships.operations import draft_memorandum
from tests.agreements.test_operations import everything
from tests.partnerships.cast import AT, agree, agreed, member, memorandum, sign


@pytest.fixture
def partnership(kalush: Body, zaporizhzhia: Body) -> Partnership:
    return agreed(kalush, zaporizhzhia)


@pytest.fixture
def paper(partnership: Partnership) -> Agreement:
    return draft_memorandum(partnership=partnership, by=None, at=AT)


def page_of(paper: Agreement, name: str = "agreement") -> str:
    return reverse(f"agreements:{name}", kwargs={"pk": paper.pk})


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


PAGES = ["agreement", "docx", "revise"]


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        ("coordinator", [200, 200, 200]),
        ("signatory", [200, 200, 200]),
        ("editor", [200, 200, 403]),
        ("reader", [200, 200, 403]),
    ],
)
def test_members_of_the_parties_read_and_those_who_answer_for_them_word(
    client: Client, paper: Agreement, zaporizhzhia: Body, role: str, statuses: list[int]
) -> None:
    client.force_login(member(role, zaporizhzhia))

    assert [client.get(page_of(paper, name)).status_code for name in PAGES] == statuses


def test_strangers_do_not_find_the_draft(client: Client, paper: Agreement, chernivtsi: Body) -> None:
    assert [client.get(page_of(paper, name)).status_code for name in PAGES] == [404, 404, 404]
    client.force_login(member("coordinator", chernivtsi))
    assert [client.get(page_of(paper, name)).status_code for name in PAGES] == [404, 404, 404]
    assert client.post(page_of(paper, "agree"), {"text_number": "1"}).status_code == 404


def test_public_paper_is_read_by_all_and_worded_by_none(client: Client, paper: Agreement) -> None:
    Agreement.objects.filter(pk=paper.pk).update(visibility="public")

    answer = client.get(page_of(paper))

    assert "Не створює грошових зобов’язань" in words_of(answer)
    assert "Погодити" not in words_of(answer)
    assert client.get(page_of(paper, "revise")).status_code == 302


def test_page_shows_weight_text_parties_and_hash(client: Client, paper: Agreement, kalush: Body) -> None:
    agree(paper, kalush)
    client.force_login(member("reader", kalush))

    words = words_of(client.get(page_of(paper)))

    for expected in (
        "Заява про наміри всіх сторін",
        "Предмет Меморандуму: економічне партнерство.",
        "Калуш: міська рада",
        "міський голова",
        "погоджено цей текст",
        paper.texts.get().sha256,
    ):
        assert expected in words
    with override("en"):
        english = words_of(client.get(page_of(paper)))
    assert "The subject of the Memorandum: economic partnership." in english


def test_party_agrees_by_the_page_to_what_it_read(client: Client, paper: Agreement, zaporizhzhia: Body) -> None:
    client.force_login(member("coordinator", zaporizhzhia))

    answer = client.post(page_of(paper, "agree"), {"text_number": "1"})

    assert (answer.status_code, answer.url) == (302, page_of(paper))
    assert paper.parties.get(body=zaporizhzhia).agreed_text == 1
    before = everything()
    assert client.post(page_of(paper, "agree"), {"text_number": "9"}).status_code == 409
    assert client.post(page_of(paper, "agree"), {"text_number": "x"}).status_code == 422
    assert everything() == before


def test_rewording_by_the_page_makes_a_version(client: Client, paper: Agreement, zaporizhzhia: Body) -> None:
    client.force_login(member("signatory", zaporizhzhia))
    form = client.get(page_of(paper, "revise")).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    stale = dict(values)
    values["section_2_uk"] += "\n\nНовий абзац."

    answer = client.post(page_of(paper, "revise"), values)

    assert answer.status_code == 302
    newest = paper.texts.order_by("number").last()
    assert newest is not None
    assert (newest.number, newest.sections[2]["paragraphs_uk"][-1]) == (2, "Новий абзац.")
    before = everything()
    assert client.post(page_of(paper, "revise"), stale).status_code == 409
    assert client.post(page_of(paper, "revise"), values | {"section_0_uk": ""}).status_code == 422
    assert everything() == before


def test_signed_paper_is_worded_no_more(
    client: Client, partnership: Partnership, kalush: Body, zaporizhzhia: Body
) -> None:
    paper = memorandum(partnership)
    client.force_login(member("coordinator", kalush))
    form = client.get(page_of(paper, "revise")).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    sign(partnership, paper, zaporizhzhia)
    before = everything()

    answer = client.post(page_of(paper, "revise"), values | {"section_2_uk": "Інакше."})

    assert answer.status_code == 409
    assert everything() == before


def test_script_in_a_text_is_words(client: Client, paper: Agreement, zaporizhzhia: Body) -> None:
    client.force_login(member("coordinator", zaporizhzhia))
    form = client.get(page_of(paper, "revise")).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    client.post(page_of(paper, "revise"), values | {"section_2_uk": "<script>alert(1)</script> {{ secret }}"})

    assert "<script>alert(1)" not in client.get(page_of(paper)).content.decode()
    assert "<script>alert(1)</script> {{ secret }}" in words_of_docx(client.get(page_of(paper, "docx")).content)


def words_of_docx(content: bytes) -> str:
    """The text of a DOCX, body and footer, as an office program shows it."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        parts = [
            file.read(name).decode() for name in file.namelist() if re.match(r"word/(document|footer\d*)\.xml", name)
        ]
    text = " ".join(re.sub(r"</w:p>", " ", part) for part in parts)
    text = re.sub(r"<[^>]+>", "", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def test_file_holds_the_text_the_parties_and_its_origin(client: Client, paper: Agreement, kalush: Body) -> None:
    client.force_login(member("reader", kalush))

    answer = client.get(page_of(paper, "docx"))

    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer["Content-Disposition"].startswith('attachment; filename="memorandum')
    words = words_of_docx(answer.content)
    for expected in (
        "3.1. Предмет Меморандуму: економічне партнерство.",
        "4. Напрями співпраці",
        "Калуш: міська рада",
        "Міський голова",
        paper.texts.get().sha256,
        f"http://127.0.0.1:8000{page_of(paper)}",
    ):
        assert expected in words


def test_page_asks_as_often_for_three_versions_as_for_one(client: Client, paper: Agreement, kalush: Body) -> None:
    client.force_login(member("coordinator", kalush))

    def asked() -> int:
        client.get(page_of(paper))
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(paper))
        return len(queries)

    once = asked()
    for number in (1, 2):
        form = client.get(page_of(paper, "revise")).context["form"]
        values = {name: form[name].value() or "" for name in form.fields}
        client.post(page_of(paper, "revise"), values | {"section_2_uk": f"Версія {number}."})

    assert asked() == once


def test_earlier_version_is_read_but_not_agreed_to(client: Client, paper: Agreement, zaporizhzhia: Body) -> None:
    client.force_login(member("coordinator", zaporizhzhia))
    form = client.get(page_of(paper, "revise")).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    client.post(page_of(paper, "revise"), values | {"section_2_uk": "Інший предмет."})

    newest, earlier = client.get(page_of(paper)), client.get(page_of(paper), {"version": "1"})

    assert "Інший предмет." in words_of(newest)
    assert (newest.context["may_agree"], earlier.context["may_agree"]) == (True, False)
    assert "Інший предмет." not in words_of(earlier)
    assert "Предмет Меморандуму: економічне партнерство." in words_of(earlier)
    assert [client.get(page_of(paper), {"version": wrong}).status_code for wrong in ("3", "x", "")] == [404, 404, 404]
