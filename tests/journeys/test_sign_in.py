"""Signing in as a person lives it, in real work: invitation, second factor, passkey, and the question before an act."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import CDPSession, Page, expect

from tests.accounts import provider as providers
from tests.journeys.conftest import (
    PHONE,
    ROOT,
    Opener,
    Watch,
    check_axe,
    check_width,
    environment,
    free_port,
    picture,
    wait_for,
)

pytestmark = pytest.mark.chromium

PASSWORD = "довгий пароль для подорожі 7"


@pytest.fixture(scope="module")
def provider() -> Iterator[providers.Provider]:
    """An identity provider on loopback, whose person agrees at once."""
    with providers.running() as running:
        yield running


@pytest.fixture(scope="module")
def real_settings(tmp_path_factory: pytest.TempPathFactory, provider: providers.Provider) -> dict[str, str]:
    """Real work, not the demonstration; a passkey belongs to a host name, so the server is called by one."""
    settings = environment(tmp_path_factory.mktemp("signing"), free_port())
    return settings | {
        "POBRATYM_ADDRESS": settings["POBRATYM_ADDRESS"].replace("127.0.0.1", "localhost"),
        "POBRATYM_DEMONSTRATION": "no",
        "POBRATYM_OIDC_ISSUER": provider.issuer,
        "POBRATYM_OIDC_CLIENT_ID": providers.CLIENT,
        "POBRATYM_OIDC_CLIENT_SECRET": providers.SECRET,
        "POBRATYM_OIDC_NAME": "Державна ідентифікація",
    }


def command(settings: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pobratym", *words], cwd=ROOT, env=settings, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


@pytest.fixture(scope="module")
def real_address(real_settings: dict[str, str]) -> Iterator[str]:
    """A server of its own, as in production."""
    command(real_settings, "setup")
    port = urlsplit(real_settings["POBRATYM_ADDRESS"]).port or 0
    log = Path(real_settings["POBRATYM_DATA"]) / "server.log"
    serve = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    serve += ["--blocking-threads", "2", "--log-level", "warning", "pobratym.config.wsgi:application"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "granian", *serve], cwd=ROOT, env=real_settings, stdout=out, stderr=out
        )
        try:
            wait_for(port, process, log)
            yield real_settings["POBRATYM_ADDRESS"]
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture
def moderator(real_settings: dict[str, str], real_address: str, request: pytest.FixtureRequest) -> tuple[str, str]:
    """The address of an invited moderator, and the invitation's link."""
    email = f"{re.sub(r'[^a-z]', '', request.node.name)[-40:]}@pobratym.example"
    return email, command(real_settings, "invite", email)


def accept(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Ваше ім’я").fill("Модерація")
    page.get_by_label("Пароль").fill(PASSWORD)
    check_axe(page)
    page.get_by_role("button", name="Прийняти запрошення").click()


def code_of(key: str) -> str:
    return format_hotp_value(hotp_value(key.replace(" ", ""), int(time.time()) // 30))


def authenticator(page: Page) -> CDPSession:
    """A phone with a fingerprint, as Chromium plays one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def sign_out(page: Page) -> None:
    page.get_by_role("navigation", name="Ваше місце").get_by_role("button", name="Вийти").click()


def test_moderator_is_led_to_the_set_up_and_then_enters_by_passkey(
    open_page: Opener, real_address: str, moderator: tuple[str, str]
) -> None:
    page = open_page(base_url=real_address)
    authenticator(page)
    accept(page, moderator[1])

    # Whatever one opens, the set-up comes first.
    expect(page.get_by_role("heading", level=1)).to_have_text("Другі фактори")
    page.goto("/news/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Другі фактори")
    check_axe(page)
    picture(page, "factors-1280")
    page.get_by_role("link", name="Додати ключ доступу").click()
    page.get_by_label("Як назвати цей ключ доступу").fill("робочий комп’ютер")
    check_axe(page)
    page.get_by_role("button", name="Створити ключ доступу").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Коди відновлення")
    expect(page.locator("ol.columns > li")).to_have_count(10)
    check_axe(page)
    page.get_by_role("link", name="Коди збережено, далі").click()
    expect(page.get_by_text("робочий комп’ютер")).to_be_visible()
    page.goto("/accounts/people/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Люди")

    sign_out(page)
    page.goto("/accounts/sign-in/?next=/accounts/me/")
    check_axe(page)
    page.get_by_role("button", name="Увійти з ключем доступу").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Мій обліковий запис")
    check_axe(page)
    picture(page, "me-1280")

    # As the second step after the password too.
    sign_out(page)
    page.goto("/accounts/sign-in/")
    page.get_by_label("Електронна пошта").fill(moderator[0])
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Увійти", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Другий крок")
    check_axe(page)
    page.get_by_role("button", name="Скористатися ключем доступу").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Мій стіл")


AGE_PROOFS = """
from django.contrib.sessions.models import Session
for stored in Session.objects.all():
    session = stored.get_session_store_class()(stored.session_key)
    if "proved_at" in session:
        session["proved_at"] = "2026-01-01T00:00:00+00:00"
        session.save()
"""


def test_provider_connects_and_enters_after_the_question_who_one_is(
    open_page: Opener, real_address: str, real_settings: dict[str, str], provider: providers.Provider, watch: Watch
) -> None:
    watch.allow("status of 422")
    email = "reader@pobratym.example"
    page = open_page(base_url=real_address, viewport=PHONE)
    accept(page, command(real_settings, "invite", email, "--role", "reader"))
    command(real_settings, "shell", "--no-imports", "-c", AGE_PROOFS)

    page.goto("/accounts/me/")
    page.get_by_role("button", name="З’єднати").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Це ви?")
    check_axe(page)
    check_width(page)
    picture(page, "prove-360")
    page.get_by_label("Пароль").fill("не той")
    page.get_by_role("button", name="Далі").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check_axe(page)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Далі").click()
    expect(page.get_by_text("Ваш обліковий запис з’єднано.")).to_be_visible()

    page.locator("details.menu > summary").click()
    page.locator("details.menu").get_by_role("button", name="Вийти").click()
    page.goto("/accounts/sign-in/?next=/accounts/me/sessions/")
    check_axe(page)
    check_width(page)
    picture(page, "sign-in-360")
    page.get_by_role("button", name="Увійти через «Державна ідентифікація»").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Мої сеанси")


def test_foreign_device_does_not_enter(open_page: Opener, real_address: str, moderator: tuple[str, str]) -> None:
    owner, stranger = open_page(base_url=real_address), open_page(base_url=real_address)
    authenticator(owner)
    accept(owner, moderator[1])
    owner.get_by_role("link", name="Додати ключ доступу").click()
    owner.get_by_role("button", name="Створити ключ доступу").click()
    expect(owner.get_by_role("heading", level=1)).to_have_text("Коди відновлення")

    authenticator(stranger)
    stranger.goto("/accounts/sign-in/")
    stranger.get_by_role("button", name="Увійти з ключем доступу").click()

    expect(stranger.get_by_text("Пристрій не відповів")).to_be_visible()
    stranger.goto("/accounts/me/")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Увійти")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without JavaScript"])
def test_app_works_on_a_phone_with_and_without_scripts(
    open_page: Opener, real_address: str, moderator: tuple[str, str], watch: Watch, *, scripts: bool
) -> None:
    watch.allow("status of 422")
    page = open_page(base_url=real_address, viewport=PHONE, java_script_enabled=scripts)
    accept(page, moderator[1]) if scripts else accept_without_axe(page, moderator[1])

    page.get_by_role("link", name="Налаштувати застосунок").click()
    key = page.locator("ol b.num").inner_text()
    if scripts:
        check_axe(page)
        check_width(page)
        picture(page, "app-360")
    page.get_by_label("Код, який застосунок показує зараз").fill("000000")
    page.get_by_role("button", name="Налаштувати").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Код, який застосунок показує зараз").fill(code_of(key))
    page.get_by_role("button", name="Налаштувати").click()
    code = page.locator("ol.columns > li").first.inner_text()
    if scripts:
        check_axe(page)
        check_width(page)
        picture(page, "codes-360")
    page.get_by_role("link", name="Коди збережено, далі").click()
    for address in ("/accounts/me/", "/accounts/me/sessions/", "/accounts/me/factors/", "/accounts/me/password/"):
        page.goto(address)
        if scripts:
            check_axe(page)
            check_width(page)
            picture(page, f"{address.strip('/').replace('/', '-')}-360")

    page.locator("details.menu > summary").click()
    page.locator("details.menu").get_by_role("button", name="Вийти").click()
    page.goto("/accounts/sign-in/")
    page.get_by_label("Електронна пошта").fill(moderator[0])
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Увійти", exact=True).click()
    page.get_by_label("Код із застосунку або код відновлення").fill(code)
    if scripts:
        check_axe(page)
        check_width(page)
    page.get_by_role("button", name="Далі").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Мій стіл")


def accept_without_axe(page: Page, link: str) -> None:
    """axe is a script itself."""
    page.goto(link)
    page.get_by_label("Ваше ім’я").fill("Модерація")
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Прийняти запрошення").click()
