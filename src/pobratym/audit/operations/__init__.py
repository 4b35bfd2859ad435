"""Operations of the context: writing the trail, and noting who took records out and who saw them."""

from pobratym.audit.operations.noting import forget_seen, note_export, note_seen
from pobratym.audit.operations.recording import FreeText, NotInTransaction, record
from pobratym.audit.queries import digest

__all__ = ["FreeText", "NotInTransaction", "digest", "forget_seen", "note_export", "note_seen", "record"]
