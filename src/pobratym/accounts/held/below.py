"""What the contexts below hold about a person: the trail, mails, files."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import User
from pobratym.accounts.personal import Row, blotted, plain, register, shell_address, shell_name
from pobratym.audit.history import sentence
from pobratym.audit.models import Actor, Entry
from pobratym.files.models import StoredFile
from pobratym.outbox.choices import State
from pobratym.outbox.models import Message


def _entries(person: User, _at: dt.datetime) -> Iterable[Row]:
    """What the person did, as the trail tells it."""
    actors = Actor.objects.filter(user_id=person.pk).values("pk")
    about_me = f"accounts.user:{person.pk}"
    for entry in Entry.objects.filter(Q(actor_id__in=actors) | Q(subject=about_me)).order_by("at", "pk"):
        yield plain(entry, "at", "verb", "subject", "facts", sentence=sentence(entry.verb, entry.facts))


def _actors(person: User, _at: dt.datetime) -> Iterable[Row]:
    for actor in Actor.objects.filter(user_id=person.pk):
        yield plain(actor, "name")


def _rename_actor(person: User, _at: dt.datetime) -> int:
    """The one place of a name in the trail; entries hold numbers, so their chain stays sound."""
    return Actor.objects.filter(user_id=person.pk).update(name=shell_name(person))


def _mails(person: User, _at: dt.datetime) -> Iterable[Row]:
    for mail in Message.objects.filter(to__iexact=person.email).order_by("queued_at", "pk"):
        row = plain(mail, "subject", "queued_at", "sent_at", "state")
        # A letter not sent yet may carry a link that works once: it is read in the mailbox alone.
        yield row | ({"text": mail.text} if mail.state == State.SENT else {})


def _erase_mails(person: User, _at: dt.datetime) -> int:
    """Mails to the person lose address and text, and are not sent any more; in others' mails the name goes."""
    own = Message.objects.filter(to__iexact=person.email)
    own.exclude(state=State.SENT).update(state=State.FAILED)
    changed = own.update(to=shell_address(person), subject="", text="", unsubscribe="", last_error="")
    telling = Q()
    for word in (person.email, person.name):
        telling |= Q(subject__icontains=word) | Q(text__icontains=word) | Q(last_error__icontains=word)
    for mail in Message.objects.filter(telling):
        mail.subject = blotted(person, mail.subject)[:300]
        mail.text = blotted(person, mail.text)
        mail.last_error = blotted(person, mail.last_error)[:300]
        mail.save(update_fields=["subject", "text", "last_error"])
        changed += 1
    return changed


def _files(person: User, _at: dt.datetime) -> Iterable[Row]:
    """Files that the person stored, found through the trail; the content stays with its record."""
    actors = Actor.objects.filter(user_id=person.pk).values("pk")
    stored = Entry.objects.filter(actor_id__in=actors, verb__startswith="files.file.").order_by("pk")
    numbers = [entry.facts.get("file") for entry in stored]
    for file in StoredFile.objects.filter(pk__in=[number for number in numbers if number]).order_by("pk"):
        yield plain(file, "owner", "name", "content_type", "size", "sha256", "stored_at")


register(
    "audit.entry",
    title=_("What you did and what was done with your account"),
    export=_entries,
    erase=None,
    kept=_("The trail stays, because its chain proves that nobody bent it; it holds numbers, no names."),
    retention="trail",
)
register("audit.actor", title=_("Your name in the trail"), export=_actors, erase=_rename_actor, retention="trail")
register("outbox.message", title=_("Mails to you"), export=_mails, erase=_erase_mails, retention="mails")
register(
    "files.storedfile",
    title=_("Files that you stored"),
    export=_files,
    erase=None,
    kept=_("A file belongs to its record and stays with it; who stored it becomes an erased person."),
    retention="files",
)
