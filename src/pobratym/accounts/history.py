"""Sentences of the trail."""

from django.utils.translation import gettext_lazy as _

from pobratym.accounts.choices import Role
from pobratym.audit import history
from pobratym.vocabulary.choices import Visibility

history.register(
    {
        "accounts.person.made": _("The account was made."),
        "accounts.membership.given": _("A role was given: %(role)s."),
        "accounts.membership.ended": _("A role was ended: %(role)s."),
        "accounts.invitation.sent": _("An invitation was sent: %(role)s."),
        "accounts.invitation.accepted": _("The invitation was accepted."),
        "accounts.second.asked": _("A second person was asked to raise visibility: %(before)s → %(after)s."),
        "accounts.second.confirmed": _("A second person agreed to raise visibility: %(before)s → %(after)s."),
        "accounts.second.refused": _("Raising visibility was refused: %(before)s → %(after)s."),
    },
    choices={
        "role": dict(Role.choices),
        "before": dict(Visibility.choices),
        "after": dict(Visibility.choices),
    },
)
