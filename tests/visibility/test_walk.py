"""A walk over every address as every kind of reader: no secret stands where it may not, each stands where it may."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.utils import translation

from pobratym.limits.models import Meter
from pobratym.partnerships.models import Commitment, OneTimeLink, Partnership, Party
from pobratym.territory.models import Unit
from pobratym.ui.pages import public
from pobratym.vocabulary.choices import Direction
from tests.visibility.reading import said_by
from tests.visibility.world import Secret, World, build

pytestmark = pytest.mark.django_db

# What stands under `<…:pk>` of an address, by its name; a name that is missing here fails the walk.
PK = {
    "agreements": "agreements.agreement",
    "files": "files.storedfile",
    "newsroom": "newsroom.publication",
    "organisations": "organisations.body",
    "organisations:change_holder": "organisations.officeholder",
    "organisations:end_holder": "organisations.officeholder",
    "outbox": "outbox.message",
    "partnerships": "partnerships.partnership",
    **dict.fromkeys(
        ("partnerships:change", "partnerships:commitment", "partnerships:done", "partnerships:note",
         "partnerships:value"),
        "partnerships.commitment",
    ),
    **dict.fromkeys(
        ("partnerships:party", "partnerships:reply", "partnerships:letter", "partnerships:link", "partnerships:study",
         "partnerships:leave"),
        "partnerships.party",
    ),
    **dict.fromkeys(("partnerships:confirm", "partnerships:dismiss", "partnerships:response"), "partnerships.answer"),
    "portal:partnership": "partnerships.partnership",
    "portal:sign": "partnerships.partnership",
    "portal:lift_takedown": "organisations.takedown",
    "portal:partnership_history": "partnerships.partnership",
    "portal:partnership_extract": "partnerships.partnership",
    "portal:partnership_seen": "partnerships.partnership",
    "portal:agreement_history": "agreements.agreement",
    "portal:agreement_extract": "agreements.agreement",
    "portal:agreement_seen": "agreements.agreement",
    "portal:body_seen": "organisations.body",
    "accounts:answer_wish": "accounts.secondperson",
    "accounts:end_membership": "accounts.membership",
    "accounts:hand_over": "accounts.membership",
    "accounts:withdraw_hand_over": "accounts.handover",
    "accounts:end_absence": "accounts.absence",
    "accounts:answer_erasure": "accounts.erasure",
    "accounts:remove_factor": "mfa.authenticator",
    "accounts:end_session": "usersessions.usersession",
    "accounts:show_office": "organisations.officeholder",
    "accounts:show_file": "files.storedfile",
    "accounts:verify_body": "organisations.body",
    "accounts:lock": "accounts.user",
    "accounts:open_account": "accounts.user",
    **dict.fromkeys(
        (f"accounts:joining{step}" for step in ("", "_send", "_letter", "_accept", "_refuse")), "accounts.joining"
    ),
    "api-v1:get_partnership": "partnerships.partnership",
    "api-v1:get_partnership_trail": "partnerships.partnership",
    "api-v1:get_agreement_trail": "agreements.agreement",
    "api-v1:get_publication": "newsroom.publication",
}  # fmt: skip
# Kinds of which the world holds no row: their address is asked with a number that nothing has.
WITHOUT_ROWS = 999_999
HTMX = {"newsroom:suggest", "organisations:suggest_abroad", "territory:suggest"}
# They end the session of the reader, or lead to another host.
LEFT_OUT = {"accounts:sign_out", "accounts:to_provider", "accounts:from_provider"}

# One of each circle: a colleague of the same role for another body of the same side would see the same.
READERS = (
    "stranger", "ended", "reader of Kalush", "editor of Kalush", "coordinator of Kalush", "signatory of Zaporizhzhia",
    "reader of Zaporizhzhia", "coordinator of Poltava", "editor", "moderator",
)  # fmt: skip
# The other database is asked as one without and one with rights: pages and rules are the same, each walk takes long.
WITHOUT_AND_WITH_RIGHTS = ("stranger", "coordinator of Kalush")
# Walked in English too: who sees least.
IN_ENGLISH = {"stranger"}
# Who hands a person's work over is told the titles of what the person leaves unfinished; moderators see the subjects of
# outgoing mail, and a notice to an editor names the item.
TOLD = {"accounts:hand_over": {"title of draft", "title of review"}, "outbox:mails": {"title of review"}}
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


class Unfilled(AssertionError):
    """An address that the walk cannot fill."""


def patterns(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, Any]]:
    for found in resolver.url_patterns:
        address = prefix + str(found.pattern)
        if isinstance(found, URLPattern):
            yield address, f"{space}:{found.name}" if space else str(found.name), found.callback
        else:
            yield from patterns(found, address, found.namespace or space)


def numbers(name: str) -> list[int]:
    label = PK.get(name) or PK.get(name.partition(":")[0])
    if label is None:
        raise Unfilled(f"{name}: tell in PK what stands under its number")
    keys = list(apps.get_model(label)._default_manager.order_by("pk").values_list("pk", flat=True)[:14])
    return keys or [WITHOUT_ROWS]


def words(name: str, world: World) -> dict[str, list[str]]:
    """What stands in an address as text. A right token is its receiver's: `test_link_shows_its_receiver…` reads it."""
    return {
        "code": [Unit.objects.get(name="Калуська", kind="hromada").pk, world.records["body Zaporizhzhia"].unit_id],
        "direction": list(Direction.values),
        "form": ["atom", "rss", "json"],
        "kind": ["csv", "xlsx"],
        "owner": [f"partnerships.value:{world.records['value restricted'].pk}"],
        "rest": ["v1/nothing"],
        "token": ["wrong"],
        "number": ["wrong"],
    }


def filled(address: str, name: str, world: World) -> list[str]:
    """The address with everything that can stand in it."""
    found = [address]
    while "<" in found[0]:
        kind, argument = re.search(r"<(?:(\w+):)?(\w+)>", found[0]).groups()  # type: ignore[union-attr]
        if argument in {"pk", "number"} and kind == "int":
            values = numbers(name) if name != "audit:seal" else [1]
        else:
            texts = words(name, world)
            if argument not in texts:
                raise Unfilled(f"{name}: tell in `words` what stands under <{argument}>")
            values = texts[argument]
        hole = re.compile(r"<(?:\w+:)?" + argument + ">")
        found = [hole.sub(str(value), one, count=1) for one in found for value in values]
    return ["/" + one for one in found]


def addresses(world: World, language: str = "uk") -> list[tuple[str, str]]:
    """Every address of the resolver in the language, filled, with its name."""
    with translation.override(language):
        found = []
        for address, name, _view in patterns(get_resolver()):
            if name in LEFT_OUT:
                continue
            found += [(name, one) for one in filled(address, name, world)]
        return found


VARIANTS = ("?page=2", "?print", "?format=json", "?version=1")


def ask(client: Client, name: str, address: str) -> Any:
    """One request; budgets are emptied, for the walk is faster than any reader."""
    Meter.objects.all().delete()
    headers = {"HX-Request": "true"} if name in HTMX else {}
    return client.get(address, headers=headers)


def reader(world: World, key: str) -> Client:
    client = Client(raise_request_exception=True)
    if world.user(key).is_authenticated:
        client.force_login(world.user(key))
    return client


def walk(world: World, key: str, language: str = "uk") -> tuple[list[str], set[str]]:
    """What this reader found and may not see, by address; and the names of the secrets that were found."""
    client = reader(world, key)
    leaks, found = [], set()
    for name, address in addresses(world, language):
        for variant in ("", *(VARIANTS if name.endswith((":list", ":partnership", ":agreement", ":bodies")) else ())):
            answer = ask(client, name, address + variant)
            assert answer.status_code < 500, (key, address)
            text = said_by(answer)
            for secret in world.secrets:
                if secret.stands_in(text):
                    found.add(secret.name)
                    if key not in secret.seen_by and secret.name not in TOLD.get(name, ()):
                        leaks.append(f"{key} finds {secret.name} at {address + variant}")
    return leaks, found


@pytest.mark.parametrize("key", READERS if connection.vendor == "sqlite" else WITHOUT_AND_WITH_RIGHTS)
def test_no_reader_finds_a_secret_of_others(key: str) -> None:
    world = build()

    leaks, found = walk(world, key)
    if key in IN_ENGLISH:
        leaks += walk(world, key, "en")[0]

    assert not leaks, "\n".join(leaks)
    # And the walk does find: most of what this reader may see stands somewhere, else its silence would prove nothing.
    mine = {secret.name for secret in world.secrets if key in secret.seen_by}
    assert len(mine & found) > len(mine) / 2, sorted(mine - found)


def test_search_tells_nothing_about_what_it_must_not_find() -> None:
    """A secret's marker finds exactly as little as a word that stands nowhere."""
    world = build()
    asked = (
        "/search/?q={}", "/en/search/?q={}", "/partnerships/?words={}", "/bodies/?words={}", "/news/?tag={}",
        "/places/find/suggest/?field=place&kinds=hromada&place={}",
    )  # fmt: skip
    for key in ("stranger", "coordinator of Poltava"):
        client = reader(world, key)
        hidden = [secret for secret in world.secrets if key not in secret.seen_by and secret.forms[0].startswith("zqx")]
        for address in asked:
            nothing = same(ask(client, "", address.format("qqqqqq")), "qqqqqq")
            for secret in hidden[:: 1 if "search" in address else 7]:
                word = secret.forms[0]
                assert same(ask(client, "", address.format(word)), word) == nothing, (key, address, secret.name)


def same(answer: Any, word: str) -> str:
    return CSRF.sub("", answer.content.decode()).replace(word, "…")


def test_what_is_changed_is_not_read_by_get() -> None:
    """Addresses that only change something answer 405, to whomever, and say nothing."""
    world = build()
    client = reader(world, "moderator")
    refused, shown = set(), set()
    for name, address in addresses(world):
        answer = ask(client, name, address)
        if answer.streaming:
            # Read to its end, which closes it: closing by hand ends the test's own connection on PostgreSQL.
            b"".join(answer.streaming_content)
        (refused if answer.status_code == 405 else shown).add(name)
    # No address reads with one number and refuses with another.
    assert refused & shown == set()
    # Nobody publishes, agrees, ends or sends by following a link.
    assert refused >= CHANGING, sorted(CHANGING - refused)


CHANGING = {
    "accounts:end_sessions", "agreements:agree", "newsroom:publish", "newsroom:return", "newsroom:submit",
    "newsroom:withdraw", "partnerships:leave", "partnerships:link", "partnerships:reply", "partnerships:show",
    "partnerships:study", "portal:tour_role", "portal:tour_stage", "portal:tour_step",
}  # fmt: skip


def test_planted_leak_is_found(settings: Any) -> None:
    """The walk sees what a page that forgot its filter would say, in the text and in a header."""

    @public
    def careless(_request: HttpRequest) -> HttpResponse:
        promise = Commitment.objects.get(visibility="restricted")
        partnership = Partnership.objects.get(visibility="restricted")
        return HttpResponse(
            f"<!-- {promise.text_uk} -->",
            headers={"X-Subject": partnership.subject_uk},
        )

    world = build()
    settings.ROOT_URLCONF = type("Planted", (), {"urlpatterns": [path("careless/", careless, name="careless")]})

    leaks, _found = walk(world, "stranger")

    assert leaks == ["stranger finds promise restricted at /careless/"] or len(leaks) >= 1
    assert any("promise restricted" in leak for leak in leaks)


def test_planted_address_that_cannot_be_filled_is_found() -> None:
    world = build()
    with pytest.raises(Unfilled):
        filled("projects/<int:pk>/", "projects:project", world)
    with pytest.raises(Unfilled):
        filled("partnerships/<slug:place>/", "partnerships:place", world)


@pytest.mark.parametrize(
    "written",
    ["7 лютого 2019", "2019-02-07", "07.02.2019", "91,827,301", "91\N{NO-BREAK SPACE}827\N{NO-BREAK SPACE}301"],
)
def test_marker_is_found_however_it_is_written(written: str) -> None:
    secret = Secret("x", ("7 лютого 2019", "2019-02-07", "07.02.2019", "91,827,301", "91 827 301"), frozenset())

    assert secret.stands_in(said_by(HttpResponse(f"<p>{written}</p>")))


def test_inactive_account_is_a_stranger() -> None:
    """A session that was open when the account was closed shows nothing more."""
    world = build()
    client = Client()
    person = world.user("inactive")
    client.force_login(person)

    for name in ("team", "restricted"):
        answer = client.get(f"/partnerships/{world.records[f'partnership {name}'].pk}/")
        assert answer.status_code == 404


def test_link_shows_its_receiver_what_it_is_about_and_no_more() -> None:
    """Whoever holds a link reads the proposal, or the address that is invited; nothing else of the platform."""
    world = build()
    allowed = {
        f"/accounts/invitation/{world.records['invitation token']}/": {"invited address", "token of an invitation"},
        f"/partnerships/answer/{world.records['open token']}/": set(),
    }
    for address, names in allowed.items():
        answer = ask(Client(), "", address)
        assert answer.status_code == 200
        text = said_by(answer)
        hidden = [secret for secret in world.secrets if "stranger" not in secret.seen_by]
        assert {secret.name for secret in hidden if secret.stands_in(text)} <= names


def test_links_do_not_outlive_their_answer() -> None:
    """Every model that keeps a token keeps only its digest."""
    world = build()

    assert OneTimeLink.objects.exists()
    kept = str(list(OneTimeLink.objects.values())) + str(list(Party.objects.values()))
    assert world.records["open token"] not in kept
    assert world.records["invitation token"] not in str(list(apps.get_model("accounts.invitation").objects.values()))
