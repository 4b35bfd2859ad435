"""The story as a visitor lives it: the tour, the walk by links, an answer by a one-time link."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Opener, Watch, check_axe, check_width, picture

pytestmark = pytest.mark.chromium

ITEM = "Калуш і Запоріжжя уклали меморандум про економічне партнерство"


def press_next(page: Page) -> None:
    page.get_by_label("Екскурсія").get_by_role("button", name=re.compile("Далі|Завершити")).click()


def show_stage(page: Page, name: str) -> None:
    page.goto("/tour/")
    page.get_by_role("button", name=name, exact=False).last.click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without JavaScript"])
def test_tour_is_walked_by_its_button(open_page: Opener, *, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto("/")
    page.get_by_role("link", name="Пройти історію").first.click()
    page.get_by_role("button", name="Почати історію").click()

    for step in range(1, 6):
        expect(page.get_by_text(f"Крок {step} з 5")).to_be_visible()
        if scripts:
            check_axe(page)
            picture(page, f"tour-{step}")
        press_next(page)

    expect(page.get_by_text("Крок")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("Від першого контакту до міст-побратимів")


def test_tour_is_walked_by_hand(page: Page) -> None:
    page.goto("/tour/")
    page.get_by_role("button", name="Почати історію").click()

    # Kalush invites.
    page.get_by_label("Про що воно, українською").fill("економічне партнерство")
    page.get_by_role("button", name="Надіслати пропозицію").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Запоріжжя")
    check_axe(page)
    press_next(page)

    # Zaporizhzhia answers.
    page.get_by_role("link", name="Запорізька міська рада").click()
    page.get_by_label("Погоджуємося").check()
    page.get_by_role("button", name="Записати відповідь").click()
    expect(page.get_by_text("Вашу відповідь записано.")).to_be_visible()
    press_next(page)

    # The last signature makes the memorandum.
    check_axe(page)
    page.get_by_role("button", name="Записати підпис").click()
    expect(page.get_by_text("Підписали всі. Чернетка новини чекає на редакцію.")).to_be_visible()
    press_next(page)

    # The editor publishes; a stranger did not see the draft.
    draft = page.url
    stranger = page.context.browser.new_page()  # type: ignore[union-attr]
    assert stranger.goto(draft).status == 404  # type: ignore[union-attr]
    stranger.close()
    page.get_by_role("button", name="Опублікувати").first.click()
    check_axe(page)
    press_next(page)

    expect(page.get_by_text("Крок 5 з 5")).to_be_visible()
    expect(page.get_by_role("link", name="Запорізька територіальна громада").first).to_be_visible()


def test_reader_walks_from_the_news_to_the_partnership_and_back(page: Page) -> None:
    show_stage(page, "Меморандум")
    page.goto("/")
    page.get_by_role("link", name="Новини").first.click()
    page.get_by_role("link", name=ITEM).click()

    tail = page.locator("dl.tags")
    expect(tail.locator("dt")).to_have_text(["Теги", "Область", "Громади", "Джерело"])
    for place in ("Запорізька область", "Івано-Франківська область"):
        expect(tail.get_by_role("link", name=place)).to_be_visible()
    expect(page.locator("blockquote")).to_have_count(2)
    check_axe(page)
    picture(page, "publication-1280")

    tail.get_by_role("link", name="Калуська територіальна громада").click()
    expect(page.get_by_role("link", name=ITEM)).to_be_visible()
    page.goto("/places/UA26060170000091466/")
    check_axe(page)
    page.get_by_role("link", name="Калуш — Запоріжжя").click()
    expect(page.get_by_role("heading", name="Шість напрямів: обіцяно, зроблено, виміряно")).to_be_visible()
    expect(page.locator("ul.directions > li")).to_have_count(6)
    check_axe(page)
    picture(page, "partnership-1280")
    page.get_by_role("link", name="Меморандум: економічне партнерство").first.click()
    check_axe(page)
    picture(page, "memorandum-1280")
    page.go_back()
    page.get_by_role("link", name=ITEM).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ITEM)


def test_invited_side_answers_by_a_link_without_an_account(
    page: Page, open_page: Opener, watch: Watch, post: Callable[[], str]
) -> None:
    watch.allow("status of 410", "status of 422")
    show_stage(page, "Знайомство")
    become(page, "Координація Калуша")
    page.get_by_role("link", name="Калуш — Запоріжжя").first.click()
    page.goto(page.locator("a[href*='/partnerships/parties/']").last.get_attribute("href") or "")
    page.get_by_role("button", name="Надіслати одноразове посилання").click()
    become(page, "Модерація")
    link = re.search(r"/partnerships/answer/[\w-]+/", post(holding="/partnerships/answer/"))
    assert link, "the letter carries the link"

    guest = open_page()
    guest.goto(link.group())
    check_axe(guest)
    guest.get_by_role("button", name="Надіслати відповідь").click()
    expect(guest.get_by_role("alert")).to_be_visible()
    guest.get_by_label("Погоджуємося").check()
    guest.get_by_label("Хто відповідає").fill("Запорізька міська рада, відділ економіки")
    guest.get_by_role("button", name="Надіслати відповідь").click()
    expect(guest.get_by_role("heading", name="Дякуємо, відповідь отримано")).to_be_visible()
    assert guest.goto(link.group()).status == 410  # type: ignore[union-attr]

    page.goto("/desk/")
    page.locator("a[href*='/partnerships/answers/']").first.click()
    check_axe(page)
    page.get_by_role("button", name="Це їхня відповідь").click()
    expect(page.get_by_text("згода").first).to_be_visible()


def become(page: Page, role: str) -> None:
    page.goto("/tour/")
    page.get_by_role("button", name=role).click()


@pytest.mark.parametrize("path", ["/", "/places/", "/news/", "/partnerships/", "/search/?q=Калуш", "/tour/"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_are_accessible_on_a_phone(open_page: Opener, path: str, theme: str) -> None:
    page = open_page(viewport=PHONE, color_scheme=theme)

    page.goto(path)

    check_axe(page)
    check_width(page)
    picture(page, f"phone-{theme}-{path.strip('/').split('/')[0] or 'home'}")


def test_possible_continuation_is_named_and_its_figures_are_marked(page: Page) -> None:
    show_stage(page, "Партнерство")

    expect(page.get_by_text("можливе продовження", exact=False).first).to_be_visible()
    energy = page.locator("ul.directions > li").first
    expect(energy).to_contain_text("412")
    expect(energy).to_contain_text("приклад")
    check_axe(page)
    picture(page, "continuation-1280")
    show_stage(page, "Меморандум")
