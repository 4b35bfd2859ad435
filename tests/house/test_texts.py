"""What is written is true: commands, links, settings; nothing tells of the machine it was made on."""

import re
import subprocess
from pathlib import Path

import do
import pytest
import yaml
from house.environment import ROOT, readable_settings

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
COMMAND = re.compile(r"(?:python3? |`)do\.py ([a-z]+)")
LINK = re.compile(r"\]\(([^)#\s]+)")
# A home folder, a temporary one, a work folder, or the host of a package index.
MACHINE = re.compile(
    r"/(?:home|Users)/(?!runner\b)\w+|/"
    r"root/|/tmp/\w|/"
    r"work/|https?://[\w.-]*(?:py"
    r"pi|pythonhosted|npm"
    r"js)\."
)


def tracked() -> list[Path]:
    """Files of the repository, as git knows them."""
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return [ROOT / name for name in told.stdout.split("\0") if name and (ROOT / name).is_file()]


def words_of_a_machine(text: str) -> list[str]:
    return MACHINE.findall(text)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_in_texts_exist(document: Path) -> None:
    assert set(COMMAND.findall(document.read_text(encoding="utf-8"))) - set(do.COMMANDS) == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_in_texts_lead_somewhere(document: Path) -> None:
    links = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]

    assert [link for link in links if not (document.parent / link).exists()] == []


def test_readme_shows_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert "python3 do.py serve" in readme
    assert "python3 do.py test" in readme


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs/operate/install.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(POBRATYM_[A-Z_]+)`", page))
    for first, more in re.findall(r"`(POBRATYM_[A-Z]+)_[A-Z]+`((?:, `_[A-Z_]+`)+)", page):
        told |= {first + rest for rest in re.findall(r"`(_[A-Z_]+)`", more)}

    settings = {name for name in readable_settings() if not name.endswith("_FILE")}

    assert settings - told == set()
    assert {name for name in told - settings if not name.endswith("_FILE")} == set()


@pytest.mark.parametrize("name", ["web", "dev"])
def test_locks_are_pinned_hashed_and_name_no_host(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    packages = [part for part in re.split(r"\n(?=\S)", text.strip()) if not part.startswith("#")]

    assert "http" not in text
    assert "index" not in text
    assert [part for part in packages if not re.match(r"[\w.-]+(\[[\w,]+\])?==", part)] == []
    assert [part for part in packages if "--hash=sha256:" not in part] == []


def test_dev_lock_holds_the_web_lock() -> None:
    pins = {
        name: set(re.findall(r"^[\w.-]+==\S+", (ROOT / f"requirements/{name}.txt").read_text(), re.MULTILINE))
        for name in ("web", "dev")
    }

    assert pins["web"] - pins["dev"] == set()


def test_files_name_no_machine_and_no_registry() -> None:
    said = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        said += [f"{path.relative_to(ROOT)}: {word}" for word in words_of_a_machine(text)]

    assert said == []


def test_planted_machine_is_found() -> None:
    assert words_of_a_machine("made in /" + "home/olena/pobratym")
    assert words_of_a_machine("--index-url https://" + "pypi.example.org/simple")
    assert words_of_a_machine("cd /" + "work/main")
    assert words_of_a_machine("/usr/lib/postgresql and https://decentralization.gov.ua/news/17698") == []


def test_no_lock_of_a_tool_is_tracked() -> None:
    assert [path for path in tracked() if path.name in {"uv.lock", "package-lock.json", "poetry.lock"}] == []
    assert [path for path in tracked() if path.suffix == ".mo"] == []


def test_public_metadata_has_what_its_standard_asks_for() -> None:
    told = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))

    assert told["publiccodeYmlVersion"] == "0.4"
    assert told["legal"]["license"] == "EUPL-1.2"
    for language in told["localisation"]["availableLanguages"]:
        description = told["description"][language]
        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10_000
        assert description["features"]
    version = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version
    assert told["softwareVersion"] == version[1]


def test_licence_text_is_whole() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert licence == (ROOT / "LICENSES/EUPL-1.2.txt").read_text(encoding="utf-8")
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [number for number in range(1, 16) if not re.search(rf"^{number}\.", licence, re.MULTILINE)] == []
    assert "‘Compatible Licences’ according to Article 5 EUPL are:" in licence


def test_fragments_are_of_a_known_kind_and_in_both_languages() -> None:
    for path in (ROOT / "changes").glob("*.md"):
        if path.name != "README.md":
            assert re.fullmatch(r"[a-z0-9-]+\.(added|changed|fixed|removed|security)\.md", path.name), path.name
            ukrainian, english = path.read_text(encoding="utf-8").strip().splitlines()
            assert re.search(r"[а-яіїєґ]", ukrainian)
            assert not re.search(r"[а-яіїєґ]", english)


def test_proofs_that_documents_name_exist() -> None:
    """A line of the security page stands on a test; one that was renamed or removed would leave it on nothing."""
    said = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    modules = list((ROOT / "tests").rglob("test_*.py"))
    written = {name for path in modules for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8"))}

    named = set(re.findall(r"::(test_\w+)", said))
    assert len(named) > 50
    assert named - written == set()
    assert set(re.findall(r"\b(test_\w+\.py)", said)) - {path.name for path in modules} == set()
