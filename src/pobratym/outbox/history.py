"""Sentences of the trail."""

from django.utils.translation import gettext_lazy as _

from pobratym.audit import history

history.register({"outbox.message.retried": _("A letter that had been given up was put in the queue again.")})
