"""What a person chose, how to write to them, and what they are told."""

from typing import Any

from django.db import models

from pobratym.accounts.models import User
from pobratym.notices.choices import LANGUAGES, NoticeState, Weekday, When


class Preference(models.Model):
    """An explicit choice of a person about one kind. A default is never written, so that it can change."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    when = models.CharField(max_length=8, choices=When)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "kind"), name="preference_once"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_when_display()}"


class Correspondence(models.Model):
    """In which language a person wants letters, and on which day the weekly one; empty where nothing was chosen."""

    person = models.OneToOneField(User, models.CASCADE, related_name="+")
    language = models.CharField(max_length=2, choices=LANGUAGES, blank=True)
    weekday = models.PositiveSmallIntegerField(choices=Weekday, null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person}: {self.language or '—'}"


class Notice(models.Model):
    """Something that happened, for one person. The same key tells the person never twice."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=160)
    template = models.CharField(max_length=120)
    # Plain values; those that differ by language as `name_uk` and `name_en`.
    data: Any = models.JSONField(default=dict)
    # Where it leads: the name of an address and its arguments.
    path: Any = models.JSONField(default=list)
    about = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=NoticeState, default=NoticeState.WAITING)
    happened_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    in_digest = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "key"), name="notice_once"),)
        indexes = (models.Index(fields=("state", "happened_at"), name="notice_waiting"),)

    def __str__(self) -> str:
        return self.key
