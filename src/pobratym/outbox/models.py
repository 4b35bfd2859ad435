"""Mail as rows: written in the operation's transaction, sent once per key by the worker; leases of background work."""

import datetime as dt

from django.db import models
from django.db.models import Q

from pobratym.outbox.choices import State


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, at: dt.datetime) -> "MessageQuerySet":
        """Mails to be sent at the moment, oldest first: waiting ones and claims left behind by a killed worker."""
        over = Q(claimed_until=None) | Q(claimed_until__lte=at)
        left_behind = Q(state__in=(State.SENDING, State.HANDING)) & over
        return self.filter(Q(state=State.QUEUED, due_at__lte=at) | left_behind).order_by("due_at", "pk")

    def claimed(self, message: "Message", state: str) -> "MessageQuerySet":
        """The row of the mail as long as its claim is the one in hand."""
        return self.filter(pk=message.pk, state=state, claimed_by=message.claimed_by)


class Message(models.Model):
    """A mail waiting to be sent, or sent. The same key never makes a second mail."""

    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    # Where a click in the mail program ends such letters; empty for letters that nobody can decline.
    unsubscribe = models.CharField(max_length=600, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # The hand-over was cut off once and nobody knows whether the server had the mail: it was handed over again.
    doubted = models.BooleanField(default=False)
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
