"""What can be done with accounts, memberships, invitations, wishes of visibility and the demonstration."""

from pobratym.accounts.operations.demonstration import (
    NotDemonstration,
    OtherPurpose,
    demonstration_account,
    make_demonstration_account,
    mark_database,
)
from pobratym.accounts.operations.invitations import (
    AccountExists,
    InvitationGone,
    InvitationUsed,
    accept_invitation,
    check_invitation,
    invite,
)
from pobratym.accounts.operations.people import (
    AddressTaken,
    AlreadyEnded,
    AlreadyHolds,
    RoleNeedsOtherScope,
    end_membership,
    give_role,
    make_person,
)
from pobratym.accounts.operations.second import (
    AlreadyAnswered,
    AlreadyAsked,
    AnotherPersonNeeded,
    NotARaise,
    SubjectGone,
    ask_second,
    confirm_second,
    refuse_second,
)

__all__ = [
    "AccountExists",
    "AddressTaken",
    "AlreadyAnswered",
    "AlreadyAsked",
    "AlreadyEnded",
    "AlreadyHolds",
    "AnotherPersonNeeded",
    "InvitationGone",
    "InvitationUsed",
    "NotARaise",
    "NotDemonstration",
    "OtherPurpose",
    "RoleNeedsOtherScope",
    "SubjectGone",
    "accept_invitation",
    "ask_second",
    "check_invitation",
    "confirm_second",
    "demonstration_account",
    "end_membership",
    "give_role",
    "invite",
    "make_demonstration_account",
    "make_person",
    "mark_database",
    "refuse_second",
]
