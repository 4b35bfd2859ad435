"""A platform in which every text that is not for everybody is a marker of its own, and who may find which.

Rows come from operations. Each secret knows its marker, as it may be written, and the people who may see it.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from pobratym.accounts.models import Membership, User
from pobratym.accounts.operations import ask_second, end_membership, give_role, invite, make_person
from pobratym.files.operations import store
from pobratym.newsroom import operations as newsroom
from pobratym.newsroom.content import When
from pobratym.organisations.operations import add_office_holder
from pobratym.organisations.operations.takedown import take_down
from pobratym.partnerships import operations
from pobratym.partnerships.choices import Programme, Reply
from pobratym.partnerships.models import OneTimeLink
from pobratym.vocabulary.choices import Direction, Visibility
from tests.partnerships.cast import AT, agree, body_of, head_of, letter, member, party_of, sign

ROLES = ("reader", "editor", "coordinator", "signatory")
OWN = tuple(f"{role} of Kalush" for role in ROLES)
PARTNER = tuple(f"{role} of Zaporizhzhia" for role in ROLES)
FOREIGN = tuple(f"{role} of Poltava" for role in ROLES)
NO_RIGHTS = ("stranger", "ended", "inactive")
PEOPLE = (*NO_RIGHTS, *OWN, *PARTNER, *FOREIGN, "editor", "moderator")

PARTIES = frozenset((*OWN, *PARTNER, "moderator"))
TRUSTED = frozenset(key for key in PARTIES if key.split()[0] in {"coordinator", "signatory", "moderator"})
# Who sees a record of the partnership of Kalush and Zaporizhzhia.
SEES: dict[str, frozenset[str]] = {
    Visibility.PUBLIC: frozenset(PEOPLE),
    Visibility.PARTNERS: PARTIES,
    Visibility.TEAM: PARTIES,
    Visibility.RESTRICTED: TRUSTED,
}
MODERATOR = frozenset({"moderator"})
NOBODY: frozenset[str] = frozenset()
WRITING = ("Калуш", "Запоріжжя", "Полтава")

SOON = timezone.now() + dt.timedelta(days=9)
MONTHS = "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@dataclass(frozen=True)
class Secret:
    """A marker with the people who may find it; `forms` are the ways in which it may be written."""

    name: str
    forms: tuple[str, ...]
    seen_by: frozenset[str]

    def stands_in(self, text: str) -> bool:
        return any(form in text for form in self.forms)


@dataclass
class World:
    """People, records and secrets by their names."""

    people: dict[str, Any] = field(default_factory=dict)
    secrets: list[Secret] = field(default_factory=list)
    records: dict[str, Any] = field(default_factory=dict)

    def mark(self, name: str, seen_by: frozenset[str]) -> str:
        """A word that stands nowhere else."""
        word = f"zqx{len(self.secrets):03d}{''.join(c for c in name if c.isascii() and c.isalpha())[:24].lower()}"
        self.secrets.append(Secret(name, (word,), seen_by))
        return word

    def number(self, name: str, seen_by: frozenset[str]) -> Decimal:
        """A number that stands nowhere else, however its thousands are parted."""
        found = Decimal(91_827_300 + len(self.secrets))
        whole = f"{found:,}"
        self.secrets.append(
            Secret(name, (str(found), whole, whole.replace(",", " "), whole.replace(",", ".")), seen_by)
        )
        return found

    def day(self, name: str, seen_by: frozenset[str]) -> dt.date:
        """A day that stands nowhere else."""
        found = dt.date(2011, 1, 1) + dt.timedelta(days=37 * len(self.secrets))
        months = {"uk": MONTHS.split(), "en": [dt.date(2000, month, 1).strftime("%B") for month in range(1, 13)]}
        forms = [f"{found.day} {names[found.month - 1]} {found.year}" for names in months.values()]
        self.secrets.append(Secret(name, (*forms, f"{found:%d.%m.%Y}", found.isoformat()), seen_by))
        return found

    def user(self, key: str) -> Any:
        return self.people[key]


def build() -> World:
    """Fill everything; about two seconds."""
    world = World()
    bodies = {name: body_of(name) for name in WRITING}
    _people(world, bodies)
    _bodies(world, bodies)
    _partnership(world, bodies)
    _results(world, bodies)
    _papers(world, bodies)
    _answers(world, bodies)
    _news(world, bodies)
    _behind(world, bodies)
    return world


def _people(world: World, bodies: dict[str, Any]) -> None:
    world.people["stranger"] = AnonymousUser()
    for name, body in zip(("Kalush", "Zaporizhzhia", "Poltava"), bodies.values(), strict=True):
        for role in ROLES:
            world.people[f"{role} of {name}"] = member(role, body)
    world.people["editor"], world.people["moderator"] = member("editor"), member("moderator")
    kalush = bodies["Калуш"]
    for key in ("ended", "inactive"):
        person = make_person(email=f"{key}@example.org", name=key, by=None, at=AT)
        began = dt.datetime(2023, 1, 1, tzinfo=dt.UTC)
        give_role(person=person, role="coordinator", body=kalush, holds_from=began, by=None, at=AT)
        world.people[key] = person
    end_membership(membership=Membership.objects.get(person=world.people["ended"]), reason="перейшла", by=None, at=AT)
    User.objects.filter(pk=world.people["inactive"].pk).update(is_active=False)
    world.people["inactive"] = User.objects.get(pk=world.people["inactive"].pk)
    # Mail addresses are for oneself, for coordinators of the own body, for moderators.
    for key in (*OWN, "editor"):
        mine = frozenset({key, "moderator"}) | (frozenset({"coordinator of Kalush"}) if key in OWN else frozenset())
        address = world.mark(f"address of the {key}", mine)
        User.objects.filter(pk=world.people[key].pk).update(email=f"{address}@example.org")
        world.people[key] = User.objects.get(pk=world.people[key].pk)


def _bodies(world: World, bodies: dict[str, Any]) -> None:
    """Office-holders of Kalush: partners of a body are all members of bodies; a name is seen with its visibility."""
    members = frozenset((*OWN, *PARTNER, *FOREIGN, "moderator"))
    own = frozenset((*OWN, "moderator"))
    sees = {
        Visibility.PUBLIC: frozenset(PEOPLE),
        Visibility.PARTNERS: members,
        Visibility.TEAM: own,
        Visibility.RESTRICTED: frozenset(key for key in own if key.split()[0] not in {"reader", "editor"}),
    }
    for visibility, seen_by in sees.items():
        world.records[f"holder {visibility}"] = add_office_holder(
            body=bodies["Калуш"], person_uk=world.mark(f"holder {visibility}", seen_by), person_en="Person",
            post_uk=world.mark(f"post of holder {visibility}", seen_by), post_en="post", mandate="other",
            source_url="https://example.org", visibility=visibility, by=None, at=AT,
        )  # fmt: skip
    for body in bodies.values():
        head_of(body)
        world.records[f"body {body.short_name_en}"] = body
    world.secrets.append(Secret("official address", ("rada@zaporizhzhia.example.org",), frozenset(PEOPLE)))


def _partnership(world: World, bodies: dict[str, Any]) -> None:
    """A partnership of each visibility; the public one carries everything else."""
    frames = (Programme.OWN, Programme.SHOULDER, Programme.ASSOCIATION, Programme.DONOR)
    for visibility, programme in zip(SEES, frames, strict=True):
        seen_by = SEES[visibility]
        made = operations.propose(
            by_body=bodies["Калуш"], bodies=[bodies["Запоріжжя"]], programme=programme,
            subject_uk=world.mark(f"subject {visibility}", seen_by), subject_en=world.mark(f"en {visibility}", seen_by),
            began_on=dt.date(2024, 1, 12), document_uk=world.mark(f"document {visibility}", seen_by),
            visibility=visibility, by=None, at=AT,
        )  # fmt: skip
        letter(made, bodies["Запоріжжя"])
        made.refresh_from_db()
        world.records[f"partnership {visibility}"] = made


def _results(world: World, bodies: dict[str, Any]) -> None:
    shown = world.records["partnership public"]
    for visibility, direction in zip(SEES, Direction.values, strict=False):
        seen_by = SEES[visibility]
        given: dict[str, Any] = {"visibility": visibility, "by": None, "at": AT}
        promise = operations.add_commitment(
            partnership=shown, direction=direction, text_uk=world.mark(f"promise {visibility}", seen_by),
            text_en=world.mark(f"promise en {visibility}", seen_by), due_on=world.day(f"due {visibility}", seen_by),
            for_whom_uk=world.mark(f"for whom {visibility}", seen_by), groups=["civil"],
            target=world.number(f"target {visibility}", seen_by), target_unit_uk="шт.", **given,
        )  # fmt: skip
        # In a promise that everybody sees, notes and values of every visibility.
        world.records[f"promise {visibility}"] = promise
    public = world.records["promise public"]
    for visibility, seen_by in SEES.items():
        given = {"visibility": visibility, "by": None, "at": AT}
        world.records[f"note {visibility}"] = operations.note_progress(
            commitment=public, noted_on=world.day(f"noted {visibility}", seen_by),
            text_uk=world.mark(f"note {visibility}", seen_by), **given,
        )  # fmt: skip
        value = operations.record_value(
            commitment=public, amount=world.number(f"amount {visibility}", seen_by), proof="measured",
            unit_uk=world.mark(f"unit {visibility}", seen_by), evidence=world.mark(f"evidence {visibility}", seen_by),
            period_from=dt.date(2023, 1, 1), period_to=dt.date(2023, 2, 1), **given,
        )  # fmt: skip
        world.records[f"value {visibility}"] = value
        world.records[f"file {visibility}"] = store(
            content=PNG, name=f"{world.mark(f'file {visibility}', seen_by)}.png", owner=world.records["value public"],
            holder=bodies["Калуш"], visibility=visibility, by=None, at=AT,
        )  # fmt: skip


def _papers(world: World, bodies: dict[str, Any]) -> None:
    for visibility, seen_by in SEES.items():
        partnership = world.records[f"partnership {visibility}"]
        given: dict[str, Any] = {"visibility": visibility, "by": None, "at": AT}
        text = world.mark(f"text of paper {visibility}", seen_by)
        paper = operations.draft_paper(
            partnership=partnership, kind="memorandum", title_uk=world.mark(f"title of paper {visibility}", seen_by),
            sections=[{"title_uk": "Предмет", "title_en": "Subject", "paragraphs_uk": [text], "paragraphs_en": [text]}],
            number=world.mark(f"number of paper {visibility}", seen_by),
            place_uk=world.mark(f"place of paper {visibility}", seen_by), **given,
        )  # fmt: skip
        for party in paper.parties.select_related("body"):
            agree(paper, party.body)
        if visibility != Visibility.RESTRICTED:
            sign(partnership, paper, bodies["Калуш"], office_holder=_signatory(bodies["Калуш"]))
        world.records[f"paper {visibility}"] = paper
    # A decision beside a partnership is shared with the parties' teams; partners of a body are all members.
    members = frozenset((*OWN, *PARTNER, *FOREIGN, "moderator"))
    own = frozenset({"coordinator of Kalush", "signatory of Kalush", "moderator"})
    sees = SEES | {Visibility.PARTNERS: members, Visibility.RESTRICTED: own}
    for number, (visibility, seen_by) in enumerate(sees.items(), start=1):
        world.records[f"decision {visibility}"] = operations.add_decision(
            partnership=world.records["partnership public"], body=bodies["Калуш"], number=f"{number}-7",
            decided_on=dt.date(2024, 2, 1), title_uk=world.mark(f"decision {visibility}", seen_by),
            visibility=visibility, by=None, at=AT,
        )  # fmt: skip


def _signatory(body: Any) -> Any:
    return body.office_holders.get(may_sign=True)


def _answers(world: World, bodies: dict[str, Any]) -> None:
    """A question and a reply to it; a link's token is known to its receiver alone."""
    asked = operations.propose(
        by_body=bodies["Калуш"], bodies=[bodies["Запоріжжя"]], programme=Programme.INTERNATIONAL,
        subject_uk="запитання", visibility=Visibility.PUBLIC, began_on=dt.date(2024, 1, 12), by=None, at=AT,
    )  # fmt: skip
    party = party_of(asked, bodies["Запоріжжя"])
    link = operations.send_link(party=party, by=None, at=timezone.now())
    world.secrets.append(Secret("token of a link", (link.token,), NOBODY))
    given_by = world.mark("who answered", PARTIES)
    operations.answer_by_letter(
        party=party, reply=Reply.ASK, text=world.mark("question", PARTIES), given_by=given_by,
        letter_number=world.mark("number of letter", frozenset(PEOPLE)), letter_on=dt.date(2024, 1, 20), by=None,
        at=AT,
    )  # fmt: skip
    answer = party.answers.get()
    world.records |= {"asked": asked, "party": party, "answer": answer}
    waiting = operations.propose(
        by_body=bodies["Калуш"], bodies=[bodies["Полтава"]], subject_uk="чекає", visibility=Visibility.TEAM,
        began_on=dt.date(2024, 1, 12), by=None, at=AT,
    )  # fmt: skip
    sent = operations.send_link(party=party_of(waiting, bodies["Полтава"]), by=None, at=timezone.now())
    world.records["open link"] = OneTimeLink.objects.get(party__partnership=waiting)
    world.records["open token"] = sent.token


def _news(world: World, bodies: dict[str, Any]) -> None:
    writer = world.people["editor of Kalush"]
    about = {"hromadas": [bodies["Калуш"].unit], "partnership": world.records["partnership public"]}
    editors = frozenset({"editor of Kalush", "editor of Zaporizhzhia", "editor"})
    for state, seen_by in (("draft", editors), ("review", frozenset((*OWN, *PARTNER, "editor")))):
        item = newsroom.write_publication(
            title=world.mark(f"title of {state}", seen_by), lead=world.mark(f"lead of {state}", seen_by),
            body=f"<p>{world.mark(f'body of {state}', seen_by)}</p>", source_name="Джерело",
            source_url="https://example.org", by=writer, at=AT,
            happening=When(starts_at=SOON, place=world.mark(f"place {state}", seen_by)),
            **about,
        )  # fmt: skip
        if state == "review":
            newsroom.submit_for_review(publication=item, by=writer, at=AT)
        world.records[f"item {state}"] = item
    shown = newsroom.write_publication(
        title=world.mark("title of news", frozenset(PEOPLE)), lead="Вступ", body="<p>Текст</p>", source_name="Джерело",
        source_url="https://example.org", by=writer, at=AT, **about,
    )  # fmt: skip
    newsroom.submit_for_review(publication=shown, by=writer, at=AT)
    world.records["item public"] = newsroom.publish(publication=shown, by=world.people["editor"], at=AT)


def _behind(world: World, bodies: dict[str, Any]) -> None:
    """What only those who run the platform or a body's people see."""
    coordinator = world.people["coordinator of Kalush"]
    leads = frozenset({"coordinator of Kalush", "moderator"})
    invited = invite(
        email=f"{world.mark('invited address', leads)}@example.org", role="reader", body=bodies["Калуш"],
        by=coordinator, at=timezone.now(),
    )  # fmt: skip
    world.records |= {"invitation": invited, "invitation token": invited.token}
    world.secrets.append(Secret("token of an invitation", (invited.token,), NOBODY))
    wish = ask_second(
        subject=world.records["note team"], title=world.mark("wish", TRUSTED), raise_to=Visibility.PUBLIC,
        by=coordinator, at=AT,
    )  # fmt: skip
    world.records["wish"] = wish
    world.records["takedown"] = take_down(
        edrpou="10000001", names=[world.mark("name taken down", MODERATOR)],
        ground=world.mark("ground", MODERATOR), by=world.people["moderator"], at=timezone.now(),
    )  # fmt: skip
