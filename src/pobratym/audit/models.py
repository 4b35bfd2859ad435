"""Entries without foreign keys: the trail never hinders the life of what it tells about."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

# The verb of every note about an export.
EXPORTED = "audit.export.made"

# The fact that names, by the number of the account, the absent person for whom a substitute acted.
ACTING_FOR = "acting_for"

# The actor number of somebody who came by a link and has no account.
GUEST = 0


class AppendOnly(Exception):
    """An entry is never changed or deleted."""


class EntryQuerySet(models.QuerySet["Entry"]):
    def update(self, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnly

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AppendOnly

    def about(self, subject: str) -> "EntryQuerySet":
        """The entries of one subject, oldest first."""
        return self.filter(subject=subject).order_by("position")


class Actor(models.Model):
    """The one place where an actor's name stands; entries hold its number, so a name can be erased here."""

    user_id = models.BigIntegerField(unique=True)
    name = models.CharField(_("name"), max_length=200)

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """One change of one subject. `digest` chains each entry to the one before it of the same subject."""

    subject = models.CharField(max_length=120)
    position = models.PositiveIntegerField()
    verb = models.CharField(max_length=120)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    body_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("subject", "position"), name="audit_entry_position_once"),)
        indexes = (models.Index(fields=("-at",), condition=models.Q(verb=EXPORTED), name="audit_entry_exports"),)

    def __str__(self) -> str:
        return f"{self.subject} {self.position}: {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; refuse to change."""
        if self.pk is not None:
            raise AppendOnly
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnly


class Sight(models.Model):
    """That a person saw a restricted record within an hour; not part of the chain, and forgotten after a period."""

    subject = models.CharField(max_length=120)
    actor_id = models.BigIntegerField()
    hour = models.DateTimeField(db_index=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    objects: models.Manager["Sight"]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("subject", "actor_id", "hour"), name="audit_sight_once_an_hour"),
        )

    def __str__(self) -> str:
        return f"{self.subject} seen by {self.actor_id}, {self.hour}"
