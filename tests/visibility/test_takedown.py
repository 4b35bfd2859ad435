"""An enterprise goes out of sight by its code and names in one action, everywhere at once, and comes back whole."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pobratym.audit.models import Entry
from pobratym.newsroom.models import Publication
from pobratym.organisations import takedown
from pobratym.organisations.models import Body
from pobratym.organisations.operations.takedown import (
    AlreadyLifted,
    AlreadyTakenDown,
    TakedownRefused,
    lift_takedown,
)
from pobratym.organisations.takedown import Asked, Takedown, pattern_of
from tests.newsroom.conftest import published
from tests.partnerships.cast import AT, body_of, member
from tests.visibility.enterprise import CODE, GROUND, LATIN, NAME, Platform, of, says, seen
from tests.visibility.reading import said_by

pytestmark = pytest.mark.django_db


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
