"""Notices as letters: one at once, or many gathered."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pobratym.notices import links
from pobratym.notices.kinds import Kind, kinds
from pobratym.notices.models import Notice
from pobratym.outbox import operations as outbox
from pobratym.outbox.letters import render


@dataclass(frozen=True, slots=True)
class Item:
    """One notice in words."""

    subject: str
    text: str
    address: str


def item_of(notice: Notice, language: str) -> Item:
    """The notice in the language: of each pair of values the one in it, or the Ukrainian one."""
    shown = dict(notice.data)
    for name, value in notice.data.items():
        if name.endswith("_uk"):
            base = name.removesuffix("_uk")
            shown[base] = notice.data.get(f"{base}_{language}") or value
    subject, text = render(notice.template, shown, language)
    name, *arguments = notice.path or ("",)
    return Item(subject, text.strip(), links.whole(name, arguments, language) if name else "")


def write_letter(notice: Notice, kind: Kind, language: str, at: dt.datetime) -> None:
    """One notice in a letter of its own."""
    unsubscribe = links.unsubscribe_address(notice.person_id, [kind.name], language)
    outbox.queue(
        key=f"notices.notice:{notice.pk}", to=notice.person.email, template="notices/mail/one.txt",
        data={
            "item": item_of(notice, language), "label": kind.label, "unsubscribe": unsubscribe,
            "preferences": links.whole("notices:preferences", (), language),
        },
        language=language, unsubscribe=unsubscribe, at=at,
    )  # fmt: skip


def write_digest(notices: Sequence[Notice], language: str, at: dt.datetime) -> None:
    """Several notices of one person in one letter, keyed by its first: each notice is in one letter only."""
    first = notices[0]
    named = list(dict.fromkeys(notice.kind for notice in notices))
    unsubscribe = links.unsubscribe_address(first.person_id, named, language)
    outbox.queue(
        key=f"notices.digest:{first.pk}", to=first.person.email, template="notices/mail/digest.txt",
        data={
            "items": [item_of(notice, language) for notice in notices], "number": len(notices),
            "labels": [kinds[name].label for name in named], "unsubscribe": unsubscribe,
            "preferences": links.whole("notices:preferences", (), language),
        },
        language=language, unsubscribe=unsubscribe, at=at,
    )  # fmt: skip
