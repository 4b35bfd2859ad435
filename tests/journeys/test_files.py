"""A proof is added, refused, replaced and removed in the browser: on a desk, and on a phone without a script."""

import pytest
from playwright.sync_api import FilePayload, Page

from tests.files.made import PDF, pdf, word
from tests.journeys.conftest import DESK, PHONE, Opener, Watch, check_axe, check_width, picture

pytestmark = pytest.mark.chromium


def choose(page: Page, name: str, content: bytes) -> None:
    page.set_input_files("input[type=file]", files=[FilePayload(name=name, mimeType="", buffer=content)])


def looked_at(page: Page, name: str) -> None:
    check_axe(page)
    check_width(page)
    picture(page, name)


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def open_energy(page: Page) -> None:
    """The coordinator's page of the direction, with a value to prove."""
    page.goto("/tour/")
    press(page, "Координація Калуша")
    page.goto("/partnerships/")
    follow(page, "Калуш — Запоріжжя")
    page.goto(f"{page.url}directions/energy/")
    if page.get_by_role("link", name="Додати підтвердження файлом").count() == 0:
        follow(page, "Записати значення")
        looks = {"amount": "412", "unit_uk": "МВт·год", "period_from": "2024-01-01", "last_day": "2024-12-31"}
        for name, value in looks.items():
            page.locator(f"[name={name}]").fill(value)
        page.get_by_role("main").locator("button").last.click()
        page.wait_for_load_state()


@pytest.mark.parametrize(
    ("viewport", "scripts"), [(DESK, True), (PHONE, False)], ids=["desk", "phone without a script"]
)
def test_proof_comes_and_goes(open_page: Opener, watch: Watch, viewport: dict[str, int], *, scripts: bool) -> None:
    watch.allow("status of 422")
    page = open_page(viewport=viewport, java_script_enabled=scripts)
    size = "desk" if scripts else "phone"
    open_energy(page)
    follow(page, "Додати підтвердження файлом")
    choose(page, "звіт.docx", word({"word/vbaProject.bin": b"x"}))
    press(page, "Додати")
    assert "Файл містить макроси" in page.inner_text("main")
    if scripts:
        looked_at(page, f"file-refused-{size}")
    choose(page, "Акт приймання лічильників у шести школах.pdf", PDF)
    press(page, "Додати")
    assert "Акт приймання лічильників у шести школах.pdf" in page.inner_text("main")
    if scripts:
        looked_at(page, f"file-added-{size}")

    follow(page, "Замінити Акт приймання лічильників у шести школах.pdf")
    choose(page, f"Акт {size}.pdf", pdf("x" if scripts else "y"))
    press(page, "Замінити")
    follow(page, "версія 2")
    assert "версія 1" in page.inner_text("main")
    if scripts:
        looked_at(page, f"file-versions-{size}")
    follow(page, "Назад")
    follow(page, f"Вилучити Акт {size}.pdf")
    page.get_by_label("Чому вилучається").fill("додано не той акт")
    if scripts:
        looked_at(page, f"file-remove-{size}")
    press(page, "Вилучити")

    assert f"Акт {size}.pdf" not in page.inner_text("main")
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    assert download.value.suggested_filename.startswith("kalush-zaporizhzhia-")


def test_pages_of_files_fit_a_phone(open_page: Opener) -> None:
    page = open_page(viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto("/tour/")
    press(page, "Координація Калуша")
    page.goto("/partnerships/")
    follow(page, "Калуш — Запоріжжя")
    page.goto(f"{page.url}directions/energy/")
    looked_at(page, "file-direction-phone")
    follow(page, "Додати підтвердження файлом")
    choose(page, "Дуже довга назва файлу зі звітом про ощадження енергії у школах громади.pdf", PDF)
    looked_at(page, "file-add-phone")
    press(page, "Додати")
    looked_at(page, "file-listed-phone")
    follow(page, "Замінити Дуже довга")
    looked_at(page, "file-replace-phone")
