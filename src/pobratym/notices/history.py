"""Sentences of the trail."""

from django.utils.translation import gettext_lazy as _

from pobratym.audit import history
from pobratym.notices.choices import When
from pobratym.notices.kinds import labels

history.register(
    {
        "notices.preference.chosen": _("Letters “%(notice)s”: %(when)s."),
        "notices.preference.declined": _("Letters “%(notice)s” were declined by the link in a letter."),
        "notices.preference.restored": _("Declining letters “%(notice)s” was taken back: %(when)s."),
    },
    choices={"notice": labels, "when": {**dict(When.choices), "default": _("as the platform suggests")}},
)
