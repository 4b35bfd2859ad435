"""Taking over an item: a copied page becomes a draft."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from pobratym.accounts.models import User
from pobratym.newsroom import forms
from pobratym.newsroom.importing import Taken, import_item
from pobratym.ui.pages import go_to, page, permitted, refuse
from pobratym.vocabulary.refusals import Refusal


@require_http_methods(["GET", "POST"])
@permitted("newsroom.write")
def take_over(request: HttpRequest) -> HttpResponse:
    """Write a draft from what was pasted, and go on to look it through."""
    form = forms.CopiedPage(request.POST or None)
    if form.is_valid():
        try:
            taken = import_item(by=cast("User", request.user), at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            _tell(request, taken)
            return go_to(request, "newsroom:edit", pk=taken.publication.pk)
    return page(request, "newsroom/import.html", {"section": "news"}, form=form)


def _tell(request: HttpRequest, taken: Taken) -> None:
    messages.success(request, _("The page is taken over as a draft. Look it through."))
    if taken.unclear:
        said = _("These places are not clear, choose them yourself: %(names)s.")
        messages.warning(request, said % {"names": ", ".join(taken.unclear)})
    if count := len(taken.reprint.teasers):
        said = ngettext(
            "%(count)d pointer to another item was left out.", "%(count)d pointers to other items were left out.", count
        )
        messages.info(request, said % {"count": count})
