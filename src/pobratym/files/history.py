"""Sentences of the trail."""

from django.utils.translation import gettext_lazy as _

from pobratym.audit import history
from pobratym.vocabulary.choices import Visibility

history.register(
    {
        "files.file.stored": _("A file was added: %(kind)s, SHA-256 %(sha256)s…."),
        "files.file.replaced": _("A file got version %(number)s: %(kind)s, SHA-256 %(sha256)s…."),
        "files.file.removed": _("A file was removed with its content: version %(number)s, SHA-256 %(sha256)s…."),
        "files.file.withdrawn": _(
            "A file was taken off the list, its content is kept with what was signed: version %(number)s, "
            "SHA-256 %(sha256)s…."
        ),
        "files.file.visibility": _("Who sees a file (version %(number)s): %(before)s → %(after)s."),
        "files.quota.set": _("Room for files was set: %(megabytes)s MB (“—” is the usual room)."),
    },
    choices={"before": dict(Visibility.choices), "after": dict(Visibility.choices)},
)
