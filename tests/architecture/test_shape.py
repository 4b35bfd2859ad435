"""The shape of modules, functions and operations, over the tree and over planted violations."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import shape
from tests.architecture.shape import BELOW_VIEWS, ROOT, SOURCE, layer, modules

Ratchet = Callable[[str], list[str]]

WRITTEN = modules(SOURCE, ROOT / "do.py", ROOT / "house", ROOT / "tests", ROOT / "scripts", ROOT / "benchmarks")
SHIPPED = modules(SOURCE, ROOT / "do.py", ROOT / "house", ROOT / "scripts")
OPERATIONS = [path for path in modules(SOURCE / "pobratym") if layer(path) == "operations"]
LOWER = [path for path in modules(SOURCE / "pobratym") if layer(path) in BELOW_VIEWS]


def over(ratchet: Ratchet, paths: list[Path]) -> list[str]:
    """All violations as ``path: what is wrong``."""
    return [f"{path.relative_to(ROOT)}: {said}" for path in paths for said in ratchet(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    ("ratchet", "paths"),
    [
        (shape.too_long_module, WRITTEN),
        (shape.too_long_functions, WRITTEN),
        (shape.without_docstring, WRITTEN),
        (shape.imports_inside, SHIPPED),
        (shape.signals, modules(SOURCE)),
        (shape.positional_operations, OPERATIONS),
        (shape.operations_without_docstring, OPERATIONS),
        (shape.speaks_http, LOWER),
        (shape.clocks, [*LOWER, *modules(SOURCE / "hromadkit")]),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_tree_keeps(ratchet: Ratchet, paths: list[Path]) -> None:
    assert paths
    assert over(ratchet, paths) == []


def test_module_names_say_what_is_in_them() -> None:
    assert [f"{path.relative_to(ROOT)}: {said}" for path in WRITTEN for said in shape.vague_name(path)] == []


LONG_FUNCTION = "def long():\n" + "    x = 1\n" * 41

PLANTED: list[tuple[Ratchet, str, str]] = [
    (shape.too_long_module, "x = 1\n" * 401, "x = 1\n" * 400),
    (shape.too_long_functions, LONG_FUNCTION, LONG_FUNCTION.removesuffix("    x = 1\n")),
    (
        shape.too_long_functions,
        f"class A:\n{LONG_FUNCTION.replace('def', ' def').replace('    x', '      x')}",
        "class A: pass",
    ),
    (
        shape.too_long_functions,
        LONG_FUNCTION.replace("()", "(\n    *,\n    by,\n)"),
        LONG_FUNCTION.removesuffix("    x = 1\n").replace("long():", 'long(\n    *,\n    by,\n):\n    """Say."""'),
    ),
    (shape.without_docstring, "x = 1\n", '"""What it is."""\nx = 1\n'),
    (shape.imports_inside, "def f():\n    import os\n", "import os\ndef f(): pass\n"),
    (
        shape.imports_inside,
        "class A:\n    def f(self):\n        if self:\n            from os import path\n",
        "import os\n",
    ),
    (shape.signals, "from django.db.models.signals import post_save\n", "from django.db.models import Model\n"),
    (shape.signals, "from django.dispatch import receiver\n", "from django.urls import path\n"),
    (shape.signals, "transaction.on_commit(send)\n", "transaction.atomic()\n"),
    (shape.positional_operations, "def sign(partnership, *, by): ...\n", "def sign(*, partnership, by): ...\n"),
    (shape.positional_operations, "def sign(*all, at): ...\n", "def _sign(partnership, at): ...\n"),
    (shape.positional_operations, "@transaction.atomic\ndef load(path): ...\n", "def digest(entry): ...\n"),
    (shape.operations_without_docstring, "def sign(*, by): ...\n", 'def sign(*, by):\n    """Sign."""\n'),
    (shape.speaks_http, "from django.http import HttpResponse\n", "from django.db import models\n"),
    (shape.clocks, "at = timezone.now()\n", "at = at + one_day\n"),
    (shape.clocks, "def f(): return dt.date.today()\n", "def f(today): return today\n"),
    (shape.clocks, "day = timezone.localdate()\n", "day = timezone.localdate(at)\n"),
]


@pytest.mark.parametrize(("ratchet", "planted", "clean"), PLANTED, ids=lambda value: getattr(value, "__name__", ""))
def test_planted_violation_is_found_and_its_right_form_is_not(ratchet: Ratchet, planted: str, clean: str) -> None:
    ast.parse(planted)

    assert ratchet(planted)
    assert ratchet(clean) == []


@pytest.mark.parametrize("name", ["utils.py", "string_helpers.py", "common/__init__.py", "misc.py", "manager.py"])
def test_planted_vague_name_is_found(name: str) -> None:
    assert shape.vague_name(Path(name))


@pytest.mark.parametrize(
    "name", ["operations.py", "management/commands/demo.py", "communities.py", "commons_register.py"]
)
def test_telling_name_is_not(name: str) -> None:
    assert shape.vague_name(Path(name)) == []


def test_layer_of_a_module_and_of_a_package_is_the_same() -> None:
    assert layer(SOURCE / "pobratym/partnerships/operations.py") == "operations"
    assert layer(SOURCE / "pobratym/partnerships/operations/sign.py") == "operations"
    assert layer(SOURCE / "pobratym/portal/views/desk.py") == "desk"
