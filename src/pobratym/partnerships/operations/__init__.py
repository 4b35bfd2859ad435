"""What can be done with a partnership, from the first proposal to twin cities."""

from pobratym.partnerships.acceptance import AnswerSettled
from pobratym.partnerships.keeping import DateRefused, PartnershipEnded, PartnershipSuspended, PartyRefused
from pobratym.partnerships.operations.answering import (
    LinkClosed,
    answer,
    answer_by_letter,
    answer_by_link,
    confirm_answer,
    dismiss_answer,
    reply_to_question,
    study,
)
from pobratym.partnerships.operations.commitments import (
    CommitmentRefused,
    ValueRefused,
    add_commitment,
    change_commitment,
    mark_done,
    note_progress,
    record_value,
)
from pobratym.partnerships.operations.conditions import ConditionRefused, end, leave, resume, suspend
from pobratym.partnerships.operations.inviting import (
    AlreadyTogether,
    NoOfficialAddress,
    SentLink,
    digest_of,
    invite_party,
    propose,
    send_link,
)
from pobratym.partnerships.operations.moving import (
    Signed,
    add_decision,
    draft_memorandum,
    draft_paper,
    reach_stage,
    sign,
)
from pobratym.partnerships.operations.proving import ProofFile, keep_with_proof
from pobratym.partnerships.operations.reminding import remind_overdue
from pobratym.partnerships.operations.showing import ask_to_show, show_commitment, show_partnership, show_result
from pobratym.partnerships.passage import BackingRefused, StageNotReachable

__all__ = (
    "AlreadyTogether",
    "AnswerSettled",
    "BackingRefused",
    "CommitmentRefused",
    "ConditionRefused",
    "DateRefused",
    "LinkClosed",
    "NoOfficialAddress",
    "PartnershipEnded",
    "PartnershipSuspended",
    "PartyRefused",
    "ProofFile",
    "SentLink",
    "Signed",
    "StageNotReachable",
    "ValueRefused",
    "add_commitment",
    "add_decision",
    "answer",
    "answer_by_letter",
    "answer_by_link",
    "ask_to_show",
    "change_commitment",
    "confirm_answer",
    "digest_of",
    "dismiss_answer",
    "draft_memorandum",
    "draft_paper",
    "end",
    "invite_party",
    "keep_with_proof",
    "leave",
    "mark_done",
    "note_progress",
    "propose",
    "reach_stage",
    "record_value",
    "remind_overdue",
    "reply_to_question",
    "resume",
    "send_link",
    "show_commitment",
    "show_partnership",
    "show_result",
    "sign",
    "study",
    "suspend",
)
