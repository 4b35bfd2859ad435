"""Commitments and values as a file for a spreadsheet program."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hromadkit.places import transliterate
from pobratym.audit import watching
from pobratym.audit.choices import Export
from pobratym.audit.operations import note_export
from pobratym.limits.rates import limited
from pobratym.organisations.details import details_for
from pobratym.partnerships import queries
from pobratym.partnerships.models import Partnership
from pobratym.partnerships.queries import table
from pobratym.tables import writing
from pobratym.tables.cells import dialect_of
from pobratym.ui.pages import permitted

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@permitted("partnerships.read", find=queries.partnerships_for_page)
@limited("export")
def export(request: HttpRequest, partnership: Partnership, kind: str) -> HttpResponse:
    """What the reader may see of promises and figures; a signed-in person's export is noted."""
    if kind not in TYPES:
        raise Http404
    now = timezone.now()
    today = timezone.localdate(now)
    coarse = queries.details_hidden(partnership, details_for(request.user, today))
    shown = queries.scorecard(partnership, request.user, coarse=coarse)
    watching.shown(request, queries.records_in(shown))
    columns, rows = table.columns(), table.rows(shown)
    if kind == "csv":
        content = writing.csv(columns, rows, dialect=dialect_of(get_language() or "uk"))
    else:
        content = writing.xlsx(columns, rows, sheet=_("Commitments and values"), at=now)
    if request.user.is_authenticated and request.method == "GET":
        note_export(what=Export.TABLE, by=request.user, at=now, subject=partnership, rows=len(rows), kind=kind)
    name = f"{slugify(transliterate(partnership.name))[:80] or 'partnership'}-{today:%Y-%m-%d}.{kind}"
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)
