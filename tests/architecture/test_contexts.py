"""The contracts of import-linter: every context has its place, and each kind of violation breaks the build."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.shape import ROOT, SOURCE

LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
CONTRACTS = {contract["id"]: contract for contract in LINTER["contracts"]}


def contexts(source: Path = SOURCE) -> set[str]:
    return {path.parent.name for path in (source / "pobratym").glob("*/__init__.py")}


def placed() -> list[str]:
    return [name.strip(" ()") for layer in CONTRACTS["contexts"]["layers"] for name in layer.split("|")]


def test_every_context_has_its_place() -> None:
    assert contexts() - set(placed()) == set()
    assert len(placed()) == len(set(placed()))


def test_the_layers_inside_hold_for_every_context_that_has_layers() -> None:
    layers = {name.strip(" ()") for layer in CONTRACTS["inside"]["layers"] for name in layer.split("|")}
    layered = {
        f"pobratym.{path.parent.name}"
        for path in (SOURCE / "pobratym").glob("*/models.py")
        if layers & {module.stem for module in path.parent.iterdir()}
    }

    assert layered - set(CONTRACTS["inside"]["containers"]) == set()


def lint(source: Path) -> subprocess.CompletedProcess[str]:
    """The build's own contracts over a copy of the source."""
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        cwd=source.parent,
        env={"PYTHONPATH": str(source), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    # Of every context only its first layers: enough to be linted, quick to be read.
    for path in SOURCE.rglob("*.py"):
        if "migrations" not in path.parts and "management" not in path.parts:
            target = tmp_path / "src" / path.relative_to(SOURCE)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path / "src"


def test_contracts_are_kept(copy: Path) -> None:
    done = lint(copy)

    assert done.returncode == 0, done.stdout[-3000:]
    assert "0 broken" in done.stdout


PLANTED = [
    # A lower context asks a higher one; an operation its own view; the kit the framework; a new context without place.
    ("contexts", "pobratym/audit/planted.py", "from pobratym.accounts import models\n"),
    ("contexts", "pobratym/statistics/__init__.py", '"""A context without a place."""\n'),
    ("inside", "pobratym/accounts/models/__init__.py", "from pobratym.accounts import urls\n"),
    ("kit", "hromadkit/planted.py", "import django\n"),
    ("kit", "hromadkit/places/planted.py", "from pobratym.vocabulary import choices\n"),
    ("web", "pobratym/accounts/operations/__init__.py", "from pobratym.ui import pages\n"),
]


@pytest.mark.parametrize(("contract", "module", "code"), PLANTED)
def test_planted_import_breaks_its_contract(copy: Path, contract: str, module: str, code: str) -> None:
    path = copy / module
    path.parent.with_suffix(".py").unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code, encoding="utf-8")

    done = lint(copy)

    assert done.returncode != 0
    assert f"{CONTRACTS[contract]['name']} BROKEN" in done.stdout or "not listed as layers" in done.stdout, done.stdout[
        -3000:
    ]
