"""What can be done with notices: tell people, gather what waits, choose, decline, forget."""

from pobratym.notices.operations.choosing import UnknownKind, choose, decline, restore
from pobratym.notices.operations.gathering import gather
from pobratym.notices.operations.telling import forget_told, notify

__all__ = ["UnknownKind", "choose", "decline", "forget_told", "gather", "notify", "restore"]
