"""Sentences of the trail."""

from django.utils.translation import gettext_lazy as _

from pobratym.audit import history
from pobratym.vocabulary.choices import Visibility

FIELDS = {
    "name_uk": _("name in Ukrainian"),
    "name_en": _("name in English"),
    "short_name_uk": _("short name in Ukrainian"),
    "short_name_en": _("short name in English"),
    "edrpou": _("EDRPOU code"),
    "official_email": _("official address for mail"),
    "website": _("website"),
    "acts_from": _("beginning of work"),
    "source_url": _("source"),
    "official_email_source": _("source of the official address"),
    "person_uk": _("person, in Ukrainian"),
    "person_en": _("person, in English"),
    "post_uk": _("post, in Ukrainian"),
    "post_en": _("post, in English"),
    "mandate": _("mandate"),
    "may_sign": _("right to sign"),
    "holds_from": _("beginning of the term"),
    "holds_to": _("end of the term"),
}

history.register(
    {
        "organisations.body.added": _("The body “%(name)s” was entered."),
        "organisations.body.changed": _("The body’s data were changed: %(fields)s."),
        "organisations.body.ended": _("The body acted until %(acts_to)s."),
        "organisations.body.followed": _("From %(acts_from)s another body acts here: “%(name)s”."),
        "organisations.office_holder.added": _("An office-holder was entered: %(post)s."),
        "organisations.office_holder.changed": _("Data of the term of office were changed (%(post)s): %(fields)s."),
        "organisations.office_holder.ended": _("The term of office ended on %(holds_to)s: %(post)s."),
        "organisations.office_holder.raised": _("Visibility raised (%(post)s): %(before)s → %(after)s."),
        "organisations.office_holder.lowered": _("Visibility lowered (%(post)s): %(before)s → %(after)s."),
        # Neither code nor name: the trail outlives the order.
        "organisations.takedown.ordered": _("Data about an enterprise were taken out of sight. Ground: %(ground)s."),
        "organisations.takedown.lifted": _("Data about an enterprise are shown again. Ground: %(ground)s."),
    },
    choices={"fields": FIELDS, "before": dict(Visibility.choices), "after": dict(Visibility.choices)},
)
