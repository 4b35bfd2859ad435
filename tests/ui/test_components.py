"""What a component says beside its looks."""

from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation


@pytest.fixture(autouse=True)
def _ukrainian():
    with translation.override("uk"):
        yield


def shown(component: str, **parameters: Any) -> str:
    return " ".join(render_to_string(f"ui/components/{component}.html", parameters).split())


@pytest.mark.parametrize(("origin", "said"), [("generated", "приклад"), ("founding", ""), ("own", "")])
def test_only_generated_carries_the_chip(origin: str, said: str) -> None:
    assert (said in shown("chip", origin=origin)) is True
    assert ("chip" in shown("chip", origin=origin)) is bool(said)


def test_stages_say_their_state_in_words() -> None:
    page = shown(
        "stages",
        stages=[
            {"label": "Знайомство", "note": "січень 2024", "state": "done"},
            {"label": "Намір", "note": "", "state": "skipped"},
            {"label": "Меморандум", "note": "", "state": "current"},
            {"label": "Побратими", "note": "", "state": "ahead"},
        ],
    )

    positions = [page.index(word) for word in ("пройдено", "пропущено", "зараз", "попереду")]
    assert positions == sorted(positions)
    assert page.count('aria-current="step"') == 1


def test_progress_is_told_as_x_of_y() -> None:
    page = shown("progress", done=4, total=5, what="зобов’язань")

    assert "4 з 5 зобов’язань" in page
    assert '<progress max="5" value="4"' in page


def test_progress_of_nothing_has_no_bar() -> None:
    assert "<progress" not in shown("progress", done=0, total=0)


def test_figure_with_its_proof() -> None:
    page = shown("figure", value=9.5, unit="МВт", note="за рік", proof="measured", origin="generated", url="/x/")

    assert '<a href="/x/">9,5&nbsp;МВт</a>' in page
    assert '<span class="proof measured">виміряно</span>' in page
    assert "приклад" in page


def test_bare_figure_has_no_note() -> None:
    assert "<small>" not in shown("figure", value=2)


def test_retold_words_have_no_quotation_marks() -> None:
    base = {"text": "Разом легше.", "speaker": "Голова", "office": "", "source_name": "", "source_url": ""}

    assert "<q>" not in shown("quote", quotation=base | {"is_retold": True})
    assert "переказ" in shown("quote", quotation=base | {"is_retold": True})
    assert "<q>Разом легше.</q>" in shown("quote", quotation=base | {"is_retold": False})


def test_text_is_escaped() -> None:
    assert "<b>" not in shown("next", title="<b>", text="<b>", url="/", action="<b>")


def test_pages_keep_the_rest_of_the_address(rf: RequestFactory) -> None:
    page_obj = Paginator(range(60), 20).page(2)

    page = render_to_string("ui/components/pagination.html", {"page_obj": page_obj}, rf.get("/news/?tag=energy&page=2"))

    assert 'href="?tag=energy&amp;page=3"' in page
    assert "Сторінка 2 з 3" in page


def test_single_page_has_no_pagination() -> None:
    assert shown("pagination", page_obj=Paginator([1], 20).page(1)) == ""


def test_step_may_send_a_form() -> None:
    page = shown("next", title="Далі", text="", url="/sign/", action="Підписати", post=True, csrf_token="t")

    assert '<form method="post" action="/sign/">' in page
    assert "<a " not in page
