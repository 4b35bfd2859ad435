"""A person chooses what to hear of, gets a letter, declines such letters by the link in it, and takes it back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE, Opener, check_axe, check_width, picture

pytestmark = pytest.mark.chromium
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


def become(page: Page, role: str) -> None:
    page.goto("/tour/")
    page.get_by_role("button", name=role).click()


@SIZES
@pytest.mark.parametrize("language", ["uk", "en"])
def test_page_of_preferences_is_accessible(open_page: Opener, size: dict[str, int], language: str) -> None:
    page = open_page(viewport=size)
    become(page, "Координація Калуша")

    page.goto("/notices/" if language == "uk" else "/en/notices/")

    check_axe(page)
    check_width(page)
    picture(page, f"notices-{size['width']}-{language}")


def test_choice_is_kept_without_javascript(without_javascript: Page) -> None:
    page = without_javascript
    become(page, "Координація Калуша")
    page.goto("/accounts/me/")
    page.get_by_role("link", name="Що і коли мені надсилають поштою").click()

    page.get_by_label("Громада відповідає на вашу пропозицію").select_option("раз на день")
    page.get_by_role("button", name="Зберегти").click()

    expect(page.get_by_text("Збережено.")).to_be_visible()
    expect(page.get_by_label("Громада відповідає на вашу пропозицію")).to_have_value("daily")
    expect(page.get_by_label("Документ можна підписувати")).to_have_value("")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without JavaScript"])
def test_letter_is_declined_by_its_link(open_page: Opener, post: Callable[..., str], *, scripts: bool) -> None:
    """Zaporizhzhia hears of a proposal; whoever has the letter declines such letters without signing in."""
    page = open_page()
    page.goto("/tour/")
    page.get_by_role("button", name="Почати історію").click()
    page.get_by_label("Про що воно, українською").fill("економічне партнерство")
    page.get_by_role("button", name="Надіслати пропозицію").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Запоріжжя")
    letter = post(holding="пропонує вам партнерство")
    link = re.search(r"/notices/unsubscribe/\S+", letter)
    assert link, letter

    for size in (DESK, PHONE):
        guest = open_page(viewport=size, java_script_enabled=scripts)
        guest.goto(link.group())
        expect(guest.get_by_text("Громада пропонує вам партнерство")).to_be_visible()
        look(guest, "ask", scripts=scripts)
        guest.get_by_role("button", name="Відмовитися від цих листів").click()
        expect(guest.get_by_role("heading", level=1)).to_have_text("Ви більше не отримуватимете таких листів")
        look(guest, "declined", scripts=scripts)
        guest.get_by_role("button", name="Скасувати відмову").click()
        expect(guest.get_by_role("heading", level=1)).to_have_text("Ви знову отримуєте ці листи")
        look(guest, "restored", scripts=scripts)


def look(page: Page, name: str, *, scripts: bool) -> None:
    if scripts:
        check_axe(page)
        check_width(page)
        picture(page, f"unsubscribe-{name}-{(page.viewport_size or DESK)['width']}")


@SIZES
def test_outbox_is_accessible(open_page: Opener, size: dict[str, int]) -> None:
    page = open_page(viewport=size)
    become(page, "Модерація")

    page.goto("/outbox/")
    check_axe(page)
    check_width(page)
    picture(page, f"outbox-{size['width']}", whole=False)
    page.get_by_label("Стан").select_option(index=1)
    page.get_by_role("button", name="Показати листи").click()

    expect(page).to_have_url(re.compile("state=[a-z]+"))
