"""Addresses: Ukrainian at the root, English under `/en/`; machines' addresses have no language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from pobratym.api.v1 import api

urlpatterns = [
    path("api/v1/", api.urls),
    *i18n_patterns(
        path("", include("pobratym.portal.urls")),
        path("accounts/", include("pobratym.accounts.urls")),
        path("places/", include("pobratym.territory.urls")),
        path("bodies/", include("pobratym.organisations.urls")),
        path("news/", include("pobratym.newsroom.urls")),
        path("partnerships/", include("pobratym.partnerships.urls")),
        path("agreements/", include("pobratym.agreements.urls")),
        path("files/", include("pobratym.files.urls")),
        path("outbox/", include("pobratym.outbox.urls")),
        path("trail/", include("pobratym.audit.urls")),
        path("notices/", include("pobratym.notices.urls")),
        path("", include("pobratym.ui.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "pobratym.ui.errors.bad_request"
handler403 = "pobratym.ui.errors.forbidden"
handler404 = "pobratym.ui.errors.not_found"
handler500 = "pobratym.ui.errors.server_error"
