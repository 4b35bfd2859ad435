"""Reading the outbox."""

from django.db.models import Count, QuerySet

from pobratym.outbox.choices import State
from pobratym.outbox.models import Message


def messages_newest_first(state: str = "") -> QuerySet[Message]:
    """All mails or those in a state, without their texts: a link in a mail is for its receiver only."""
    found = Message.objects.defer("text", "unsubscribe").order_by("-queued_at", "-pk")
    return found.filter(state=state) if state in State.values else found


def number_by_state() -> dict[str, int]:
    """How many mails are in each state, in the order of the way; states without any are left out."""
    counted = dict(Message.objects.order_by().values_list("state").annotate(number=Count("pk")))
    return {state: counted[state] for state in State.values if state in counted}


def given_up(_user: object = None) -> QuerySet[Message]:
    """Mails that can be tried again."""
    return Message.objects.filter(state=State.FAILED)
