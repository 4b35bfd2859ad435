"""The product as it runs, and a browser that complains of everything it hears."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What makes a fresh data folder ready to serve.
SET_UP = (("setup",),)


def environment(data: Path, port: int) -> dict[str, str]:
    """None of the person's own settings, but those of this server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POBRATYM_")}
    return kept | {
        "PYTHONPATH": str(ROOT / "src"),
        "POBRATYM_DATA": str(data),
        "POBRATYM_ADDRESS": f"http://127.0.0.1:{port}",
        "POBRATYM_DEMONSTRATION": "yes",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _attempt in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5):
                return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    pytest.fail(f"the server does not answer:\n{log.read_text(encoding='utf-8')[-4000:]}")


@pytest.fixture(scope="package")
def settings_of_server(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of the server: a data folder and a port of its own."""
    return environment(tmp_path_factory.mktemp("journeys"), free_port())


@pytest.fixture
def post(settings_of_server: dict[str, str]) -> Callable[..., str]:
    """Lets the worker deliver once, and gives the newest letter (that holds some words) as it was sent."""

    def newest(holding: str = "") -> str:
        subprocess.run(
            [sys.executable, "-m", "pobratym", "worker", "--once"], cwd=ROOT, env=settings_of_server, check=True
        )
        folder = Path(settings_of_server["POBRATYM_DATA"]) / "mail"
        letters = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        texts = [message_from_bytes(file.read_bytes()).get_payload(decode=True).decode() for file in letters]
        return next(text for text in texts if holding in text)

    return newest


@pytest.fixture(scope="package")
def address(settings_of_server: dict[str, str]) -> Iterator[str]:
    """A server of its own, started as in production, over a data folder of its own."""
    settings = settings_of_server
    data, port = Path(settings["POBRATYM_DATA"]), int(settings["POBRATYM_ADDRESS"].rpartition(":")[2])
    for command in SET_UP:
        done = subprocess.run(
            [sys.executable, "-m", "pobratym", *command], cwd=ROOT, env=settings, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
    serve = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    serve += ["--blocking-threads", "2", "--log-level", "warning", "pobratym.config.wsgi:application"]
    log = data / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "granian", *serve], cwd=ROOT, env=settings, stdout=out, stderr=out
        )
        try:
            wait_for(port, process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


# The browser lives as long as this folder's tests: its event loop would stop Django's tests that follow.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or the one that CHROMIUM names."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    program = next((path for name in names if name and (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


class Watch:
    """Collects what a page complains of: console, policy, failed requests."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.allowed: list[str] = []

    def allow(self, *words: str) -> None:
        """A complaint with these words is expected: `watch.allow("status of 422")`."""
        self.allowed += words

    def listen(self, page: Page) -> None:
        page.on(
            "console",
            lambda said: (
                self.hear(said.type, f"{said.text} {said.location}") if said.type in {"error", "warning"} else None
            ),
        )
        page.on("pageerror", lambda error: self.hear("script", str(error)))
        page.on("requestfailed", lambda request: self.fail(request.url, request.failure or ""))

    def fail(self, url: str, failure: str) -> None:
        # A request that a navigation cuts off has not failed.
        if "ERR_ABORTED" not in failure:
            self.hear("request", f"{url} {failure}")

    def hear(self, kind: str, text: str) -> None:
        self.complaints.append(f"{kind}: {text}")

    def left(self) -> list[str]:
        return [said for said in self.complaints if not any(words in said for words in self.allowed)]


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Ends the test with an error if any page of it complained."""
    ears = Watch()
    yield ears
    assert ears.left() == []


Opener = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, address: str, watch: Watch) -> Iterator[Opener]:
    """Opens watched pages, each with a session of its own: `open_page(color_scheme="dark", viewport=PHONE)`."""
    contexts = []

    def opened(**options: object) -> Page:
        chosen = {"viewport": DESK, "base_url": address, "locale": "uk-UA", "timezone_id": "Europe/Kyiv", **options}
        context = browser.new_context(**chosen)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        watch.listen(page)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Opener) -> Page:
    """A page at a desk, in the light theme."""
    return open_page()


@pytest.fixture
def phone(open_page: Opener) -> Page:
    """A page on a phone 360 pixels wide."""
    return open_page(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)


@pytest.fixture
def without_javascript(open_page: Opener) -> Page:
    """A page whose browser runs no script."""
    return open_page(java_script_enabled=False)


def check_axe(page: Page) -> None:
    """No violation of axe's rules on the page as it stands."""
    results = Axe().run(page)
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"


def check_width(page: Page) -> None:
    """Nothing makes the page scroll sideways."""
    wide = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
        .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .map(e => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`)"""
    )
    inner = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert inner <= 0, f"{page.url} is {inner} pixels too wide: {wide[:5]}"


def picture(page: Page, name: str, *, whole: bool = True) -> None:
    """Save the page as a picture, or with `whole=False` what is on screen, if POBRATYM_SCREENSHOTS names a folder."""
    if folder := os.environ.get("POBRATYM_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=whole)


def print_out(page: Page, name: str) -> None:
    """Save the page as it is printed, beside its pictures."""
    if folder := os.environ.get("POBRATYM_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.pdf(path=Path(folder) / f"{name}.pdf", prefer_css_page_size=True, print_background=False)
