"""The gallery in the browser: every component, both themes, desk and phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE, Opener, Watch, check_axe, check_width, picture, print_out

pytestmark = pytest.mark.chromium


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_gallery_is_accessible(open_page: Opener, size: dict[str, int], theme: str, language: str) -> None:
    page = open_page(viewport=size, color_scheme=theme)

    page.goto("/gallery/" if language == "uk" else "/en/gallery/")

    check_axe(page)
    check_width(page)
    picture(page, f"gallery-{size['width']}-{theme}-{language}")


def test_gallery_fits_the_narrowest_screen(open_page: Opener) -> None:
    page = open_page(viewport={"width": 320, "height": 640})

    page.goto("/gallery/")

    check_width(page)
    picture(page, "gallery-320")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_refused_form_leads_to_its_fields(open_page: Opener, watch: Watch, theme: str) -> None:
    watch.allow("status of 422")
    page = open_page(color_scheme=theme)
    page.goto("/gallery/")
    page.evaluate("window.isTheSamePage = true")

    page.get_by_role("button", name="Надішліть порожньою").click()

    refusals = page.get_by_role("alert")
    expect(refusals).to_be_focused()
    refusals.get_by_role("link", name="День підписання").click()
    expect(page.get_by_label("День підписання")).to_be_focused()
    expect(page.get_by_label("День підписання")).to_have_accessible_description(
        "Не пізніше сьогодні. Заповніть це поле."
    )
    assert page.evaluate("window.isTheSamePage")  # htmx put the refused form in
    check_axe(page)
    picture(page, f"refused-{theme}", whole=False)


def test_refused_form_without_javascript(without_javascript: Page, watch: Watch) -> None:
    watch.allow("status of 422")
    page = without_javascript
    page.goto("/gallery/")

    expect(page.get_by_role("button", name="Друкувати")).to_have_count(0)
    page.get_by_role("button", name="Надішліть порожньою").click()

    expect(page.get_by_role("alert")).to_contain_text("День підписання")


def test_menu_of_the_phone_opens_without_javascript(open_page: Opener) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=False)
    page.goto("/gallery/")
    switch = page.get_by_role("banner").get_by_role("link", name="English")

    expect(switch).to_be_hidden()
    page.get_by_text("Меню", exact=True).click()
    switch.click()

    expect(page).to_have_url("/en/gallery/")


def test_menu_of_the_phone_closes_by_escape(phone: Page) -> None:
    phone.goto("/gallery/")
    phone.get_by_text("Меню", exact=True).click()
    check_axe(phone)
    picture(phone, "menu-360", whole=False)

    phone.keyboard.press("Escape")

    expect(phone.get_by_role("banner").get_by_role("link", name="English")).to_be_hidden()


def test_print_carries_the_address(page: Page) -> None:
    page.goto("/gallery/")
    page.emulate_media(media="print")

    expect(page.locator(".print-only")).to_contain_text("/gallery/")
    expect(page.get_by_role("contentinfo")).to_be_hidden()
    print_out(page, "gallery")


def test_missing_page_says_what_to_do(page: Page, watch: Watch) -> None:
    watch.allow("status of 404")

    page.goto("/no-such-page/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Такої сторінки немає")
    check_axe(page)
    picture(page, "404")
