"""Writing mail into the outbox, sending what is due, and the leases of background work."""

from pobratym.outbox.letters import message_id
from pobratym.outbox.operations.delivering import deliver
from pobratym.outbox.operations.leases import acquire_lease, release_lease
from pobratym.outbox.operations.queueing import NotGivenUp, forget_texts, queue, try_again

__all__ = [
    "NotGivenUp",
    "acquire_lease",
    "deliver",
    "forget_texts",
    "message_id",
    "queue",
    "release_lease",
    "try_again",
]
