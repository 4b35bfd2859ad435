"""A form's fields are called like the arguments of the operation it is for, so that a view passes them on whole."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from django import forms

from tests.architecture.shape import ROOT, SOURCE, functions, modules

VIEWS = [path for path in modules(SOURCE / "pobratym") if "views" in (path.stem, path.parent.name)]


def passes_form(call: ast.Call) -> bool:
    """Whether ``**form.cleaned_data`` is among the arguments."""
    return any(
        keyword.arg is None and isinstance(keyword.value, ast.Attribute) and keyword.value.attr == "cleaned_data"
        for keyword in call.keywords
    )


def value(node: ast.expr, module: Any) -> Any:
    """What a dotted name means in the module; None if it means nothing there."""
    found: Any = module
    for name in ast.unparse(node).split("."):
        found = getattr(found, name, None)
    return found


def form_calls(source: str, module: Any) -> Iterator[tuple[ast.Call, type[forms.BaseForm]]]:
    """Each operation that is given a form whole, with the only form class of its view."""
    for function in functions(ast.parse(source)):
        calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
        classes = {found for call in calls if isinstance(found := value(call.func, module), type)}
        used = [found for found in classes if issubclass(found, forms.BaseForm)]
        if len(used) == 1:
            yield from ((call, used[0]) for call in calls if passes_form(call))


def mismatches(source: str, module: Any) -> list[str]:
    said = []
    for call, form in form_calls(source, module):
        operation = value(call.func, module)
        if operation is None:
            continue
        given = {keyword.arg for keyword in call.keywords if keyword.arg}
        parameters = inspect.signature(operation).parameters
        fields = set(form.base_fields)  # type: ignore[attr-defined]
        if strangers := fields - set(parameters):
            said.append(f"{form.__name__} has {sorted(strangers)}, which {operation.__name__} does not take")
        if doubled := fields & given:
            said.append(f"{form.__name__} has {sorted(doubled)}, which the view gives to {operation.__name__} itself")
        required = {
            name for name, one in parameters.items() if one.default is one.empty and one.kind is one.KEYWORD_ONLY
        }
        whole = sum(keyword.arg is None for keyword in call.keywords) == 1
        if whole and (absent := required - fields - given):
            said.append(f"{operation.__name__} asks for {sorted(absent)}, which {form.__name__} does not have")
    return said


def module_of(path: Path) -> ModuleType:
    name = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
    return importlib.import_module(name.removesuffix(".__init__"))


def test_fields_are_called_like_arguments() -> None:
    said = [
        f"{path.relative_to(ROOT)}: {problem}"
        for path in VIEWS
        for problem in mismatches(path.read_text(encoding="utf-8"), module_of(path))
    ]

    assert said == []


class Sign(forms.Form):
    number = forms.CharField()
    signed_on = forms.DateField()


def sign(*, paper: object, number: str, signed_on: object, by: object) -> None: ...


VIEW = """
def view(request, paper):
    form = forms.Sign(request.POST)
    operations.sign(paper=paper, by=request.user, **form.cleaned_data)
"""


def planted(view: str = VIEW, **names: Any) -> list[str]:
    module = SimpleNamespace(forms=SimpleNamespace(Sign=Sign), operations=SimpleNamespace(sign=sign))
    for name, changed in names.items():
        setattr(module, name, changed)
    return mismatches(view, module)


def test_matching_form_is_clean() -> None:
    assert planted() == []


def test_planted_field_of_another_name_is_found() -> None:
    class Other(forms.Form):
        number = forms.CharField()
        date = forms.DateField()

    said = planted(forms=SimpleNamespace(Sign=Other))

    assert said == [
        "Other has ['date'], which sign does not take",
        "sign asks for ['signed_on'], which Other does not have",
    ]


def test_planted_argument_given_twice_is_found() -> None:
    assert planted(VIEW.replace("paper=paper", "paper=paper, number=1"))
