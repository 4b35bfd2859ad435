"""What can be done with papers: draft, revise, agree, sign, drop a party, record a council's decision."""

from pobratym.agreements.keeping import PartiesRefused, TextFrozen, TextRefused
from pobratym.agreements.operations.decisions import DecisionRefused, record_decision
from pobratym.agreements.operations.drafting import agree_text, draft_agreement, drop_party, revise_text
from pobratym.agreements.operations.showing import show_paper
from pobratym.agreements.operations.signing import SignatoryUnknown, SignatureRefused, sign

__all__ = (
    "DecisionRefused",
    "PartiesRefused",
    "SignatoryUnknown",
    "SignatureRefused",
    "TextFrozen",
    "TextRefused",
    "agree_text",
    "draft_agreement",
    "drop_party",
    "record_decision",
    "revise_text",
    "show_paper",
    "sign",
)
