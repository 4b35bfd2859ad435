"""The trail: its pages are readable on a desk and a phone, and a seal that was carried away proves the record."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, ROOT, Opener, check_axe, check_width, picture
from tests.journeys.test_story import become, show_stage

pytestmark = pytest.mark.chromium


def run(settings: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "pobratym", "audit", *words],
        cwd=ROOT, env=settings, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def looked_at(page: Page, name: str) -> None:
    """The page is accessible and not too wide, at a desk and on a phone."""
    for size, width in (("1280", {"width": 1280, "height": 900}), ("360", PHONE)):
        page.set_viewport_size(width)
        check_axe(page)
        check_width(page)
        picture(page, f"trail-{name}-{size}")


def test_moderator_carries_a_seal_away_and_it_proves_the_record(
    page: Page, settings_of_server: dict[str, str], tmp_path: Path
) -> None:
    show_stage(page, "Меморандум")
    become(page, "Модерація")
    assert run(settings_of_server, "seal").returncode == 0
    page.goto("/trail/seals/")
    looked_at(page, "seals")

    with page.expect_download() as download:
        page.get_by_role("link", name="Файл печатки").first.click()
    kept = tmp_path / "seal.txt"
    download.value.save_as(kept)

    done = run(settings_of_server, "verify", "--seal", str(kept))
    assert (done.returncode, done.stderr) == (0, "")
    page.goto("/exports/")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Печатка журналу")
    looked_at(page, "exports")


def test_coordinator_reads_the_whole_history_and_who_saw_it(page: Page) -> None:
    show_stage(page, "Меморандум")
    become(page, "Координація Калуша")
    page.goto("/partnerships/")
    page.get_by_role("link", name="Калуш — Запоріжжя").first.click()

    page.get_by_role("link", name="Історія", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Історія")
    looked_at(page, "history")
    page.get_by_label("Вид події").select_option(label="Етапи")
    page.get_by_role("button", name="Показати події").click()
    expect(page.locator(".history > li").first).to_contain_text("етап")

    page.go_back()
    page.go_back()
    page.get_by_role("link", name="Хто це бачив").click()
    looked_at(page, "seen")


@pytest.mark.parametrize("language", ["", "/en"])
def test_anybody_reads_the_public_record(open_page: Opener, language: str) -> None:
    page = open_page()
    show_stage(page, "Меморандум")
    page = open_page(java_script_enabled=not language)
    page.goto(f"{language}/partnerships/")
    page.locator("main a[href*='/partnerships/']").first.click()
    page.get_by_role("link", name="Public record" if language else "Публічний витяг").first.click()
    expect(page.locator("code.digest").first).to_be_visible()
    if not language:  # axe is a script
        looked_at(page, "extract")
