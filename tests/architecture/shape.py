"""Ratchets over Python source. Each takes source and gives the violations as lines to read; none is a clean tree."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
MODULE_LIMIT, FUNCTION_LIMIT = 400, 40
VAGUE = re.compile(r"(^|_)(utils?|helpers?|common|misc|managers?)(_|$)")
BELOW_VIEWS = {"operations", "queries", "rules", "models", "stages", "choices", "history"}
CLOCKS = {"now", "today", "utcnow", "time_ns"}
# These read the clock only when they are given no moment to turn into a local one.
CLOCKS_WITHOUT_ARGUMENTS = {"localdate", "localtime"}


def modules(*roots: Path) -> list[Path]:
    """Every module that people write; migrations are written by Django."""
    found = [path for root in roots for path in ([root] if root.is_file() else root.rglob("*.py"))]
    return sorted(path for path in found if "migrations" not in path.parts)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def layer(path: Path) -> str:
    """The layer that a module of a context belongs to: ``operations.py`` and ``operations/sign.py`` alike."""
    parts = (
        path.relative_to(SOURCE).with_suffix("").parts if path.is_relative_to(SOURCE) else path.with_suffix("").parts
    )
    return next((part for part in parts if part in BELOW_VIEWS), parts[-1])


def too_long_module(source: str) -> list[str]:
    lines = source.count("\n")
    return [f"{lines} lines, more than {MODULE_LIMIT}: make it a package"] if lines > MODULE_LIMIT else []


def body_length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of what it does: keywords, one to a line, and the sentence about it do not count."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def too_long_functions(source: str) -> list[str]:
    return [
        f"{function.name} has {body_length(function)} lines, more than {FUNCTION_LIMIT}"
        for function in functions(ast.parse(source))
        if body_length(function) > FUNCTION_LIMIT
    ]


def imports_inside(source: str) -> list[str]:
    return [
        f"line {node.lineno}: {function.name} imports; only modules do"
        for function in functions(ast.parse(source))
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]


def operations(source: str) -> list[ast.FunctionDef]:
    """What changes something: it is atomic, or says by whom or when. A question beside it is none."""
    return [
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and (
            {"by", "at"} & {argument.arg for argument in ast.walk(node.args) if isinstance(argument, ast.arg)}
            or is_atomic(node)
        )
    ]


def is_atomic(function: ast.FunctionDef) -> bool:
    return any("atomic" in ast.unparse(decorator) for decorator in function.decorator_list)


def positional_operations(source: str) -> list[str]:
    """An operation takes keywords only: two bodies in the wrong order would be signed by the wrong one."""
    return [
        f"{operation.name} takes positional arguments; begin them with *"
        for operation in operations(source)
        if operation.args.args or operation.args.posonlyargs or operation.args.vararg
    ]


def operations_without_docstring(source: str) -> list[str]:
    silent = [operation.name for operation in operations(source) if not ast.get_docstring(operation)]
    return [f"{name} says nothing of what it does" for name in silent]


def signals(source: str) -> list[str]:
    """Upward information flows by query: no signals, and nothing that only happens after the transaction."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and "signals" in (node.module or "").split("."):
            found.append(f"line {node.lineno}: imports from {node.module}")
        if isinstance(node, ast.ImportFrom) and any(name.name in {"receiver", "Signal"} for name in node.names):
            found.append(f"line {node.lineno}: receives or makes signals")
        if isinstance(node, ast.Attribute) and node.attr == "on_commit":
            found.append(f"line {node.lineno}: on_commit is lost with the process; queue a row of the outbox")
    return found


def clocks(source: str) -> list[str]:
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        f"line {call.lineno}: reads the clock; take the time as an argument"
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and (call.func.attr in CLOCKS or (call.func.attr in CLOCKS_WITHOUT_ARGUMENTS and not call.args))
    ]


def speaks_http(source: str) -> list[str]:
    """What import-linter cannot tell: ``django.http`` is a part of a package that all may import."""
    web = ("django.http", "django.shortcuts", "django.contrib.messages")
    imports = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    return [f"line {node.lineno}: imports {node.module}" for node in imports if (node.module or "").startswith(web)]


def vague_name(path: Path) -> list[str]:
    name = path.parent.name if path.name == "__init__.py" else path.stem
    return [f"“{name}” does not say what is in it"] if VAGUE.search(name) else []


def without_docstring(source: str) -> list[str]:
    return [] if not source.strip() or ast.get_docstring(ast.parse(source)) else ["the module says nothing of itself"]
