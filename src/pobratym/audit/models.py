"""Entries without foreign keys: the trail never hinders the life of what it tells about."""

from typing import Any, NoReturn, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound=models.Model)

# The verb of every note about an export.
EXPORTED = "audit.export.made"

# The fact that names, by the number of the account, the absent person for whom a substitute acted.
ACTING_FOR = "acting_for"

# The actor number of somebody who came by a link and has no account.
GUEST = 0


class AppendOnly(Exception):
    """An entry is never changed or deleted."""


class AppendOnlyQuerySet(models.QuerySet[M]):
    def update(self, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnly

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AppendOnly


class EntryQuerySet(AppendOnlyQuerySet["Entry"]):
    def about(self, subject: str) -> "EntryQuerySet":
        """The entries of one subject, oldest first."""
        return self.filter(subject=subject).order_by("position")


class AppendOnlyModel(models.Model):
    """A row that is inserted once; the database itself refuses changes too (`audit.protection`)."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; refuse to change."""
        if self.pk is not None:
            raise AppendOnly
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnly


class Actor(models.Model):
    """The one place where an actor's name stands; entries hold its number, so a name can be erased here."""

    user_id = models.BigIntegerField(unique=True)
    name = models.CharField(_("name"), max_length=200)

    def __str__(self) -> str:
        return self.name


class Entry(AppendOnlyModel):
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


class Seal(AppendOnlyModel):
    """The state of all chains at a moment; `digest` covers this row and, through `before`, every seal before it.

    `changes` is the digest over the heads that are new in this seal, `heads` over all of them.
    """

    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    subjects = models.PositiveIntegerField()
    entries = models.PositiveBigIntegerField()
    before = models.CharField(max_length=64, blank=True)
    changes = models.CharField(max_length=64)
    heads = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects: models.Manager["Seal"] = AppendOnlyQuerySet["Seal"].as_manager()

    def __str__(self) -> str:
        return f"{self.number}, {self.at}"


class SealedHead(AppendOnlyModel):
    """The newest entry of a subject when it was sealed; kept only where it is newer than in the seal before."""

    number = models.PositiveIntegerField(db_index=True)
    subject = models.CharField(max_length=120)
    position = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    objects: models.Manager["SealedHead"] = AppendOnlyQuerySet["SealedHead"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("subject", "position"), name="audit_sealed_head_once"),
            models.UniqueConstraint(fields=("subject", "number"), name="audit_sealed_head_once_a_seal"),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.position} in {self.number}"


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
