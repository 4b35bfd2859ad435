"""The set-up of do.py: once per content, repaired after an interruption, nothing kept of a failure."""

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from house.environment import Refused

from house import installing


@pytest.fixture(scope="module")
def made_venv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a virtual environment that do.py made over a half-made one."""
    project = tmp_path_factory.mktemp("project")
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "half-made").write_text("interrupted here")
    (project / "requirements").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        at(project, patch)
        installing.make_venv()
    return project


def at(project: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(installing, "ROOT", project)
    patch.setattr(installing, "VENV", project / ".venv")


@pytest.fixture
def project(made_venv: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at(made_venv, monkeypatch)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PATH", "/nonexistent")  # without uv: pip is what every machine has
    for stamp in made_venv.glob(".venv/.installed-*"):
        stamp.unlink()
    return made_venv


def lock_a_wheel(project: Path, *, version: str, hashed: str = "") -> None:
    """Write a lock with one small package that lies beside it."""
    wheel = project / f"probe-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("probe.py", f"version = {version!r}\n")
        archive.writestr(
            f"probe-{version}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: probe\nVersion: {version}\n"
        )
        archive.writestr(
            f"probe-{version}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"probe-{version}.dist-info/RECORD", "")
    digest = hashed or hashlib.sha256(wheel.read_bytes()).hexdigest()
    (project / "requirements/web.txt").write_text(f"{wheel} --hash=sha256:{digest}\n")


def version_seen(project: Path) -> str:
    asked = [installing.in_venv("python"), "-c", "import probe; print(probe.version)"]
    return subprocess.run(asked, capture_output=True, text=True, check=False, cwd=project).stdout.strip()


def test_half_made_environment_is_made_anew(made_venv: Path) -> None:
    assert not (made_venv / ".venv/half-made").exists()
    assert (made_venv / ".venv/.made").read_text().startswith(f"{sys.version_info[0]}.{sys.version_info[1]} ")


def test_whole_environment_is_left_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (project / ".venv/pyvenv.cfg").stat().st_mtime_ns

    installing.make_venv()

    assert (project / ".venv/pyvenv.cfg").stat().st_mtime_ns == before
    assert capsys.readouterr().out == ""


def test_environment_made_by_hand_is_taken_as_it_is(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / ".venv/.made").unlink()
    (project / ".venv/mine").touch()

    installing.make_venv()

    assert (project / ".venv/mine").exists()
    assert capsys.readouterr().out == ""


def test_packages_are_installed_once_per_content(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock_a_wheel(project, version="1.0")

    installing.install("web")
    first = capsys.readouterr().out
    installing.install("web")
    second = capsys.readouterr().out
    lock_a_wheel(project, version="1.1")
    installing.install("web")

    assert "installed in" in first
    assert second == ""
    assert version_seen(project) == "1.1"


def test_package_with_another_hash_is_refused_and_tried_again(project: Path) -> None:
    lock_a_wheel(project, version="1.2", hashed="0" * 64)

    with pytest.raises(Refused, match=r"install\.log"):
        installing.install("web")

    assert not (project / ".venv/.installed-web").exists()
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in (project / ".venv/install.log").read_text()


def test_without_network_the_network_is_asked_for(project: Path) -> None:
    (project / "requirements/web.txt").write_text(f"absent==1.0 --hash=sha256:{'0' * 64}\n")

    with pytest.raises(Refused, match="connect to the network"):
        installing.install("web")

    assert not (project / ".venv/.installed-web").exists()


def test_source_is_on_the_path_without_a_build(project: Path) -> None:
    (project / "src").mkdir(exist_ok=True)
    (project / "src/ours.py").write_text("word = 'ours'\n")

    installing.put_source_on_path()

    asked = [installing.in_venv("python"), "-c", "import ours; print(ours.word)"]
    assert subprocess.run(asked, capture_output=True, text=True, check=False).stdout == "ours\n"


def test_digest_tells_content_and_name(project: Path) -> None:
    one, other = project / "one", project / "other"
    one.write_text("same")
    other.write_text("same")

    assert installing.digest([one]) == installing.digest([one])
    assert installing.digest([one]) != installing.digest([other])
    before = installing.digest([one])
    one.write_text("changed")
    assert installing.digest([one]) != before
