"""Pages of the context; the page of one partnership is the portal's."""

from pobratym.partnerships.views.answers import (
    answer,
    confirm,
    dismiss,
    leave,
    letter,
    link,
    party,
    reply,
    response,
    study,
)
from pobratym.partnerships.views.directions import change, commitment, direction, done, note, value
from pobratym.partnerships.views.exports import export
from pobratym.partnerships.views.lists import partnerships, show
from pobratym.partnerships.views.proposing import invite, propose
from pobratym.partnerships.views.way import condition, decision, draft, stage

__all__ = [
    "answer",
    "change",
    "commitment",
    "condition",
    "confirm",
    "decision",
    "direction",
    "dismiss",
    "done",
    "draft",
    "export",
    "invite",
    "leave",
    "letter",
    "link",
    "note",
    "partnerships",
    "party",
    "propose",
    "reply",
    "response",
    "show",
    "stage",
    "study",
    "value",
]
