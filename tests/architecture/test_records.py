"""Audit verbs, catalogues, migrations and decisions, over the tree and over planted violations."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from pobratym.audit import history
from pobratym.config import catalogues
from tests.architecture import records
from tests.architecture.shape import ROOT, SOURCE, modules

OURS = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("pobratym."))
WITH_MESSAGES = [context for context in catalogues.contexts() if list(catalogues.extracted(context))[1:]]


def test_every_recorded_verb_has_a_sentence_that_its_facts_fill() -> None:
    said = [
        f"{path.relative_to(ROOT)}: {problem}"
        for path in modules(SOURCE / "pobratym")
        for problem in records.verbs_without_sentence(path.read_text(encoding="utf-8"), history.sentences)
    ]

    assert history.sentences
    assert said == []


def test_planted_verb_is_found() -> None:
    call = "audit.record(verb='partnerships.party.invited', by=by, subject=p, at=at, name=n)"
    known = {"partnerships.party.invited": "invited %(name)s"}

    assert records.verbs_without_sentence(call, {})
    assert records.verbs_without_sentence(call, {"partnerships.party.invited": "invited %(who)s"})
    assert records.verbs_without_sentence(call.replace("partnerships.party.invited", "invite"), {"invite": ""})
    assert records.verbs_without_sentence(call, known) == []
    assert records.verbs_without_sentence(call.replace("name=n", "**facts"), known) == []


@pytest.mark.parametrize("context", WITH_MESSAGES, ids=lambda path: path.name)
def test_ukrainian_is_complete(context: Path) -> None:
    catalogue, text = catalogues.updated(context)

    assert catalogues.missing(catalogue) == []
    assert catalogues.catalogue_of(context).read_text(encoding="utf-8") == text, "run: python3 do.py messages"


@pytest.mark.parametrize("context", WITH_MESSAGES, ids=lambda path: path.name)
def test_ukrainian_is_written_as_ukrainian(context: Path) -> None:
    catalogue, _ = catalogues.updated(context)
    pairs = []
    for message in catalogue:
        if isinstance(message.id, str):
            pairs.append((message.id, str(message.string or "")))
        else:
            pairs += [(message.id[1], text) for text in message.string or ()]
    pairs = [(said, text) for said, text in pairs if said and text]  # what is missing is told by another test

    assert records.doubtful_texts(pairs) == []


@pytest.mark.parametrize(
    "pair",
    [
        ("Signed by %(name)s", "Підписано"),
        ("memory", "пам'ять"),
        ("memory", "памʼять"),
        ("They", "Оны"),
        ("The portal", 'Портал "Децентралізація"'),
    ],
)
def test_planted_text_is_found(pair: tuple[str, str]) -> None:
    assert records.doubtful_texts([pair])


def test_right_text_is_not() -> None:
    right = [
        ("Signed by %(name)s", "Підписує %(name)s"),
        ("memory", "пам’ять «Портал»"),
        ("Open", '<a href="/">Так</a>'),
    ]

    assert records.doubtful_texts(right) == []


def test_message_without_ukrainian_text_and_a_doubtful_one_are_missing() -> None:
    catalogue = catalogues.Catalog(locale="uk")
    catalogue.add("done", "зроблено")
    catalogue.add("empty")
    catalogue.add("doubtful", "сумнівно", flags=["fuzzy"])
    catalogue.add(("one", "many"), ("один", "", "багато"))

    assert catalogues.missing(catalogue) == ["empty", "doubtful", "('one', 'many')"]


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("label", OURS)
def test_migrations_are_one_line(label: str) -> None:
    disk = {name: step for (app, name), step in MigrationLoader(None).disk_migrations.items() if app == label}
    inside = {name: [before for app, before in step.dependencies if app == label] for name, step in disk.items()}

    assert records.disordered_migrations(disk, inside) == []


@pytest.mark.parametrize(
    ("names", "dependencies"),
    [
        (["0001_initial", "0003_visibility"], {"0003_visibility": ["0001_initial"]}),
        (["0001_initial", "0002_a", "0003_b"], {"0002_a": ["0001_initial"], "0003_b": ["0001_initial"]}),
        (["0001_initial", "0002_a", "0002_b"], {"0002_a": ["0001_initial"], "0002_b": ["0001_initial"]}),
        (["0001_initial", "0002_auto_20261124_0800"], {"0002_auto_20261124_0800": ["0001_initial"]}),
        (["0001_initial", "0002_party_note_and_more"], {"0002_party_note_and_more": ["0001_initial"]}),
    ],
)
def test_planted_migration_is_found(names: list[str], dependencies: dict[str, list[str]]) -> None:
    assert records.disordered_migrations(names, dependencies)


def test_migrations_in_a_line_are_not() -> None:
    assert records.disordered_migrations(["0001_initial", "0002_parties"], {"0002_parties": ["0001_initial"]}) == []


def test_decisions_are_numbered_and_short() -> None:
    folder = ROOT / "docs" / "adr"

    assert list(folder.glob("*.md"))
    assert records.wrong_decisions(folder) == []


RIGHT = "# 0000 Record decisions\n\n" + "\n\nText.\n\n".join(records.SECTIONS) + "\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("0001-record.md", RIGHT),
        ("record.md", RIGHT),
        ("0000-record.md", RIGHT + "more\n" * 30),
        ("0000-record.md", RIGHT.replace("## Consequences", "## Result")),
        ("0000-record.md", RIGHT.replace("# 0000 ", "# ")),
    ],
)
def test_planted_decision_is_found(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)

    assert records.wrong_decisions(tmp_path)


def test_right_decision_is_not(tmp_path: Path) -> None:
    (tmp_path / "0000-record-decisions.md").write_text(RIGHT)

    assert records.wrong_decisions(tmp_path) == []
