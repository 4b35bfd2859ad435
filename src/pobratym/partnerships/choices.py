"""Stages of a partnership, roles and states of its parties, programmes, ways of answering."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """From the first contact to twin cities."""

    CONTACT = "contact", _("Contact")
    INTENT = "intent", _("Intent")
    MEMORANDUM = "memorandum", _("Memorandum")
    PARTNERSHIP = "partnership", _("Partnership")
    TWINS = "twins", _("Twin cities")


class PartyRole(models.TextChoices):
    """A party's role (domain 11.1)."""

    INITIATOR = "initiator", _("initiator")
    PARTY = "party", _("party")
    OUTPOST = "outpost", _("outpost community")
    PARTNER = "partner", _("partner community")
    OBSERVER = "observer", _("observer")


class PartyState(models.TextChoices):
    """Where a party stands by itself; one refusal does not end a partnership of several."""

    INVITED = "invited", _("invited")
    STUDYING = "studying", _("studying")
    AGREED = "agreed", _("agreed")
    REFUSED = "refused", _("refused")
    SIGNED = "signed", _("signed")
    LEFT = "left", _("left")


# Parties that still count: they are asked, sign and are shown as partners.
PRESENT = (PartyState.INVITED, PartyState.STUDYING, PartyState.AGREED, PartyState.SIGNED)


class Programme(models.TextChoices):
    """The frame of a partnership."""

    OWN = "own", _("own initiative")
    SHOULDER = "shoulder", _("“Shoulder to shoulder” (CMU 97 of 2025)")
    ASSOCIATION = "association", _("association of communities")
    DONOR = "donor", _("donor programme")
    INTERNATIONAL = "international", _("international cooperation")


class Way(models.TextChoices):
    """By which way a party's answer came."""

    ACCOUNT = "account", _("on the platform")
    LINK = "link", _("by a one-time link")
    LETTER = "letter", _("outside the platform, by letter")


class Reply(models.TextChoices):
    """What an invited side can answer."""

    AGREE = "agree", _("We agree")
    REFUSE = "refuse", _("We refuse")
    ASK = "ask", _("We have a question")
