"""Kinds of papers with their legal weight, and their states."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class AgreementKind(models.TextChoices):
    """What a paper is; more kinds come with the procedures of Law 1508-VII."""

    LETTER = "letter", _("letter of intent")
    MEMORANDUM = "memorandum", _("memorandum")
    PARTNERSHIP = "partnership", _("partnership agreement")
    TWINNING = "twinning", _("twinning agreement")
    PLAN = "plan", _("yearly action plan")


class AgreementState(models.TextChoices):
    """A draft becomes agreed when every party agrees to one version, and signed when every party signed."""

    DRAFT = "draft", _("draft")
    AGREED = "agreed", _("text agreed")
    SIGNED = "signed", _("signed")
    ENDED = "ended", _("ended")


@dataclass(frozen=True, slots=True)
class Weight:
    """What a paper may and may not do, in plain words (domain 1.12)."""

    rank: int
    summary: Promise
    may: tuple[Promise, ...]
    may_not: tuple[Promise, ...]


_NO_MONEY = _("It moves no money and no property: each project needs an agreement of its own.")
_NO_REGISTER = _("It is not entered in the state register of cooperation agreements (Law 1508-VII).")

WEIGHTS: dict[str, Weight] = {
    AgreementKind.LETTER: Weight(
        1,
        _("A statement of one side: we want to work together."),
        (_("It opens the talks and names the subject."),),
        (_("It binds nobody."), _NO_MONEY, _NO_REGISTER),
    ),
    AgreementKind.MEMORANDUM: Weight(
        2,
        _("A statement of intent of all sides, with moral and political weight."),
        (
            _("It names directions, coordinators and the yearly action plan."),
            _("It is the ground for projects and for a decision on twin cities."),
        ),
        (_("It creates no money obligations and cannot be enforced in court."), _NO_MONEY, _NO_REGISTER),
    ),
    AgreementKind.PARTNERSHIP: Weight(
        3,
        _("A political agreement with named duties of the sides."),
        (_("It gives the partnership organs, a plan and a yearly report."),),
        (_NO_MONEY, _NO_REGISTER),
    ),
    AgreementKind.TWINNING: Weight(
        4,
        _("A political agreement on lasting ties, founded on decisions of the councils."),
        (_("It gives the status of twin cities. One council’s decision is enough to end it."),),
        (_NO_MONEY, _NO_REGISTER),
    ),
    AgreementKind.PLAN: Weight(
        2,
        _("A list of what the sides will do within a year."),
        (_("It says who does what and when, and is the base of the yearly report."),),
        (_NO_MONEY, _NO_REGISTER),
    ),
}
