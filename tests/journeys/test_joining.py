"""A community joins: its person asks, its official address confirms, a moderator lets in."""

import re
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Opener, Watch, check_axe, check_width, picture

pytestmark = pytest.mark.chromium

ASKER = "economy@kolomyia.example"
RADA = "rada@kolomyia.example"
PASSWORD = "довгий пароль коломиї 7"


def link_in(letter: str, part: str) -> str:
    """The address in a letter, as a path of the server."""
    found = re.search(rf"https?://[^/]+(/accounts/{part}/[\w-]+/)", letter)
    assert found, letter
    return found[1]


def delivered(post: Callable[..., str], holding: str) -> str:
    """The newest letter with the words: the worker delivers at most every five seconds."""
    for _turn in range(15):
        with suppress(StopIteration):
            return post(holding)
        time.sleep(1)
    pytest.fail(f"no letter holds “{holding}”")


def shot(page: Page, name: str) -> None:
    check_axe(page)
    check_width(page)
    picture(page, name)


def ask(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Приєднати громаду").first.click()
    page.get_by_label("Ваша громада").fill("Коломийська громада")
    shot(page, "join-place")
    page.get_by_role("button", name="Далі").click()
    expect(page.get_by_text("Її раду тут ще не внесено")).to_be_visible()
    page.get_by_label("Ваше ім’я").fill("Коломия, економіка")
    page.get_by_label("Ваша посада в раді").fill("начальник управління економіки")
    page.get_by_label("Ваша робоча електронна адреса").fill(ASKER)
    shot(page, "join-form")
    page.get_by_role("button", name="Попросити приєднати").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Загляньте до поштової скриньки")


def enter_body(page: Page) -> None:
    page.get_by_role("link", name="Внести орган").click()
    expect(page.get_by_label("Коротка назва українською")).to_have_value("Коломия")
    page.get_by_label("Повна назва українською").fill("Коломийська міська рада")
    page.get_by_label("Повна назва англійською").fill("Kolomyia City Council")
    page.get_by_label("Офіційна електронна адреса").fill(RADA)
    page.get_by_label("Де оприлюднено цю адресу").fill("https://kolomyia.example/contacts")
    page.get_by_label("Сайт").fill("https://kolomyia.example")
    page.get_by_label("Джерело невідоме").check()
    shot(page, "body-form")
    page.get_by_role("button", name="Внести").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Коломийська міська рада")
    shot(page, "body")


def open_request(page: Page) -> None:
    page.goto("/desk/")
    page.get_by_role("link", name="Прохання приєднатися").first.click()
    check_axe(page)
    page.get_by_role("link", name="Коломийська територіальна громада").click()


def begin_work(page: Page) -> None:
    """The first coordinator is asked for a second one, and finds the own body and a proposal to write."""
    page.goto("/desk/")
    expect(page.get_by_text("Коломия: координують менш ніж двоє.")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Запросити.*Коломия")).click()
    expect(page.get_by_label("Орган")).to_be_visible()
    page.goto("/desk/")
    page.get_by_role("link", name="Коломийська міська рада").first.click()
    page.get_by_role("link", name="Внести посадову особу").click()
    shot(page, "office-form")
    page.goto("/partnerships/propose/")
    shot(page, "propose")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without JavaScript"])
def test_place_is_asked_for_and_understood(open_page: Opener, watch: Watch, *, scripts: bool) -> None:
    watch.allow("status of 422")
    page = open_page(java_script_enabled=scripts, viewport=PHONE)
    page.goto("/accounts/join/?place=Іванівська+громада")

    expect(page.get_by_role("radio").first).to_be_visible()
    if scripts:
        shot(page, "join-ambiguous-360")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Далі").click()
    expect(page.get_by_role("button", name="Попросити приєднати")).to_be_visible()


def test_community_joins(open_page: Opener, post: Callable[..., str]) -> None:
    asker, moderator, council = open_page(), open_page(), open_page(viewport=PHONE)
    ask(asker)
    asker.goto(link_in(delivered(post, "join/confirm"), "join/confirm"))
    shot(asker, "join-confirm")
    asker.get_by_role("button", name="Це моє прохання").click()
    expect(asker.get_by_role("heading", level=1)).to_have_text("Дякуємо, прохання отримано")

    moderator.goto("/tour/")
    moderator.get_by_role("button", name="Модерація").click()
    open_request(moderator)
    enter_body(moderator)
    open_request(moderator)
    expect(moderator.get_by_text("Її домен збігається з доменом сайту органу.")).to_be_visible()
    shot(moderator, "joining")
    moderator.get_by_role("button", name="Надіслати посилання").click()

    letter = delivered(post, "join/official")
    assert "> Коломия, економіка" in letter
    council.goto(link_in(letter, "join/official"))
    shot(council, "join-official-360")
    council.get_by_role("button", name="Так, підтверджуємо").click()
    expect(council.get_by_role("heading", level=1)).to_have_text("Дякуємо, відповідь отримано")

    moderator.reload()
    shot(moderator, "joining-confirmed")
    moderator.get_by_role("button", name="Прийняти й запросити").click()
    expect(moderator.get_by_text("Прийнято: запрошення вже в дорозі.")).to_be_visible()

    asker.goto(link_in(delivered(post, "accounts/invitation"), "invitation"))
    asker.get_by_label("Ваше ім’я").fill("Коломия, координація")
    asker.get_by_label("Пароль").fill(PASSWORD)
    asker.get_by_role("button", name="Прийняти запрошення").click()
    begin_work(asker)


def test_bodies_on_a_phone_in_the_dark(open_page: Opener) -> None:
    page = open_page(viewport=PHONE, color_scheme="dark")
    page.goto("/bodies/")
    shot(page, "bodies-360-dark")
    page.get_by_role("link", name="Калуська міська рада").click()
    expect(page.get_by_role("heading", name="На платформі")).to_be_visible()
    shot(page, "body-360-dark")
    page.goto("/en/bodies/")
    page.get_by_role("link", name="Kalush City Council").click()
    shot(page, "body-en-360-dark")
