"""Writing, changing, translating; saved, handed in or only looked at, by the button that was pressed."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pobratym.accounts.models import User
from pobratym.limits.rates import limited
from pobratym.newsroom import forms, markup, operations, queries, tagging
from pobratym.newsroom.choices import PublicationState
from pobratym.newsroom.models import Publication
from pobratym.newsroom.stored import suggestions_for
from pobratym.ui.pages import go_to, permitted, refuse
from pobratym.vocabulary.refusals import Refusal


@require_http_methods(["GET", "POST"])
@permitted("newsroom.write")
def write(request: HttpRequest) -> HttpResponse:
    """A new item."""
    sheet = forms.Sheet(request.POST or None, user=request.user, today=timezone.localdate())
    context = {"title": _("Write an item")}
    if not (request.POST and sheet.is_valid):
        return _sheet(request, sheet, context)
    if "preview" in request.POST:
        return _preview(request, sheet, context)
    try:
        publication = operations.write_publication(by=_writer(request), at=timezone.now(), **sheet.handed_in())
    except Refusal as refusal:
        return _refused(request, sheet, refusal, context)
    return _saved(request, publication)


@require_http_methods(["GET", "POST"])
@permitted("newsroom.edit", find=queries.for_page)
def edit(request: HttpRequest, publication: Publication) -> HttpResponse:
    """Change an item."""
    sheet = forms.Sheet(request.POST or None, publication, user=request.user, today=timezone.localdate())
    context = {"title": _("Change the item"), "publication": publication}
    if not (request.POST and sheet.is_valid):
        return _sheet(request, sheet, context)
    if "preview" in request.POST:
        return _preview(request, sheet, context)
    version = sheet.form.cleaned_data["version"] or 0
    try:
        publication = operations.change_publication(
            publication=publication, version=version, by=_writer(request), at=timezone.now(), **sheet.handed_in()
        )
    except Refusal as refusal:
        return _refused(request, sheet, refusal, context)
    return _saved(request, publication)


@require_http_methods(["GET", "POST"])
@permitted("newsroom.edit", find=queries.for_page)
def translate(request: HttpRequest, publication: Publication) -> HttpResponse:
    """Write the item in the other language; the original's texts stand there to be written over."""
    language = "uk" if publication.language == "en" else "en"
    sheet = forms.Texts(request.POST or None, publication)
    context = {"title": _("Translate the item"), "publication": publication, "translating": True}
    if not (request.POST and sheet.is_valid):
        return _sheet(request, sheet, context)
    if "preview" in request.POST:
        return _preview(request, sheet, context)
    try:
        translated = operations.add_translation(
            publication=publication, language=language, by=_writer(request), at=timezone.now(), **sheet.handed_in()
        )
    except Refusal as refusal:
        return _refused(request, sheet, refusal, context)
    return _saved(request, translated)


@require_POST
@permitted("newsroom.write")
@limited("typeahead")
def suggest(request: HttpRequest) -> HttpResponse:
    """The communities that the text seems to be about, as it stands in the form now: a part of the page."""
    return render(request, "newsroom/_suggestions.html", _asked_again(request.POST))


def _asked_again(given: QueryDict) -> dict[str, Any]:
    return {"suggestions": _suggestions(given), "ticked": given.getlist("accepted")}


def _suggestions(given: QueryDict) -> tagging.Suggestions:
    # Ticked suggestions are shown again, ticked; what stands in the boxes of communities is chosen.
    chosen = [str(value) for key, value in given.items() if key.startswith("hromadas-") and value]
    return tagging.suggest(
        title=given.get("title", "")[: operations.LIMITS["title"]],
        lead=given.get("lead", "")[: operations.LIMITS["lead"]],
        body=given.get("body", "")[: operations.LIMITS["body"]],
        source=given.get("source_name", "")[: operations.LIMITS["source_name"]],
        chosen=chosen,
    )


def _writer(request: HttpRequest) -> User:
    return cast("User", request.user)


def _sheet(request: HttpRequest, sheet: forms.Texts, context: dict[str, Any]) -> HttpResponse:
    context = {"section": "news", "sheet": sheet, "form": sheet.form, **context}
    if isinstance(sheet, forms.Sheet):
        context |= _asked_again(request.POST) if request.POST else {"suggestions": suggestions_for(sheet.publication)}
    status = getattr(sheet.form, "refused_with", 422) if sheet.form.errors else 200
    return render(request, "newsroom/write.html", context, status=status)


def _refused(request: HttpRequest, sheet: forms.Texts, refusal: Refusal, context: dict[str, Any]) -> HttpResponse:
    refuse(sheet.form, refusal)
    return _sheet(request, sheet, context)


def _preview(request: HttpRequest, sheet: forms.Texts, context: dict[str, Any]) -> HttpResponse:
    """Show the texts as readers will see them; nothing is saved."""
    handed = sheet.handed_in()
    try:
        handed["body"] = markup.cleaned(handed["body"])
    except Refusal as refusal:
        return _refused(request, sheet, refusal, context)
    shown = handed | {"body": tagging.marked(handed["body"])}
    return _sheet(request, sheet, {**context, "preview": shown})


def _saved(request: HttpRequest, publication: Publication) -> HttpResponse:
    """Go to the item; with the other button, hand it in first."""
    if "submit" in request.POST and publication.state == PublicationState.DRAFT:
        try:
            operations.submit_for_review(publication=publication, by=_writer(request), at=timezone.now())
        except Refusal as refusal:
            # The text is saved; only handing it in waits for what is missing.
            messages.warning(request, _("The draft is saved but not handed in. %(why)s") % {"why": refusal})
            return go_to(request, "newsroom:edit", pk=publication.pk)
        messages.success(request, _("The draft is handed to the editors."))
    else:
        messages.success(request, _("The text is saved."))
    return go_to(request, "newsroom:item", pk=publication.pk)
