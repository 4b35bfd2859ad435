"""Pages of the look itself: the gallery, what robots may read, where to tell of a hole."""

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
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


@public
@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    """Where to tell of a hole (RFC 9116); nothing if the operator has named no contact."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    # The page is made anew each time, so what it says holds for a while from now.
    expires = timezone.now().astimezone(dt.UTC) + dt.timedelta(days=180)
    lines = (
        f"Contact: {contact if ':' in contact else 'mailto:' + contact}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: uk, en",
        f"Canonical: {settings.ADDRESS}/.well-known/security.txt",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
