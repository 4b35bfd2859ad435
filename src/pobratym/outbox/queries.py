"""Reading the outbox."""

from django.db.models import QuerySet

from pobratym.outbox.models import Message


def messages_newest_first() -> QuerySet[Message]:
    """All mails, without their texts: a link in a mail is for its receiver only."""
    return Message.objects.defer("text").order_by("-queued_at", "-pk")
