"""Sentences of the trail."""

from django.utils.translation import gettext_lazy as _

from pobratym.accounts.choices import ErasureGround, Factor, LeavingReason, Proof, Role
from pobratym.audit import history
from pobratym.vocabulary.choices import Visibility

history.register(
    {
        "accounts.person.made": _("The account was made."),
        "accounts.membership.given": _("A role was given: %(role)s."),
        "accounts.membership.ended": _("A role was ended: %(role)s."),
        "accounts.membership.ended_for": _("A role was ended: %(role)s. Reason: %(reason)s."),
        "accounts.person.locked": _("The account was locked."),
        "accounts.person.opened": _("The account was opened again."),
        "accounts.person.erased": _("The account was erased (%(ground)s)."),
        "accounts.erasure.asked": _("It was asked to erase the account (%(ground)s)."),
        "accounts.erasure.withdrawn": _("The wish to erase the account was taken back or refused."),
        "accounts.handover.asked": _("A successor was invited for the role: %(role)s."),
        "accounts.handover.done": _("The role was handed over: %(role)s. Left open on the desk: %(left_open)s."),
        "accounts.handover.withdrawn": _("The hand-over of the role was taken back: %(role)s."),
        "accounts.absence.named": _("A colleague substitutes from %(first_day)s to %(last_day)s."),
        "accounts.absence.ended": _("The substitution from %(first_day)s to %(last_day)s was ended."),
        "accounts.invitation.sent": _("An invitation was sent: %(role)s."),
        "accounts.invitation.accepted": _("The invitation was accepted."),
        "accounts.second.asked": _("A second person was asked to raise visibility: %(before)s → %(after)s."),
        "accounts.second.confirmed": _("A second person agreed to raise visibility: %(before)s → %(after)s."),
        "accounts.second.lapsed": _(
            "A wish to raise visibility lapsed, because who asked no longer answers for it: %(before)s → %(after)s."
        ),
        "accounts.second.refused": _("Raising visibility was refused: %(before)s → %(after)s."),
    },
    choices={
        "role": dict(Role.choices),
        "reason": dict(LeavingReason.choices),
        "ground": dict(ErasureGround.choices),
        "before": dict(Visibility.choices),
        "after": dict(Visibility.choices),
    },
)

history.register(
    {
        "accounts.person.renamed": _("The name was changed."),
        "accounts.address.asked": _("A change of address was asked for."),
        "accounts.address.changed": _("The address was changed."),
        "accounts.password.changed": _("The password was changed."),
        "accounts.password.reset": _("The password was set anew by a link sent to the address."),
        "accounts.session.opened": _("Signed in: %(how)s."),
        "accounts.session.ended": _("Sessions were ended: %(number)s."),
        "accounts.factor.added": _("A second factor was added: %(kind)s."),
        "accounts.factor.removed": _("A second factor was removed: %(kind)s."),
        "accounts.factor.failed": _("A second factor was wrong."),
        "accounts.factor.reset": _("All second factors were taken away by an operator: %(number)s."),
        "accounts.codes.made": _("New recovery codes were made."),
        "accounts.codes.used": _("A recovery code was used; left: %(left)s."),
        "accounts.identity.linked": _("The account was connected with an identity provider."),
        "accounts.identity.unlinked": _("The account was disconnected from an identity provider."),
    },
    choices={"how": dict(Proof.choices), "kind": dict(Factor.choices)},
)
