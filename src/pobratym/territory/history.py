"""Sentences of the context's entries."""

from django.utils.translation import gettext_lazy as _

from pobratym.audit import history

history.register(
    {
        "territory.status.recorded": _("Status of the territory recorded: %(status)s from %(valid_from)s (%(source)s)"),
        "territory.status.ended": _("Status of the territory ended: %(status)s until %(valid_to)s"),
        "territory.community_abroad.added": _("Community abroad entered: %(name)s (%(country)s)"),
    }
)
