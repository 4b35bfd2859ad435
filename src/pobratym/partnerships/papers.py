"""What the page of a paper says of partnerships: the agreements below do not know them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from pobratym.agreements.links import Link, register
from pobratym.agreements.models import Agreement
from pobratym.partnerships.models import Partnership


def partnerships_of(paper: Agreement, user: object) -> list[Link]:
    """The partnerships that rest on the paper and that the user may see."""
    found = Partnership.objects.visible_to(user).filter(papers=paper).with_parties().order_by("pk")
    return [
        Link(_("Partnership: %(name)s") % {"name": made.name}, reverse("portal:partnership", kwargs={"pk": made.pk}))
        for made in found
    ]


register(partnerships_of)
