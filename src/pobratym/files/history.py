"""Sentences of the trail."""

from django.utils.translation import gettext_lazy as _

from pobratym.audit import history

history.register({"files.file.stored": _("A file was added: %(kind)s, SHA-256 %(sha256)s….")})
