"""Where a mail is on its way."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """From the row to the server. A killed worker may leave `sending` or `handing` behind.

    `sending` is a claim before anything was said to the server: it can be taken over without a doubt. `handing` is
    the one state in which the server may already have the mail.
    """

    QUEUED = "queued", _("waiting")
    SENDING = "sending", _("being sent")
    HANDING = "handing", _("being handed over")
    SENT = "sent", _("sent")
    FAILED = "failed", _("given up")
