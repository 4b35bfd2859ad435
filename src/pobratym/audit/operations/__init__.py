"""Operations of the context: writing the trail, and noting who took records out and who saw them."""

from pobratym.audit.chains import digest
from pobratym.audit.operations.clearing import NotDemonstration, clear_trail
from pobratym.audit.operations.noting import forget_seen, note_export, note_seen
from pobratym.audit.operations.recording import FreeText, NotInTransaction, record
from pobratym.audit.operations.sealing import seal

__all__ = [
    "FreeText",
    "NotDemonstration",
    "NotInTransaction",
    "clear_trail",
    "digest",
    "forget_seen",
    "note_export",
    "note_seen",
    "record",
    "seal",
]
