"""Who sees what and who may do what, as tables: each cell is asked of the query and of the page.

Kalush and Zaporizhzhia work together, Poltava is foreign; the records are those of Kalush's side.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import rules
from django.test import Client
from django.urls import get_resolver, reverse

from pobratym.accounts.models import Membership
from pobratym.agreements.models import Agreement, CouncilDecision
from pobratym.files.models import StoredFile
from pobratym.files.queries import readable
from pobratym.limits.models import Meter
from pobratym.newsroom import queries as newsroom
from pobratym.organisations.models import OfficeHolder
from pobratym.partnerships import queries as partnerships
from pobratym.partnerships.models import Commitment, Partnership, ProgressNote, Value
from tests.partnerships.cast import TODAY
from tests.visibility.reading import said_by
from tests.visibility.test_walk import PK, patterns
from tests.visibility.world import PEOPLE, World, build

pytestmark = pytest.mark.django_db

# see: found by the query and shown by the page. 404: neither. – : the page is shown without it.
SEEING = """
partnership                public  partners  team  restricted
stranger                   see     404       404   404
ended                      see     404       404   404
inactive                   see     404       404   404
reader of Kalush           see     see       see   404
editor of Kalush           see     see       see   404
coordinator of Kalush      see     see       see   see
signatory of Kalush        see     see       see   see
reader of Zaporizhzhia     see     see       see   404
editor of Zaporizhzhia     see     see       see   404
coordinator of Zaporizhzhia see    see       see   see
signatory of Zaporizhzhia  see     see       see   see
reader of Poltava          see     404       404   404
editor of Poltava          see     404       404   404
coordinator of Poltava     see     404       404   404
signatory of Poltava       see     404       404   404
editor                     see     404       404   404
moderator                  see     see       see   see

paper                      public  partners  team  restricted
like partnership

promise                    public  partners  team  restricted
like partnership

note                       public  partners  team  restricted
stranger                   see     –         –     –
ended                      see     –         –     –
inactive                   see     –         –     –
reader of Kalush           see     see       see   –
editor of Kalush           see     see       see   –
coordinator of Kalush      see     see       see   see
signatory of Kalush        see     see       see   see
reader of Zaporizhzhia     see     see       see   –
editor of Zaporizhzhia     see     see       see   –
coordinator of Zaporizhzhia see    see       see   see
signatory of Zaporizhzhia  see     see       see   see
reader of Poltava          see     –         –     –
editor of Poltava          see     –         –     –
coordinator of Poltava     see     –         –     –
signatory of Poltava       see     –         –     –
editor                     see     –         –     –
moderator                  see     see       see   see

value                      public  partners  team  restricted
like note

holder                     public  partners  team  restricted
stranger                   see     –         –     –
ended                      see     –         –     –
inactive                   see     –         –     –
reader of Kalush           see     see       see   –
editor of Kalush           see     see       see   –
coordinator of Kalush      see     see       see   see
signatory of Kalush        see     see       see   see
reader of Zaporizhzhia     see     see       –     –
editor of Zaporizhzhia     see     see       –     –
coordinator of Zaporizhzhia see    see       –     –
signatory of Zaporizhzhia  see     see       –     –
reader of Poltava          see     see       –     –
editor of Poltava          see     see       –     –
coordinator of Poltava     see     see       –     –
signatory of Poltava       see     see       –     –
editor                     see     –         –     –
moderator                  see     see       see   see

decision                   public  partners  restricted
stranger                   see     –         –
ended                      see     –         –
inactive                   see     –         –
reader of Kalush           see     see       –
editor of Kalush           see     see       –
coordinator of Kalush      see     see       see
signatory of Kalush        see     see       see
reader of Zaporizhzhia     see     see       –
editor of Zaporizhzhia     see     see       –
coordinator of Zaporizhzhia see    see       –
signatory of Zaporizhzhia  see     see       –
reader of Poltava          see     see       –
editor of Poltava          see     see       –
coordinator of Poltava     see     see       –
signatory of Poltava       see     see       –
editor                     see     –         –
moderator                  see     see       see

item                       public  review  draft
stranger                   see     404     404
ended                      see     404     404
inactive                   see     404     404
reader of Kalush           see     see     404
editor of Kalush           see     see     see
coordinator of Kalush      see     see     404
signatory of Kalush        see     see     404
reader of Zaporizhzhia     see     see     404
editor of Zaporizhzhia     see     see     see
coordinator of Zaporizhzhia see    see     404
signatory of Zaporizhzhia  see     see     404
reader of Poltava          see     404     404
editor of Poltava          see     404     404
coordinator of Poltava     see     404     404
signatory of Poltava       see     404     404
editor                     see     see     see
moderator                  see     404     404

file                       public  partners  team  restricted
like partnership
"""

# +: has the permission over the record and the page answers; ·: has it not, and the page sends away.
# People:   stranger ended inactive | Kalush, Zaporizhzhia, Poltava: reader editor coordinator signatory | editor moder.
DOING = """
accounts.answer_erasure     ···  ····  ····  ····  ··
accounts.answer_second      ···  ··++  ··++  ····  ·+  wish
accounts.end_absence        ···  ····  ····  ····  ··
accounts.end_membership     ···  ··+·  ····  ····  ·+  membership
accounts.hand_over          ···  ··+·  ····  ····  ·+  membership
accounts.invite             ···  ··+·  ····  ····  ·+  body Kalush
accounts.invite_to_platform ···  ····  ····  ····  ·+
accounts.lock               ···  ····  ····  ····  ·+
accounts.see_bodies_short   ···  ····  ····  ····  ·+
accounts.see_erasures       ···  ····  ····  ····  ·+
accounts.see_people         ···  ··+·  ··+·  ··+·  ·+
accounts.see_wishes         ···  ··++  ··++  ··++  ++
accounts.show_office        ···  ··++  ····  ····  ·+  holder team
accounts.verify             ···  ····  ····  ····  ·+
accounts.withdraw_hand_over ···  ····  ····  ····  ·+
agreements.read             ++·  ++++  ++++  ++++  ++  paper public
agreements.see_history      ···  ··++  ··++  ····  ·+  paper public
agreements.word             ···  ··++  ··++  ····  ··  paper public
audit.see_exports           ···  ··+·  ··+·  ··+·  ·+
audit.see_seals             ···  ····  ····  ····  ·+
newsroom.edit               ···  ·+··  ·+··  ····  +·  item draft
newsroom.publish            ···  ····  ·+··  ····  +·  item review
newsroom.review             ···  ·+··  ·+··  ·+··  +·
newsroom.withdraw           ···  ·+··  ·+··  ····  +·  item public
newsroom.write              ···  ·++·  ·++·  ·++·  +·
organisations.change        ···  ··+·  ····  ····  ·+  body Kalush
organisations.change_facts  ···  ····  ····  ····  ·+  body Kalush
organisations.change_holder ···  ··+·  ····  ····  ·+  holder public
organisations.end           ···  ····  ····  ····  ·+  body Kalush
organisations.enter         ···  ····  ····  ····  ·+
organisations.enter_holder  ···  ··+·  ····  ····  ·+  body Kalush
organisations.read          ++·  ++++  ++++  ++++  ++  body Kalush
organisations.see_history   ···  ++++  ····  ····  ·+  body Kalush
organisations.see_sights    ···  ··+·  ····  ····  ·+  body Kalush
outbox.retry                ···  ····  ····  ····  ·+
outbox.see                  ···  ····  ····  ····  ·+
partnerships.answer         ···  ····  ··++  ····  ··  party
partnerships.edit           ···  ··+·  ··+·  ····  ··  partnership public
partnerships.measure        ···  ··+·  ··+·  ····  ··  promise public
partnerships.moderate       ···  ····  ····  ····  ·+
partnerships.propose        ···  ··+·  ··+·  ··+·  ··
partnerships.read           ++·  ++++  ++++  ++++  ++  partnership public
partnerships.record_letter  ···  ··+·  ····  ····  ··  party
partnerships.respond        ···  ··+·  ····  ····  ··  answer
partnerships.see_history    ···  ··++  ··++  ····  ·+  partnership public
partnerships.sign           ···  ···+  ···+  ····  ··  partnership public
portal.take_down            ···  ····  ····  ····  ·+
"""

QUERIES: dict[str, Any] = {
    "partnership": Partnership.objects.visible_to,
    "paper": Agreement.objects.visible_to,
    "promise": Commitment.objects.visible_to,
    "note": ProgressNote.objects.visible_to,
    "value": Value.objects.visible_to,
    "holder": OfficeHolder.objects.visible_to,
    "decision": CouncilDecision.objects.visible_to,
    "item": newsroom.visible_to,
}


def tables(text: str) -> Iterator[tuple[str, dict[str, dict[str, str]]]]:
    """The tables by their kind: of each person, column and cell."""
    known: dict[str, dict[str, dict[str, str]]] = {}
    for block in text.strip().split("\n\n"):
        head, *lines = block.splitlines()
        kind, *columns = head.split()
        if lines[0].startswith("like "):
            known[kind] = known[lines[0].removeprefix("like ")]
        else:
            rows = (re.fullmatch(r"(.+?)\s+((?:(?:see|404|–)\s*)+)", line) for line in lines)
            known[kind] = {row[1]: dict(zip(columns, row[2].split(), strict=True)) for row in rows if row}
            assert len(known[kind]) == len(lines), kind
        yield kind, known[kind]


def doing(text: str) -> dict[str, tuple[dict[str, bool], str]]:
    """Of each permission: who has it, and over which record of the world."""
    found = {}
    for line in text.strip().splitlines():
        name, *cells = line.split()
        marks = "".join(cells[:5])
        assert set(marks) <= {"+", "·"}, line
        found[name] = (dict(zip(PEOPLE, (mark == "+" for mark in marks), strict=True)), " ".join(cells[5:]))
    return found


def page_of(kind: str, world: World, record: Any) -> str:
    """Where a record of the kind is shown."""
    if kind in {"note", "value"}:
        return reverse("partnerships:direction", args=[world.records["partnership public"].pk, "energy"])
    if kind == "decision":
        return reverse("portal:partnership", args=[world.records["partnership public"].pk])
    if kind == "holder":
        return reverse("portal:place", args=[world.records["body Kalush"].unit_id])
    name = {
        "partnership": "portal:partnership", "paper": "agreements:agreement", "item": "newsroom:item",
        "promise": "partnerships:commitment", "file": "files:file",
    }[kind]  # fmt: skip
    return reverse(name, args=[record.pk])


def text_of_record(kind: str, record: Any) -> str:
    """The marker that stands in the record."""
    names = {
        "partnership": "subject_uk", "paper": "title_uk", "promise": "text_uk", "note": "text_uk", "value": "unit_uk",
        "decision": "title_uk", "holder": "person_uk", "item": "title", "file": "name",
    }  # fmt: skip
    return str(getattr(record, names[kind]))


def client_of(world: World, key: str) -> Client:
    client = Client()
    if world.user(key).is_authenticated:
        client.force_login(world.user(key))
    return client


@pytest.mark.parametrize(
    ("kind", "table"), list(tables(SEEING)), ids=lambda value: value if isinstance(value, str) else ""
)
def test_who_sees(kind: str, table: dict[str, dict[str, str]]) -> None:
    assert set(table) == set(PEOPLE)
    world = build()
    wrong = []
    for key, cells in table.items():
        client = client_of(world, key)
        for column, cell in cells.items():
            record = world.records[f"{kind} {column}"]
            Meter.objects.all().delete()
            # A fresh person each time: a circle is read once per object.
            person = (
                type(world.user(key)).objects.get(pk=world.user(key).pk) if client.session.keys() else world.user(key)
            )
            answer = client.get(page_of(kind, world, record), follow=kind == "promise")
            stands = text_of_record(kind, record) in said_by(answer)
            found = "see" if stands and answer.status_code == 200 else "404" if answer.status_code == 404 else "–"
            if found != cell or (stands and cell != "see"):
                wrong.append(f"{key}, {kind} {column}: the page says {found}, not {cell}")
            if kind in QUERIES and QUERIES[kind](person).filter(pk=record.pk).exists() != (cell == "see"):
                wrong.append(f"{key}, {kind} {column}: the query says otherwise than {cell}")
            if kind == "file" and readable(person, StoredFile.objects.get(pk=record.pk), TODAY) != (cell == "see"):
                wrong.append(f"{key}, {kind} {column}: the question says otherwise than {cell}")
    assert not wrong, "\n".join(wrong)


def record_for(world: World, name: str) -> Any:
    if name == "membership":
        person = world.user("reader of Kalush")
        return Membership.objects.select_related("body").get(person=person)
    if name.startswith("partnership"):
        return partnerships.visible_to(world.user("moderator")).get(pk=world.records[name].pk)
    return type(world.records[name]).objects.get(pk=world.records[name].pk) if name else None


def test_every_permission_has_its_line_and_none_is_left_over() -> None:
    assert set(doing(DOING)) == set(rules.permissions.permissions)


def test_planted_permission_is_missed() -> None:
    rules.add_perm("projects.planted", rules.always_false)
    try:
        assert set(rules.permissions.permissions) - set(doing(DOING)) == {"projects.planted"}
    finally:
        rules.remove_perm("projects.planted")


def test_who_may() -> None:
    world = build()
    wrong = []
    for name, (cells, over) in doing(DOING).items():
        record = record_for(world, over)
        for key, expected in cells.items():
            # A stranger is asked as Django asks: by the backends; the page is asked below.
            if world.user(key).has_perm(name, record) != expected:
                wrong.append(f"{key}: {name} over {over or 'nothing'} is {not expected}, not {expected}")
    assert not wrong, "\n".join(wrong)


def addresses() -> dict[str, str]:
    """Of each permission the first address that carries it and can be read."""
    found: dict[str, str] = {}
    for _address, name, view in patterns(get_resolver()):
        access = getattr(view, "access", None)
        if access and "." in access:
            found.setdefault(access, name)
    return found


# The first address of these only changes something: another one is asked, or there is none to read.
READ_AT = {
    "accounts.end_absence": "", "accounts.answer_second": "", "accounts.show_office": "", "outbox.retry": "",
    "accounts.withdraw_hand_over": "", "accounts.answer_erasure": "", "agreements.word": "agreements:revise",
    "newsroom.publish": "", "newsroom.withdraw": "", "partnerships.answer": "", "audit.see_seals": "audit:seals",
    "partnerships.moderate": "partnerships:dismiss", "partnerships.edit": "partnerships:invite",
    "partnerships.respond": "partnerships:response", "accounts.verify": "accounts:joinings",
    "portal.take_down": "portal:takedowns", "partnerships.sign": "",
}  # fmt: skip


def test_pages_say_the_same() -> None:
    """Who may opens the page; who may not is sent away, a visitor to sign in."""
    world = build()
    wrong = []
    answer = world.records["answer"]
    asked = {access: READ_AT.get(access, name) for access, name in addresses().items()}
    for access, name in asked.items():
        if not name:
            continue
        cells, over = doing(DOING)[access]
        record = record_for(world, over) or (answer if "dismiss" in name else None)
        takes_number = name in PK or (name.partition(":")[0] in PK and record is not None)
        address = reverse(name, args=[record.pk] if record is not None and takes_number else [])
        # The session of a closed account is a visitor's.
        cells = cells | {"inactive": cells["stranger"]}
        for key, expected in cells.items():
            Meter.objects.all().delete()
            got = client_of(world, key).get(address)
            sent = got.status_code in {403, 404} or (got.status_code == 302 and "sign-in" in got["Location"])
            if sent == expected or got.status_code >= 500:
                wrong.append(f"{key} at {address} ({access}): {got.status_code}")
            if key == "stranger" and not expected and got.status_code == 403:
                wrong.append(f"{key} at {address}: not led to sign in")
    assert not wrong, "\n".join(wrong)
