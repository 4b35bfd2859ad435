"""Mail as rows: written in the operation's transaction, sent once per key by the worker; leases of background work."""

import datetime as dt

from django.db import models
from django.db.models import Q

from pobratym.outbox.choices import State

# A claim older than this was left by a killed worker.
CLAIM_HOLDS = dt.timedelta(minutes=10)


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, at: dt.datetime) -> "MessageQuerySet":
        """Mails to be sent at the moment, oldest first: waiting ones and claims left behind."""
        left_behind = Q(state=State.SENDING, claimed_at__lte=at - CLAIM_HOLDS)
        return self.filter(Q(state=State.QUEUED, due_at__lte=at) | left_behind).order_by("due_at", "pk")


class Message(models.Model):
    """A mail waiting to be sent, or sent. The same key never makes a second mail."""

    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("state", "due_at"), name="outbox_due"),)

    def __str__(self) -> str:
        return self.subject


class Lease(models.Model):
    """Work that only one process does until the moment passes: being the worker, or a periodic task's next turn."""

    name = models.CharField(max_length=200, unique=True)
    holder = models.CharField(max_length=64)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} → {self.until:%Y-%m-%d %H:%M:%S}"
