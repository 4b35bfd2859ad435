"""Taking an enterprise out of sight: looked at first, then ordered, then ended; readable on a desk and a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE, Opener, check_axe, check_width, picture
from tests.journeys.test_story import become, show_stage

pytestmark = pytest.mark.chromium

# A code that passes its check digit and belongs to nobody; the name stands in one item's title.
CODE, NAME, TITLE = "10000001", "інженер-консультант", "Навіщо громаді інженер-консультант"


def looked_at(page: Page, name: str) -> None:
    for size, width in ((DESK, 1280), (PHONE, 360)):
        page.set_viewport_size(size)
        check_axe(page)
        check_width(page)
        picture(page, f"takedown-{name}-{width}")


def test_order_is_looked_at_given_and_ended(open_page: Opener) -> None:
    moderator, stranger = open_page(), open_page()
    show_stage(moderator, "Меморандум")
    become(moderator, "Модерація")
    moderator.goto("/takedowns/new/")
    moderator.locator("[name=edrpou]").fill(CODE)
    moderator.locator("[name=names]").fill(NAME)
    moderator.locator("[name=ground]").fill("наказ № 7")
    moderator.get_by_role("button", name="Подивитися, що охоплено").click()
    expect(moderator.locator("#reached")).to_be_visible()
    looked_at(moderator, "preview")
    stranger.goto("/news/")
    expect(stranger.get_by_role("main")).to_contain_text(TITLE)

    moderator.locator("[name=order]").click()
    expect(moderator).to_have_url(re.compile("/takedowns/$"))
    looked_at(moderator, "orders")
    stranger.reload()
    expect(stranger.get_by_role("main")).not_to_contain_text(TITLE)

    moderator.get_by_role("main").locator("a[href*='/lift/']").first.click()
    looked_at(moderator, "lift")
    moderator.locator("[name=ground]").fill("наказ № 9")
    moderator.get_by_role("main").locator("form button").click()
    expect(moderator).to_have_url(re.compile("/takedowns/$"))
    stranger.reload()
    expect(stranger.get_by_role("main")).to_contain_text(TITLE)
