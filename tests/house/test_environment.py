"""What do.py refuses: one sentence that says what to do, before anything is installed."""

import ast
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from house.environment import Refused

from house import environment, installing

ROOT = environment.ROOT


def do(
    *arguments: str, folder: Path = ROOT, python: str = sys.executable, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run do.py as a person does, in an environment without settings of their own."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("POBRATYM_", "PYTHON"))}
    return subprocess.run(
        [python, "do.py", *arguments],
        cwd=folder,
        env=inherited | variables,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def assert_one_sentence(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    for word in words:
        assert word in done.stderr


def test_busy_port_names_the_port_and_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        done = do("serve", POBRATYM_PORT=port)

    assert_one_sentence(done, f"Port {port} of 127.0.0.1 is taken", "POBRATYM_PORT=")


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("POBRATYM_PORT", "eighty", "number from 1 to 65535"),
        ("POBRATYM_PORT", "0", "number from 1 to 65535"),
        ("POBRATYM_PORT", "70000", "number from 1 to 65535"),
        ("POBRATYM_PORT", "²", "number from 1 to 65535"),
        ("POBRATYM_HOST", "no such host", "an address of this machine"),
        ("POBRATYM_HOST", "192.0.2.1", "an address of this machine"),
        ("POBRATYM_DB", "mysql", "sqlite or postgresql"),
        ("POBRATYM_DEBUG", "perhaps", "yes or no"),
        ("POBRATYM_DEMONSTRATION", "так", "yes or no"),
        ("POBRATYM_MAIL_PORT", "smtp", "a whole number"),
        ("POBRATYM_EVALUATION_DATA", "no/such/folder", "no folder"),
        ("POBRATYM_PROT", "8001", "not a setting of Pobratym"),
    ],
)
def test_wrong_value_is_named_with_what_would_be_right(name: str, value: str, advice: str) -> None:
    done = do("serve", **{name: value})

    assert_one_sentence(done, name, advice)


def test_wrong_value_is_refused_by_test_too() -> None:
    assert_one_sentence(do("test", POBRATYM_EVALUATION_DATA="no/such/folder"), "POBRATYM_EVALUATION_DATA")


def test_every_setting_that_is_read_is_known() -> None:
    known = environment.readable_settings()

    assert known["POBRATYM_DEBUG"] == "flag"
    assert {"POBRATYM_HOST", "POBRATYM_PORT", "POBRATYM_DATA", "POBRATYM_DB_HOST", "POBRATYM_SECRET_KEY_FILE"} <= set(
        known
    )
    assert known["POBRATYM_SCREENSHOTS"] == "text"


def test_unknown_command_lists_the_commands() -> None:
    assert_one_sentence(do("srve"), "serve | test | check")
    assert_one_sentence(do(), "serve | test | check")


def test_data_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    done = do("serve", POBRATYM_DATA=str(tmp_path / "file" / "var"), POBRATYM_PORT=free_port())

    assert_one_sentence(done, str(tmp_path / "file" / "var"), "set POBRATYM_DATA to a folder that can be written")


def test_project_that_cannot_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below a file nobody can write, not even root, who passes over permission bits."""
    (tmp_path / "file").touch()
    monkeypatch.setattr(installing, "ROOT", tmp_path / "file" / "project")
    monkeypatch.setattr(installing, "VENV", tmp_path / "file" / "project" / ".venv")

    with pytest.raises(Refused, match=r"cannot be written .*: move the project"):
        installing.make_venv()


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return str(probe.getsockname()[1])


@pytest.mark.parametrize("version", [(2, 7), (3, 8), (3, 10), (3, 14), (4, 0)])
def test_other_python_is_refused(version: tuple[int, int]) -> None:
    with pytest.raises(Refused, match=r"start do.py with Python 3.11, 3.12 or 3.13"):
        environment.check_python(version, missing=False)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_each_promised_python_is_taken(version: tuple[int, int]) -> None:
    environment.check_python(version, missing=False)


def test_python_without_venv_is_refused_with_debians_package() -> None:
    with pytest.raises(Refused, match="python3-venv"):
        environment.check_python((3, 11), missing=True)


def test_missing_ensurepip_is_noticed(tmp_path: Path) -> None:
    """A Python as Debian ships it: ``venv`` is there, ``ensurepip`` is not, nor is uv."""
    fake = tmp_path / "sitecustomize.py"
    fake.write_text(
        "import importlib.util as u\n"
        "real = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'ensurepip' else real(name, *more)\n"
    )

    done = do("serve", PYTHONPATH=str(tmp_path), PATH="/nonexistent")

    assert_one_sentence(done, "apt install python3-venv")


def test_do_parses_on_pythons_that_it_refuses() -> None:
    for path in [ROOT / "do.py", *(ROOT / "house").glob("*.py")]:
        compile(path.read_text(encoding="utf-8"), str(path), "exec", flags=0x400, _feature_version=8)


def test_house_stands_on_the_standard_library_alone() -> None:
    """Above all not on ``tests``, which chooses a data folder of its own when it is imported."""
    allowed = {"house", *sys.stdlib_module_names}
    for path in [ROOT / "do.py", *(ROOT / "house").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert {name.split(".")[0] for name in names} - allowed == set(), path.name
