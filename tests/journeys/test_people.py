"""People as they come and go: a role is handed over, a person takes the own data and is erased, a colleague says no."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, ROOT, Opener, Watch, check_axe, check_width, picture

pytestmark = pytest.mark.chromium

PASSWORD = "довгий пароль для подорожі 5"
# Each journey has people of its own, so that none depends on another.
PEOPLE = """
import json, sys
import django
django.setup()
from django.utils import timezone
from pobratym.accounts import operations
from pobratym.accounts.queries import person_with
from pobratym.organisations.models import Body
made = {}
body = Body.objects.get(unit="UA26060170000091466")
for name, role in json.loads(sys.argv[1]):
    email = f"{len(made)}.{sys.argv[2]}@pobratym.example"
    person = operations.make_person(email=email, name=name, password=sys.argv[3], by=None, at=timezone.now())
    operations.give_role(person=person, role=role, body=body, by=None, at=timezone.now())
    made[name] = email
print(json.dumps(made))
"""
# The days until the erasure pass in the server's database.
A_WEEK_LATER = """
import datetime as dt
import django
django.setup()
from django.utils import timezone
from pobratym.accounts import operations
print(operations.erase_due(at=timezone.now() + dt.timedelta(days=8)))
"""
# A partnership that only its team sees, of bodies that the story does not bring together.
PARTNERSHIP = """
import django
django.setup()
from django.utils import timezone
from pobratym.organisations.models import Body
from pobratym.partnerships.models import Partnership, Party
found = Partnership.objects.create(subject_uk="обмін музеїв", began_on=timezone.localdate())
for place, unit in enumerate(("UA26060170000091466", "UA73040190000062796"), start=1):
    Party.objects.create(partnership=found, body=Body.objects.get(unit=unit), position=place, state="agreed")
print(found.pk)
"""

Runner = Callable[..., str]


@pytest.fixture(scope="module")
def run(settings_of_server: dict[str, str], address: str) -> Runner:
    """Runs a few lines beside the server, over its database, in which the demonstration stands."""
    environment = settings_of_server | {"DJANGO_SETTINGS_MODULE": "pobratym.config.settings"}
    assert address

    def lines(code: str, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().strip().splitlines()[-1]

    demonstration = [sys.executable, "-m", "pobratym", "demo", "--stage", "memorandum"]
    subprocess.run(demonstration, cwd=ROOT, env=environment, capture_output=True, check=True)
    return lines


@pytest.fixture
def people(run: Runner, request: pytest.FixtureRequest) -> Callable[..., dict[str, str]]:
    """Makes people of Kalush: `people(("Координація, перша", "coordinator"))` gives addresses by name."""

    def made(*wanted: tuple[str, str]) -> dict[str, str]:
        found: dict[str, str] = json.loads(
            run(PEOPLE, json.dumps(wanted), request.node.name.replace("_", "-"), PASSWORD)
        )
        return found

    return made


def sign_in(page: Page, email: str) -> None:
    page.goto("/accounts/sign-in/")
    page.get_by_label("Електронна пошта").fill(email)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Увійти", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Мій стіл")


def look(page: Page, name: str) -> None:
    """The page is accessible and no wider than the screen, at a desk and on a phone."""
    check_axe(page)
    check_width(page)
    picture(page, f"people-{name}")
    desk = page.viewport_size
    page.set_viewport_size(PHONE)
    check_width(page)
    picture(page, f"people-{name}-360")
    page.set_viewport_size(desk or {"width": 1280, "height": 900})


def test_role_is_handed_over(page: Page, open_page: Opener, watch: Watch, people: Any) -> None:
    watch.allow("status of 422")
    addresses = people(("Координація, що йде", "coordinator"), ("Фахівець відділу", "reader"))
    sign_in(page, addresses["Координація, що йде"])
    page.goto("/accounts/people/")
    look(page, "people")
    page.get_by_role("link", name="Передати роль: Координація, що йде, координація").click()
    look(page, "hand-over")

    page.get_by_role("button", name="Передати роль").click()
    expect(page.get_by_role("alert")).to_contain_text("Назвіть одного наступника")
    check_axe(page)
    page.get_by_label("Перебирає колега").select_option("Фахівець відділу")
    page.get_by_role("button", name="Передати роль").click()

    # Who handed the last role over keeps the account and sees the people no more.
    expect(page.get_by_text("Роль передано.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Мій обліковий запис")
    look(page, "after")
    assert page.goto("/accounts/people/").status == 403  # type: ignore[union-attr]
    watch.allow("status of 403")

    successor = open_page()
    sign_in(successor, addresses["Фахівець відділу"])
    successor.goto("/accounts/people/")
    expect(successor.get_by_text("Координація, що йде → Фахівець відділу: координація")).to_be_visible()
    look(successor, "log")


def test_substitute_is_named_and_acts(page: Page, open_page: Opener, people: Any) -> None:
    addresses = people(("Координація у відпустці", "coordinator"), ("Заступає фахівець", "reader"))
    sign_in(page, addresses["Координація у відпустці"])
    page.goto("/accounts/me/")
    page.get_by_role("link", name="Хто заміщує мене").click()
    look(page, "absence")
    page.get_by_label("Хто заміщує").select_option("Заступає фахівець")
    page.get_by_label("Останній день відсутності").fill(page.get_by_label("Перший день відсутності").input_value())
    page.get_by_role("button", name="Призначити").click()
    expect(page.get_by_text("Заступає фахівець заміщує вас: Калуш")).to_be_visible()
    look(page, "absence-named")

    colleague = open_page()
    sign_in(colleague, addresses["Заступає фахівець"])
    expect(colleague.get_by_text("Ви дієте замість: Координація у відпустці (Калуш)")).to_be_visible()
    expect(colleague.get_by_role("link", name="Запропонувати партнерство")).to_be_visible()
    check_axe(colleague)


def test_person_takes_the_own_data_and_is_erased(
    page: Page, open_page: Opener, watch: Watch, people: Any, run: Runner, tmp_path: Path
) -> None:
    watch.allow("status of 422")
    email = people(("Особа, що йде назавжди", "reader"))["Особа, що йде назавжди"]
    sign_in(page, email)
    page.goto("/accounts/me/")
    look(page, "account")
    page.get_by_role("link", name="Що про мене зберігається").click()
    look(page, "data")

    page.get_by_role("link", name="Отримати архів").click()
    look(page, "archive")
    with page.expect_download() as download:
        page.get_by_role("button", name="Завантажити архів").click()
    download.value.save_as(tmp_path / "data.zip")
    with zipfile.ZipFile(tmp_path / "data.zip") as archive:
        assert email in archive.read("data/accounts.user.json").decode()
        index = open_page()
        index.set_content(archive.read("index.html").decode())
        expect(index.get_by_role("heading", level=1)).to_have_text("Що «Побратим» зберігає про вас")
        check_axe(index)

    page.goto("/accounts/me/data/")
    page.get_by_role("link", name="Видалити мій обліковий запис").click()
    look(page, "erase")
    page.get_by_role("button", name="Видалити мій обліковий запис через сім днів").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_label("Я розумію").check()
    page.get_by_role("button", name="Видалити мій обліковий запис через сім днів").click()
    expect(page.get_by_text("Ваш обліковий запис буде видалено після")).to_be_visible()
    look(page, "erasure-waits")

    assert run(A_WEEK_LATER) == "1"

    # The open session is over, and the old way in leads nowhere.
    page.goto("/accounts/me/data/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Увійти")
    page.get_by_label("Електронна пошта").fill(email)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Увійти", exact=True).click()
    expect(page.get_by_text("Адреса і пароль не відповідають жодному обліковому запису.")).to_be_visible()
    check_axe(page)


def test_second_person_refuses_and_the_record_stays(
    page: Page, open_page: Opener, watch: Watch, people: Any, run: Runner
) -> None:
    watch.allow("status of 404")
    addresses = people(("Хто просить", "coordinator"), ("Хто відмовляє", "coordinator"))
    address = f"/partnerships/{run(PARTNERSHIP)}/"
    sign_in(page, addresses["Хто просить"])
    page.goto(address)
    page.get_by_role("button", name="Показати всім").click()
    check_axe(page)

    second = open_page()
    sign_in(second, addresses["Хто відмовляє"])
    second.goto("/accounts/second-person/")
    look(second, "second")
    second.locator("article", has_text="Хотин").get_by_role("button", name="Відмовити").click()
    expect(second.get_by_text("Запис лишається таким, як був.")).to_be_visible()

    page.goto("/accounts/second-person/")
    answers = page.get_by_role("region", name="Відповіді на ваші прохання")
    expect(answers).to_contain_text("відхилено")
    expect(answers).to_contain_text("Хто відмовляє")
    look(page, "refused")
    stranger = open_page()
    assert stranger.goto(address).status == 404  # type: ignore[union-attr]


@pytest.mark.parametrize("language", ["", "/en"])
def test_what_is_kept_how_long_is_public(page: Page, language: str) -> None:
    page.goto(f"{language}/accounts/kept/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page, f"kept{language.replace('/', '-')}")


def test_moderator_looks_after_people(page: Page, people: Any, run: Runner) -> None:
    addresses = people(("Кого вносять листом", "reader"))
    page.goto("/tour/")
    page.get_by_role("button", name="Модерація").click()
    for name, path in {"all": "", "short": "short/", "locked": "locked/"}.items():
        page.goto(f"/accounts/people/{path}")
        look(page, f"moderator-{name}")

    page.goto("/accounts/erasures/")
    page.get_by_label("Адреса облікового запису").fill(addresses["Кого вносять листом"])
    page.get_by_label("Номер листа").fill("12/3")
    page.get_by_label("Дата листа").fill("2026-11-20")
    page.get_by_role("button", name="Внести лист").click()
    expect(page.get_by_text("Чекає на іншого модератора.")).to_be_visible()
    look(page, "moderator-erasures")

    page.goto("/accounts/people/")
    page.get_by_role("link", name="Завершити роль: Кого вносять листом, читання").click()
    look(page, "moderator-end")
    page.get_by_role("link", name="Заблокувати обліковий запис").click()
    look(page, "moderator-lock")
    page.get_by_role("button", name="Заблокувати обліковий запис").click()
    expect(page.get_by_text("Обліковий запис заблоковано.")).to_be_visible()
    look(page, "moderator-locked")
    page.get_by_role("button", name="Знову відкрити обліковий запис: Кого вносять листом").click()
    expect(page.get_by_text("Обліковий запис знову відкрито.")).to_be_visible()
