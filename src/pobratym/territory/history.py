"""Sentences of the context's entries."""

from django.utils.translation import gettext_lazy as _

from pobratym.audit import history

history.register(
    {
        "territory.status.recorded": _("Wartime status of the territory recorded from %(valid_from)s: %(source)s"),
        "territory.status.ended": _("Wartime status of the territory ended on %(valid_to)s"),
        "territory.community_abroad.added": _("Community abroad entered: %(name)s (%(country)s)"),
    }
)
