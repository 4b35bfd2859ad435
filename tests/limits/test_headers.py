"""Every answer of every address carries the headers, whoever makes it; no cookie lacks its marks."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from pobratym.accounts.models import User
from pobratym.ui.headers import EVERYWHERE
from tests.limits.walk import addresses

ROOT = Path(__file__).resolve().parents[2]

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types default",
}


def wrong(answer):
    """What an answer lacks."""
    said = [
        f"{name}: {answer.headers.get(name)}"
        for name, value in EVERYWHERE.items()
        if answer.headers.get(name) != value and name != "Referrer-Policy"
    ]
    if answer.headers.get("Referrer-Policy") not in {"same-origin", "strict-origin"}:
        said.append("Referrer-Policy")
    policy = {part.strip() for part in answer.headers.get("Content-Security-Policy", "").split(";")}
    if policy != POLICY:
        said.append(f"policy {sorted(policy ^ POLICY)}")
    if "Cache-Control" not in answer.headers:
        said.append("Cache-Control")
    said += [name for name in ("Server", "X-Powered-By", "Access-Control-Allow-Origin") if name in answer.headers]
    for cookie in answer.cookies.values():
        if not (cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/" and not cookie["domain"]):
            said.append(f"cookie {cookie.key}")
    return said


def test_policy_has_no_exception():
    policy = " ".join(POLICY)

    assert not re.search(r"unsafe|data:|blob:|\*|http", policy)


@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_every_address_answers_with_all_headers_to_a_stranger_and_to_a_person(stranger, coordinator, method):
    said, statuses = [], set()
    for address, _view in addresses():
        for who in (stranger, coordinator):
            answer = getattr(who, method)(address)
            statuses.add(answer.status_code)
            said += [f"{method} {address}: {what}" for what in wrong(answer)]

    assert said == []
    assert statuses >= {"get": {200, 302, 404, 405}, "post": {302, 404, 405}, "put": {405}}[method]


def test_what_a_person_sees_is_never_stored(coordinator):
    said = []
    for address, _view in addresses():
        answer = coordinator.get(address)
        knows_who = "user" in (answer.context or {}) and not isinstance(answer.context["user"], AnonymousUser)
        if knows_who and answer.headers["Cache-Control"] != "no-store, private":
            said.append(f"{address}: {answer.headers['Cache-Control']}")
    page = coordinator.get("/desk/")

    assert said == []
    assert page.headers["Cache-Control"] == "no-store, private"
    assert "Cookie" in page.headers["Vary"]
    assert "HX-Request" in page.headers["Vary"]


def test_no_page_of_ours_may_be_kept_for_others(client, demonstration):
    assert client.get("/").headers["Cache-Control"] == "no-cache, private"


@pytest.mark.parametrize("address", ["/accounts/invitation/{}/", "/en/partnerships/answer/{}/"])
def test_an_address_that_is_a_key_is_told_to_nobody(client, db, address):
    answer = client.get(address.format("x" * 43))

    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_static_files_carry_them_too(db, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = True
    (tmp_path / "a.js").write_text("1")
    (tmp_path / "a.css").write_text("")

    for name in ("a.js", "a.css"):
        answer = Client().get(f"/static/{name}")
        assert answer.status_code == 200
        assert wrong(answer) == []
        assert "max-age" in answer.headers["Cache-Control"]
        answer.close()


def failing(_request):
    raise ValueError("secret of the inside")


def too_much(client):
    return client.post("/gallery/", b"x", content_type="text/plain", CONTENT_LENGTH=str(10**9))


def too_many(client):
    return client.post("/gallery/", {f"f{number}": "1" for number in range(600)})


def test_errors_carry_them_too(db, settings, monkeypatch):
    client = Client(raise_request_exception=False)
    outsider = Client(enforce_csrf_checks=True)
    monkeypatch.setattr("pobratym.ui.views.render_to_string", failing)
    answers = {
        400: too_many(client),
        403: outsider.post("/accounts/sign-in/", {"email": "a"}),
        404: client.get("/no/such/place/"),
        405: client.put("/search/"),
        413: too_much(client),
        429: [client.get("/search/", REMOTE_ADDR="198.51.100.77") for _ in range(70)][-1],
        500: client.get("/gallery/"),
        301: client.get("/search"),
    }

    assert {status: answer.status_code for status, answer in answers.items()} == {status: status for status in answers}
    assert {status: wrong(answer) for status, answer in answers.items()} == {status: [] for status in answers}
    assert b"secret" not in answers[500].content


def test_a_foreign_host_is_refused_with_all_headers(db):
    answer = Client(raise_request_exception=False).get("/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert wrong(answer) == []


SECURE = """
import json
import django; django.setup()
from django.conf import settings
from django.test import Client

client = Client()
plain = client.get("/robots.txt", headers={"host": "pobratym.example"})
page = client.get("/robots.txt", secure=True, headers={"host": "pobratym.example"})
form = client.get("/accounts/sign-in/", secure=True, headers={"host": "pobratym.example"})
print(json.dumps({
    "redirect": [plain.status_code, plain.headers["Location"], sorted(plain.headers)],
    "hsts": page.headers["Strict-Transport-Security"],
    "policy": page.headers["Content-Security-Policy"],
    "cookies": {c.key: [c["secure"], c["httponly"], c["samesite"], c["path"], c["domain"]]
                for c in form.cookies.values()},
    "session": [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE],
}))
"""


@pytest.fixture(scope="module")
def secure(tmp_path_factory):
    """What a process whose address is https answers; the settings are read once, so it is one of its own."""

    data = tmp_path_factory.mktemp("https")
    (data / "static").mkdir()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("POBRATYM_")},
        "POBRATYM_DATA": str(data),
        "POBRATYM_ADDRESS": "https://pobratym.example",
        "POBRATYM_HOSTS": "pobratym.example",
        "POBRATYM_DEBUG": "no",
        "PYTHONPATH": "src",
        "DJANGO_SETTINGS_MODULE": "pobratym.config.settings",
    }
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, "-m", "pobratym", *command], env=environment, cwd=ROOT, check=True)
    done = subprocess.run(
        [sys.executable, "-c", SECURE], env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def test_https_is_demanded_and_remembered(secure):
    status, location, names = secure["redirect"]

    assert (status, location) == (301, "https://pobratym.example/robots.txt")
    assert "Content-Security-Policy" in names
    assert secure["hsts"] == "max-age=31536000; includeSubDomains; preload"
    assert "upgrade-insecure-requests" in secure["policy"]


def test_cookies_under_https_belong_to_this_host_alone(secure):
    assert secure["cookies"] == {"__Host-csrf": [True, True, "Lax", "/", ""]}
    assert secure["session"] == ["__Host-session", True]


def test_frames_of_others_are_refused(client, db):
    answer = client.get("/accounts/sign-in/")

    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


OURS = "http://testserver/"
NAMES = ("next", "to", "back", "url", "return", "continue")
FOREIGN = [
    "https://evil.example/",
    "//evil.example/",
    "https:evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "http:///evil.example",
    "\thttps://evil.example",
    "https://evil.example@testserver/",
]


def led_to(answer):
    return answer.headers.get("Location", "") or answer.headers.get("HX-Redirect", "")


def led_away(answers):
    return [to for to in map(led_to, answers) if re.match(r"^\s*([a-z]+:|//|/\\)", to) and not to.startswith(OURS)]


def test_nobody_is_led_away_by_a_link_to_us(stranger, coordinator):
    """`next` and its like at every address, each with another of the evil ones."""
    answers = [
        client.get(address, dict.fromkeys(NAMES, FOREIGN[turn % len(FOREIGN)]))
        for turn, (address, _view) in enumerate(addresses())
        for client in (stranger, coordinator)
    ]

    assert led_away(answers) == []


def test_nobody_is_led_away_after_signing_in(stranger, coordinator):
    answers = []
    for wanted in FOREIGN:
        answers += [client.get("/accounts/sign-in/", {"next": wanted}) for client in (stranger, coordinator)]
        answers.append(coordinator.post("/accounts/sign-out/", {"next": wanted}))

    assert len([answer for answer in answers if led_to(answer)]) >= len(FOREIGN)
    assert led_away(answers) == []


def test_every_form_is_refused_without_its_token_and_from_a_foreign_page(coordinator):
    """Nothing that is sent is taken without the token, nor with it when another site's page sends it."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(User.objects.get(pk=coordinator.session["_auth_user_id"]))
    token = client.get("/gallery/").cookies["csrf"].value
    taken = []
    for address, view in addresses():
        if view.__module__.startswith("ninja.") or address.startswith("/api/"):
            continue
        for sent, headers in (
            ({}, {}),
            ({"csrfmiddlewaretoken": token}, {"origin": "https://evil.example"}),
            ({"csrfmiddlewaretoken": token}, {"origin": "null"}),
        ):
            answer = client.post(address, sent, headers=headers)
            if answer.status_code not in {403, 404, 405}:
                taken.append(f"{address} {headers}: {answer.status_code}")

    assert taken == []
