"""Sentences for what happened to papers."""

from django.utils.translation import gettext_lazy as _

from pobratym.audit import history
from pobratym.vocabulary.choices import Visibility

history.register(
    {
        "agreements.agreement.drafted": _("The text was drafted, version %(number)s."),
        "agreements.text.revised": _(
            "%(party_en)s proposed version %(number)s of the text; earlier consents no longer count."
        ),
        "agreements.text.agreed": _("%(party_en)s agreed to version %(number)s of the text."),
        "agreements.party.dropped": _("%(party_en)s no longer takes part in the paper, from %(on)s."),
        "agreements.agreement.signed": _("%(party_en)s signed on %(signed_on)s."),
        "agreements.agreement.raised": _("The paper was shown to more: %(before)s → %(after)s."),
        "agreements.agreement.lowered": _("The paper was shown to fewer: %(before)s → %(after)s."),
        "agreements.decision.raised": _("The decision was shown to more: %(before)s → %(after)s."),
        "agreements.decision.lowered": _("The decision was shown to fewer: %(before)s → %(after)s."),
        "agreements.decision.recorded": _("Decision № %(number)s of %(decided_on)s was recorded."),
    },
    choices={"before": dict(Visibility.choices), "after": dict(Visibility.choices)},
    public={"agreements.agreement.drafted", "agreements.agreement.signed", "agreements.party.dropped"},
    named={
        "agreements.agreement": _("Drafting and signing"),
        "agreements.text": _("Wording"),
        "agreements.party": _("Parties of the paper"),
        "agreements.decision": _("Decisions"),
    },
)
