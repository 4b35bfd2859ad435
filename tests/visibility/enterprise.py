"""A platform on which one enterprise is named everywhere, and how to look for it."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from pobratym.accounts.signing_in import PROVED
from pobratym.agreements import operations as papers
from pobratym.newsroom.content import AuthorLine, TagName, When, Words
from pobratym.newsroom.models import Publication
from pobratym.organisations.choices import BodyKind
from pobratym.organisations.operations import add_body, add_office_holder
from pobratym.organisations.operations.takedown import (
    take_down,
)
from pobratym.organisations.takedown import Takedown
from pobratym.partnerships import operations
from pobratym.vocabulary.choices import Visibility
from tests.newsroom.conftest import published
from tests.partnerships.cast import AT, agreed, body_of, head_of, member, sign
from tests.visibility.reading import said_by

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
