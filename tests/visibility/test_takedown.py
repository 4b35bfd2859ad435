"""An enterprise goes out of sight by its code and names in one action, everywhere at once, and comes back whole."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from pobratym.accounts.signing_in import PROVED
from pobratym.agreements import operations as papers
from pobratym.audit.models import Entry
from pobratym.newsroom.content import AuthorLine, TagName, When, Words
from pobratym.newsroom.models import Publication
from pobratym.organisations import takedown
from pobratym.organisations.choices import BodyKind
from pobratym.organisations.models import Body
from pobratym.organisations.operations import add_body, add_office_holder
from pobratym.organisations.operations.takedown import (
    AlreadyLifted,
    AlreadyTakenDown,
    TakedownRefused,
    lift_takedown,
    take_down,
)
from pobratym.organisations.takedown import Asked, Takedown, pattern_of
from pobratym.partnerships import operations
from pobratym.vocabulary.choices import Visibility
from tests.newsroom.conftest import published
from tests.partnerships.cast import AT, agreed, body_of, head_of, member, sign
from tests.visibility.reading import said_by

pytestmark = pytest.mark.django_db

# A code that passes its check digit and belongs to nobody.
CODE = "10000001"
NAME, LATIN = "Завод «Зоря-7»", "Zoria-7 Plant"
MARK = "зоря-7"
GROUND = "наказ Міноборони від 12.11.2026 № 7"
PUBLIC: dict[str, Any] = {"visibility": Visibility.PUBLIC, "by": None, "at": AT}


class Platform:
    """Everything in which an enterprise may be named, all of it public; and a neighbour of each that names nothing."""

    def __init__(self) -> None:
        self.kalush, self.zaporizhzhia, self.poltava = body_of("Калуш"), body_of("Запоріжжя"), body_of("Полтава")
        self.moderator, self.editor = member("moderator"), member("editor")
        self.writer, self.stranger = member("coordinator", self.kalush), member("coordinator", self.poltava)
        self.plant = add_body(
            kind=BodyKind.STATE, name_uk=f"Державний {NAME}", name_en=LATIN, short_name_uk=NAME, short_name_en=LATIN,
            unit=self.zaporizhzhia.unit, edrpou=CODE, by=None, at=AT,
        )  # fmt: skip
        add_office_holder(
            body=self.zaporizhzhia, person_uk="Директорка", person_en="Director", post_uk=f"директорка, {NAME}",
            post_en="director", mandate="other", source_url="https://example.org", **PUBLIC,
        )  # fmt: skip
        head_of(self.kalush)
        head_of(self.zaporizhzhia)
        self.clean = agreed(self.kalush, self.zaporizhzhia, visibility=Visibility.PUBLIC)
        self.named = agreed(
            self.kalush, self.poltava, subject_uk=f"співпраця, {NAME}", subject_en=f"work, {LATIN}",
            visibility=Visibility.PUBLIC,
        )  # fmt: skip
        self.promise = operations.add_commitment(
            partnership=self.clean, direction="energy", text_uk=f"лічильники, {NAME}", text_en=f"{LATIN} meters",
            **PUBLIC,
        )  # fmt: skip
        self.other = operations.add_commitment(
            partnership=self.clean, direction="energy", text_uk="вікна лікарні", text_en="windows", **PUBLIC
        )
        self.note = operations.note_progress(
            commitment=self.other, noted_on=AT.date(), text_uk=f"приїхав {NAME}", text_en=LATIN, **PUBLIC
        )
        self.value = operations.record_value(
            commitment=self.other, amount=Decimal(3), unit_uk="шт.", proof="measured", evidence=f"акт {NAME}",
            period_from=dt.date(2024, 1, 1), period_to=dt.date(2024, 2, 1), **PUBLIC,
        )  # fmt: skip
        self.decision = operations.add_decision(
            partnership=self.clean, body=self.kalush, number="7", decided_on=AT.date(), title_uk=f"Про {NAME}",
            title_en=LATIN, **PUBLIC,
        )  # fmt: skip
        self.paper = self._signed()
        self.items = self._items()

    def _signed(self) -> Any:
        paper = operations.draft_memorandum(partnership=self.clean, **PUBLIC)
        sections = [{"title_uk": "Предмет", "paragraphs_uk": [f"Працює {NAME}."], "paragraphs_en": [LATIN]}]
        papers.revise_text(
            agreement=paper, sections=sections, for_body=self.kalush, version=paper.version, by=None, at=AT
        )
        for body in (self.kalush, self.zaporizhzhia):
            papers.agree_text(agreement=paper, body=body, text_number=2, by=None, at=AT)
        for body in (self.kalush, self.zaporizhzhia):
            sign(self.clean, paper, body, office_holder=body.office_holders.get(may_sign=True))
        return paper

    def _items(self) -> dict[str, Publication]:
        """An item for each place in which it may be named."""
        cast = type("Cast", (), {"coordinator": self.writer, "editor": self.editor})
        starts = timezone.now() + dt.timedelta(days=9)
        named: dict[str, dict[str, Any]] = {
            "title": {"title": f"Новина: {NAME}"},
            "lead": {"lead": f"Про {NAME}"},
            "body": {"body": "<p>Тут <strong>Завод</strong> «Зоря-7» працює.</p>"},
            "code": {"body": f"<p>Код {CODE}.</p>"},
            "source": {"source_name": NAME},
            "author": {"authors": [AuthorLine("Авторка", "інженерка", NAME)]},
            "voice": {"quotations": [Words(text="слова", speaker="Мовець", office=f"інженер, {NAME}")]},
            "tag": {"tags": [TagName(NAME)]},
            "place": {"type": "event", "happening": When(starts_at=starts, place=f"{NAME}, зала")},
            "clean": {"title": "Новина без назв"},
        }
        given = {"hromadas": [self.zaporizhzhia.unit], "partnership": self.clean, "lead": "Короткий вступ."}
        return {
            name: published(cast, AT, **{"title": f"Новина {name}"} | given | facts) for name, facts in named.items()
        }

    def hide(self, **rest: Any) -> Takedown:
        facts: dict[str, Any] = {"edrpou": CODE, "names": [NAME, LATIN], "ground": GROUND}
        return take_down(by=self.moderator, at=timezone.now(), **facts | rest)

    def addresses(self) -> list[str]:
        """Where an outsider would find it."""
        found = ["/api/v1/partnerships", f"/api/v1/partnerships/{self.clean.pk}", "/api/v1/publications"]
        for language in ("uk", "en"):
            with translation.override(language):
                found += [
                    reverse("portal:home"), reverse("newsroom:list"), reverse("partnerships:list"),
                    reverse("portal:search") + "?q=Новина", reverse("portal:search") + "?q=співпраця",
                    reverse("portal:place", args=[self.zaporizhzhia.unit_id]),
                    reverse("portal:place", args=[self.poltava.unit_id]),
                    reverse("portal:partnership", args=[self.clean.pk]),
                    reverse("portal:partnership", args=[self.named.pk]),
                    reverse("partnerships:direction", args=[self.clean.pk, "energy"]),
                    reverse("agreements:agreement", args=[self.paper.pk]),
                    reverse("agreements:docx", args=[self.paper.pk]),
                    reverse("newsroom:item", args=[self.items["clean"].pk]),
                    *(reverse("newsroom:item", args=[item.pk]) for item in self.items.values()),
                ]  # fmt: skip
        return [
            *found,
            reverse("newsroom:calendar", args=[self.items["place"].pk]),
            *(f"/api/v1/publications/{item.pk}" for item in self.items.values()),
            f"/api/v1/partnerships/{self.named.pk}",
        ]


@pytest.fixture
def platform() -> Platform:
    return Platform()


def of(user: Any = None) -> Client:
    """A browser of the person, who has just proved who it is."""
    client = Client()
    if user is not None:
        client.force_login(user)
        session = client.session
        session[PROVED] = timezone.now().isoformat()
        session.save()
    return client


def says(text: str) -> bool:
    said = text.casefold()
    return any(mark in said for mark in (MARK, "zoria-7", CODE))


def seen(platform: Platform, user: Any = None) -> dict[str, tuple[int, bool]]:
    """Of each address the status and whether the enterprise is named in what it says."""
    client = of(user)
    found = {}
    for address in platform.addresses():
        answer = client.get(address)
        # The question itself is the reader's own.
        found[address] = (answer.status_code, says(said_by(answer)))
    return found


def test_it_is_named_before_and_nowhere_from_the_moment_of_the_order(platform: Platform) -> None:
    before = seen(platform)
    assert {status for status, _named in before.values()} == {200}
    assert sum(named for _status, named in before.values()) > 30

    order = platform.hide()

    after = seen(platform)
    assert [address for address, (_status, named) in after.items() if named] == []
    hidden = [address for address, (status, _named) in after.items() if status == 404]
    # 9 items in two languages, their calendar and their data; the paper with its file; a partnership and its data.
    assert len(hidden) == 9 * 2 + 1 + 9 + 4 + 3

    lift_takedown(order=order, ground="наказ № 9", by=platform.moderator, at=timezone.now())
    assert seen(platform) == before


def test_neighbours_stay(platform: Platform) -> None:
    platform.hide()
    after = seen(platform)

    for name in ("portal:partnership", "partnerships:direction"):
        args = [platform.clean.pk] + (["energy"] if "direction" in name else [])
        assert after[reverse(name, args=args)][0] == 200
    assert after[reverse("newsroom:item", args=[platform.items["clean"].pk])] == (200, False)
    shown = of().get(reverse("partnerships:direction", args=[platform.clean.pk, "energy"])).content.decode()
    assert "вікна лікарні" in shown


@pytest.mark.parametrize("role", ["stranger", "reader of another body"])
def test_members_of_other_bodies_lose_it_too(platform: Platform, role: str) -> None:
    platform.hide()
    person = member("reader", body_of("Чернівці")) if role != "stranger" else None

    assert [address for address, (_status, named) in seen(platform, person).items() if named] == []


def test_parties_keep_their_records_and_are_told(platform: Platform) -> None:
    platform.hide()
    own = of(platform.writer)

    paper = own.get(reverse("agreements:agreement", args=[platform.paper.pk]))
    assert NAME in paper.content.decode()
    assert "Сторонні читачі цього зараз не бачать." in paper.content.decode()
    assert says(said_by(own.get(reverse("agreements:docx", args=[platform.paper.pk]))))
    partnership = own.get(reverse("portal:partnership", args=[platform.named.pk]))
    assert "Сторонні читачі цього зараз не бачать." in partnership.content.decode()
    item = own.get(reverse("newsroom:item", args=[platform.items["title"].pk]))
    assert "Сторонні читачі цього зараз не бачать." in item.content.decode()


def test_calm_line_stands_nowhere_else(platform: Platform) -> None:
    platform.hide()

    for address in (reverse("portal:partnership", args=[platform.clean.pk]), reverse("newsroom:list")):
        assert "зараз не бачать" not in of(platform.writer).get(address).content.decode()


def test_what_is_written_later_is_hidden_as_well(platform: Platform) -> None:
    platform.hide()
    cast = type("Cast", (), {"coordinator": platform.writer, "editor": platform.editor})

    later = published(cast, AT, title="Пізніша новина", lead=f"Про {NAME}")

    assert of().get(reverse("newsroom:item", args=[later.pk])).status_code == 404
    assert not Publication.objects.published().filter(pk=later.pk).exists()


def test_an_editor_may_take_the_name_out_and_the_item_returns(platform: Platform) -> None:
    platform.hide()
    item = platform.items["lead"]
    assert of(platform.editor).get(reverse("newsroom:edit", args=[item.pk])).status_code == 200

    Publication.objects.filter(pk=item.pk).update(lead="Короткий вступ.")

    assert of().get(reverse("newsroom:item", args=[item.pk])).status_code == 200


def test_counts_do_not_tell(platform: Platform) -> None:
    def counted() -> tuple[int, int]:
        news = of().get(reverse("newsroom:list")).context["page_obj"].paginator.count
        return news, of().get(reverse("portal:home")).context["figures"].partnerships

    assert counted() == (10, 2)

    platform.hide()

    assert counted() == (1, 1)


def test_body_leaves_its_community_and_its_own_people_keep_it(platform: Platform) -> None:
    platform.hide()
    worker = member("reader", platform.plant)

    assert not Body.objects.visible_to(AnonymousUser()).filter(pk=platform.plant.pk).exists()
    assert Body.objects.visible_to(worker).filter(pk=platform.plant.pk).exists()
    assert Body.objects.visible_to(platform.moderator).filter(pk=platform.plant.pk).exists()


SAME = [
    "Завод «Зоря-7»", "ЗАВОД «ЗОРЯ-7»", "завод “Зоря-7”", 'Завод "Зоря‑7"', "Завод  Зоря-7",
    "<b>Завод</b> <i>«Зоря-7»</i>", "Завод&nbsp;&quot;Зоря-7&quot;", "на Завод «Зоря-7», а тоді", f"код {CODE}, рік",
    f"({CODE})", "ZORIA-7 PLANT", "the Zoria-7 plant’s hall", "Завод\N{NO-BREAK SPACE}«Зоря–7»",
]  # fmt: skip
ANOTHER = ["Завод «Зоря-8»", "Суперзавод «Зоря-7»", f"1{CODE}", f"{CODE}5", "Зоря-7", "", "завод зорі"]


@pytest.mark.parametrize("text", SAME)
def test_name_is_found_however_it_is_written(text: str, db: None) -> None:
    assert found_in(text) == 1


@pytest.mark.parametrize("text", ANOTHER)
def test_other_words_are_not(text: str, db: None) -> None:
    assert found_in(text) == 0


def found_in(text: str) -> int:
    row = Publication.objects.create(title="т", body=text, dated_on=AT.date(), changed_at=AT)
    asked = Asked(pattern_of(CODE, [NAME, LATIN])).within("title", "body")
    return Publication.objects.filter(asked, pk=row.pk).count()


@pytest.mark.parametrize("text", [NAME, "ЗАВОД «зоря-7»", "і “Завод “Зоря-7””", "рядок\nЗавод «Зоря-7»", LATIN])
def test_name_is_found_inside_json(platform: Platform, text: str) -> None:
    asked = Asked(pattern_of(CODE, [NAME, LATIN])).within("sections")
    texts = platform.paper.texts.filter(number=2)

    texts.update(sections=[{"title_uk": "Т", "paragraphs_uk": [f"початок — {text} кінець"]}])
    assert texts.filter(asked).count() == 1
    texts.update(sections=[{"title_uk": "Т", "paragraphs_uk": ["Суперзавод «Зоря-7» і завод «Інший»"]}])
    assert texts.filter(asked).count() == 0


def test_name_may_take_an_ending(db: None) -> None:
    row = Publication.objects.create(title="На Моторбуді", dated_on=AT.date(), changed_at=AT)

    assert Publication.objects.filter(Asked(pattern_of(CODE, ["Моторбуд"])).within("title"), pk=row.pk).exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"edrpou": "10000002"}, "edrpou"),
        ({"edrpou": ""}, "edrpou"),
        ({"names": ["Зор"]}, "names"),
        ({"ground": " "}, "ground"),
    ],
)
def test_order_without_code_name_or_ground_is_refused(platform: Platform, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(TakedownRefused) as refused:
        platform.hide(**wrong)

    assert refused.value.field == field
    assert (Takedown.objects.count(), Entry.objects.filter(verb__contains="takedown").count()) == (0, 0)


def test_second_order_for_the_code_and_second_end_are_refused(platform: Platform) -> None:
    order = platform.hide()
    with pytest.raises(AlreadyTakenDown):
        platform.hide()
    lift_takedown(order=order, ground="наказ", by=platform.moderator, at=timezone.now())
    with pytest.raises(AlreadyLifted):
        lift_takedown(order=order, ground="наказ", by=platform.moderator, at=timezone.now())
    with pytest.raises(TakedownRefused):
        lift_takedown(order=platform.hide(), ground="  ", by=platform.moderator, at=timezone.now())


def test_trail_names_the_ground_and_never_the_enterprise(platform: Platform) -> None:
    order = platform.hide()
    lift_takedown(order=order, ground="наказ № 9", by=platform.moderator, at=timezone.now())

    entries = Entry.objects.filter(verb__contains="takedown").order_by("position")
    assert [entry.facts for entry in entries] == [{"ground": GROUND, "names": 2}, {"ground": "наказ № 9"}]
    assert not any(says(str(entry.facts) + entry.subject) for entry in entries)


class TestPages:
    """Look first, then order; only moderators, and with a fresh proof."""

    def test_preview_names_what_is_reached_and_changes_nothing(self, platform: Platform) -> None:
        answer = of(platform.moderator).post(
            reverse("portal:take_down"), {"edrpou": CODE, "names": f"{NAME}\n{LATIN}", "ground": GROUND}
        )
        said = answer.content.decode()

        assert answer.status_code == 200
        assert {found.kind: found.number for found in answer.context["reached"]} == {
            "органи": 1, "посадовці": 1, "рішення рад": 1, "документи": 1, "партнерства": 1, "зобов’язання": 1,
            "записи про поступ": 1, "значення": 1, "публікації": 9,
        }  # fmt: skip
        assert "Новина: Завод" in said
        assert Takedown.objects.count() == 0

    def test_order_is_given_listed_and_ended(self, platform: Platform) -> None:
        client = of(platform.moderator)
        given = {"edrpou": CODE, "names": NAME, "ground": GROUND, "order": "yes"}

        assert client.post(reverse("portal:take_down"), given).status_code == 302
        order = Takedown.objects.get()
        assert (order.names, order.hidden_to) == ([NAME], None)
        again = client.post(reverse("portal:take_down"), given)
        assert (again.status_code, Takedown.objects.count()) == (409, 1)
        listed = client.get(reverse("portal:takedowns")).content.decode()
        assert CODE in listed
        assert "чинний з" in listed

        ended = client.post(reverse("portal:lift_takedown", args=[order.pk]), {"ground": "наказ № 9"})
        assert ended.status_code == 302
        order.refresh_from_db()
        assert order.hidden_to is not None

    def test_wrong_code_is_refused_beside_its_field(self, platform: Platform) -> None:
        answer = of(platform.moderator).post(
            reverse("portal:take_down"), {"edrpou": "10000002", "names": "", "ground": GROUND}
        )

        assert answer.status_code == 422
        assert "edrpou" in answer.context["form"].errors

    @pytest.mark.parametrize("name", ["takedowns", "take_down", "lift_takedown"])
    def test_only_for_moderators(self, platform: Platform, name: str) -> None:
        order = platform.hide()
        address = reverse(f"portal:{name}", args=[order.pk] if name == "lift_takedown" else [])

        for person in (platform.writer, platform.editor, member("signatory", platform.poltava)):
            answer = of(person).get(address)
            assert answer.status_code == 403
            assert not says(said_by(answer))
        assert of().get(address).status_code == 302
        assert of(platform.moderator).get(address).status_code == 200

    def test_an_old_proof_is_asked_for_again(self, platform: Platform) -> None:
        client = of(platform.moderator)
        session = client.session
        session[PROVED] = (timezone.now() - dt.timedelta(days=1)).isoformat()
        session.save()

        given = {"edrpou": CODE, "names": NAME, "ground": GROUND, "order": "yes"}
        client.post(reverse("portal:take_down"), given)

        assert Takedown.objects.count() == 0

    def test_english(self, platform: Platform) -> None:
        platform.hide()
        with translation.override("en"):
            said = of(platform.moderator).get(reverse("portal:takedowns")).content.decode()

        assert "Enterprises out of sight" in said


def test_every_kind_of_record_that_is_shown_can_be_reached(platform: Platform) -> None:
    """A model with a visibility, and what is public without one, has said where it may name an enterprise."""
    from django.apps import apps  # noqa: PLC0415

    showable = {
        model._meta.label_lower
        for model in apps.get_models()
        if any(field.name == "visibility" for field in model._meta.get_fields())
    } | {"organisations.body", "newsroom.publication"}
    # A file is served through its owner and disappears with it.
    assert showable - {"files.storedfile"} == set(takedown.kinds)


def test_without_an_order_nothing_more_is_asked(platform: Platform) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            of().get(reverse("newsroom:list"))
        return len(asked)

    without = cost()
    platform.hide()
    assert cost() <= without
