"""Pages of the look itself: the gallery, and what robots may read."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from pobratym.ui.gallery import SampleForm, specimens
from pobratym.ui.pages import page, public


@public
def gallery(request: HttpRequest) -> HttpResponse:
    """All components with their states; the form answers a refusal like any other form."""
    form = SampleForm(request.POST, request.FILES) if request.method == "POST" else SampleForm()
    shown = [
        {
            "name": specimen.name,
            "once": specimen.once,
            "wide": specimen.wide,
            # Rendered from our own templates, whose variables are escaped.
            "html": mark_safe(render_to_string(specimen.template, specimen.parameters, request)),
        }
        for specimen in specimens()
    ]
    return page(request, "ui/gallery.html", {"specimens": shown}, form=form)


@public
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Everything public may be read by machines, except what asks for an answer."""
    lines = (
        "User-agent: *",
        "Disallow: /accounts/",
        "Disallow: /en/accounts/",
        "Disallow: /desk/",
        "Disallow: /en/desk/",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
