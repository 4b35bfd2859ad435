"""The trail of a record: its whole history, its public extract, who saw it, and what was taken out."""

from collections.abc import Collection
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from pobratym.accounts.choices import Role
from pobratym.agreements import queries as agreements
from pobratym.agreements.models import Agreement
from pobratym.audit.queries import (
    entries_about,
    export_reference,
    exports,
    kinds_in,
    lines_of,
    reference,
    sights_of,
)
from pobratym.organisations.listing import bodies_for_page
from pobratym.organisations.models import Body
from pobratym.organisations.visibility import circle_of
from pobratym.partnerships import queries as partnerships
from pobratym.partnerships.models import Partnership
from pobratym.portal import tracing
from pobratym.ui.pages import page, permitted
from pobratym.vocabulary.choices import Visibility

LINES_A_PAGE = 50


def _public_partnerships(user: object) -> QuerySet[Partnership]:
    return partnerships.visible_to(user).filter(visibility=Visibility.PUBLIC)


def _public_papers(user: object) -> QuerySet[Agreement]:
    return agreements.papers(user).filter(visibility=Visibility.PUBLIC)


@require_safe
@permitted("partnerships.see_history", find=partnerships.visible_to)
def partnership_history(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """All that happened to the partnership."""
    return _history(request, [reference(partnership)], _partnership(partnership))


@require_safe
@permitted("agreements.see_history", find=agreements.papers)
def agreement_history(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """All that happened to the paper."""
    return _history(request, [reference(agreement)], _agreement(agreement))


@require_safe
@permitted("partnerships.read", find=_public_partnerships)
def partnership_extract(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """What anyone may read of the partnership's trail."""
    return _extract(request, partnership, _partnership(partnership))


@require_safe
@permitted("agreements.read", find=_public_papers)
def agreement_extract(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """What anyone may read of the paper's trail."""
    return _extract(request, agreement, _agreement(agreement))


@require_safe
@permitted("partnerships.see_history", find=partnerships.visible_to)
def partnership_seen(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Who saw what is restricted of the partnership."""
    return _seen(request, tracing.children_of(partnership), _partnership(partnership))


@require_safe
@permitted("agreements.see_history", find=agreements.papers)
def agreement_seen(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Who saw the paper while it is restricted, and who took it out."""
    return _seen(request, [reference(agreement)], _agreement(agreement))


@require_safe
@permitted("organisations.see_sights", find=bodies_for_page)
def body_seen(request: HttpRequest, body: Body) -> HttpResponse:
    """Who saw the body's office-holders that are restricted."""
    about = {"title": body.name, "url": reverse("organisations:body", args=[body.pk]), "section": "places"}
    return _seen(request, tracing.office_holders_of(body), about)


@require_safe
@permitted("audit.see_exports")
def exported(request: HttpRequest) -> HttpResponse:
    """What was taken out: of one's own bodies as coordinator, all as moderator."""
    mine = circle_of(request.user)
    bodies = {body for role, body in mine.roles if role == Role.COORDINATOR and body is not None}
    shown = _page(request, exports(None) if mine.is_moderator else exports(bodies, tracing.shared_by(bodies)))
    return page(
        request,
        "portal/trail/exports.html",
        {"section": "desk", "page_obj": shown, "lines": tracing.told_exports(shown.object_list)},
    )


def _partnership(partnership: Partnership) -> dict[str, Any]:
    return {
        "title": partnership.name,
        "url": reverse("portal:partnership", args=[partnership.pk]),
        "section": "partnerships",
    }


def _agreement(agreement: Agreement) -> dict[str, Any]:
    url = reverse("agreements:agreement", args=[agreement.pk])
    return {"title": agreement.title, "url": url, "section": "partnerships"}


def _history(request: HttpRequest, references: Collection[str], about: dict[str, Any]) -> HttpResponse:
    kind = request.GET.get("kind", "")
    shown = _page(request, entries_about(references, kind))
    context = {
        "page_obj": shown,
        "lines": lines_of(shown.object_list),
        "kinds": kinds_in(references),
        "kind": kind,
    }
    return page(request, "portal/trail/history.html", {**about, **context})


def _extract(request: HttpRequest, record: Partnership | Agreement, about: dict[str, Any]) -> HttpResponse:
    coarse = tracing.is_coarse(record, request.user)
    context = {
        "lines": tracing.extract_of(record, request.user),
        "coarse": coarse,
        "reference": reference(record),
        "record": record,
    }
    return page(request, "portal/trail/extract.html", {**about, **context})


def _seen(request: HttpRequest, references: Collection[str], about: dict[str, Any]) -> HttpResponse:
    shown = _page(request, sights_of(references))
    taken = entries_about([export_reference(one) for one in references])[:LINES_A_PAGE]
    context = {
        "page_obj": shown,
        "lines": tracing.told_sights(shown.object_list),
        "taken": tracing.told_exports(taken),
    }
    return page(request, "portal/trail/seen.html", {**about, **context})


def _page(request: HttpRequest, found: QuerySet[Any]) -> Any:
    return Paginator(found, LINES_A_PAGE).get_page(request.GET.get("page"))
