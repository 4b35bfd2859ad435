"""The seals of the trail, for those who keep one elsewhere."""

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pobratym.audit import operations, queries
from pobratym.audit.choices import Export
from pobratym.audit.models import Seal
from pobratym.ui.pages import permitted

SEALS_A_PAGE = 50


@require_safe
@permitted("audit.see_seals")
def seals(request: HttpRequest) -> HttpResponse:
    """All seals, newest first."""
    shown = Paginator(Seal.objects.order_by("-number"), SEALS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "audit/seals.html", {"page_obj": shown})


@require_safe
@permitted("audit.see_seals")
def seal(request: HttpRequest, number: int) -> HttpResponse:
    """The seal as a file."""
    found = get_object_or_404(Seal, number=number)
    if request.method == "GET":
        operations.note_export(what=Export.SEAL, by=request.user, at=timezone.now(), subject=found, rows=found.subjects)
    answer = StreamingHttpResponse(
        (piece.encode() for piece in queries.seal_file(found)),
        content_type="text/plain; charset=us-ascii",
        headers={"Content-Disposition": f'attachment; filename="pobratym-seal-{number}.txt"'},
    )
    return cast("HttpResponse", answer)  # both answer a request; only their common base is no HttpResponse
