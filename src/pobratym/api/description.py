"""The description of the API for people: a page of ours, without the scripts that our content policy forbids."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase


class Described(DocsBase):
    """Shows the same description that programs read, in the product's look."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """One section for each operation."""
        described = api.get_openapi_schema(path_params=kwargs)
        operations = [
            {
                "method": method.upper(),
                "address": address,
                "summary": operation["summary"],
                "description": operation.get("description", ""),
                "parameters": [
                    (asked["name"], asked.get("description") or _kind(asked["schema"]))
                    for asked in operation.get("parameters", [])
                ],
                "answers": [(status, _name(answer)) for status, answer in operation["responses"].items()],
            }
            for address, methods in described["paths"].items()
            for method, operation in methods.items()
        ]
        shapes = [
            (name, shape.get("description", ""), [(field, _kind(said)) for field, said in shape["properties"].items()])
            for name, shape in described["components"]["schemas"].items()
            if "properties" in shape
        ]
        context = {
            "described": described["info"],
            "operations": operations,
            "shapes": shapes,
            "machine_url": self.get_openapi_url(api, kwargs),
        }
        return render(request, "api/description.html", context)


def _name(answer: dict[str, Any]) -> str:
    return next((_kind(content["schema"]) for content in answer.get("content", {}).values()), "")


def _kind(said: dict[str, Any]) -> str:
    """A field's kind in a few letters: `text`, `PartyOut, …`."""
    if "$ref" in said:
        return str(said["$ref"].rpartition("/")[2])
    if "anyOf" in said:
        return " / ".join(_kind(one) for one in said["anyOf"])
    if said.get("type") == "array":
        return f"[{_kind(said['items'])}]"
    return str(said.get("format") or said.get("type", ""))
