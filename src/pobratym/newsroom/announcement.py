"""The news of a signed paper, written from its record: the same facts in the present language.

Sentences keep names in the nominative: the record holds no declined forms, and a wrong ending in the name of a
community is worse than a plain sentence. An editor reads every text before it is published.
"""

import json
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pobratym.agreements.choices import AgreementKind
from pobratym.agreements.models import Agreement, AgreementParty
from pobratym.newsroom.content import TagName
from pobratym.newsroom.markup import bullets, paragraph
from pobratym.partnerships.models import Partnership
from pobratym.territory.models import Unit
from pobratym.vocabulary.choices import Direction

TITLES = {
    AgreementKind.LETTER: gettext_lazy("%(parties)s have signed a letter of intent: %(subject)s"),
    AgreementKind.MEMORANDUM: gettext_lazy("%(parties)s have signed a memorandum: %(subject)s"),
    AgreementKind.PARTNERSHIP: gettext_lazy("%(parties)s have signed a partnership agreement: %(subject)s"),
    AgreementKind.TWINNING: gettext_lazy("%(parties)s have become twin cities: %(subject)s"),
    AgreementKind.PLAN: gettext_lazy("%(parties)s have agreed on a yearly plan: %(subject)s"),
}

TAGS = {
    AgreementKind.LETTER: TagName("лист про наміри", "letter of intent"),
    AgreementKind.MEMORANDUM: TagName("меморандум", "memorandum"),
    AgreementKind.PARTNERSHIP: TagName("договір про партнерство", "partnership agreement"),
    AgreementKind.TWINNING: TagName("міста-побратими", "twin cities"),
    AgreementKind.PLAN: TagName("план дій", "action plan"),
}

DIRECTIONS = {
    Direction.ENERGY: gettext_lazy("joint projects and programmes of energy efficiency"),
    Direction.SME: gettext_lazy("development of small and medium business"),
    Direction.EXCHANGE: gettext_lazy("exchange of experience"),
    Direction.ENGAGEMENT: gettext_lazy(
        "socially oriented engagement of civil-society organisations, scientific institutions, industry, experts "
        "and specialists"
    ),
    Direction.BUSINESS: gettext_lazy("new business projects"),
    Direction.JOBS: gettext_lazy("new jobs"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the record says."""

    agreement: Agreement
    partnership: Partnership
    parties: list[AgreementParty]
    directions: list[Direction]
    hromadas: list[Unit]
    tags: list[TagName]
    means_twins: bool


@dataclass(frozen=True, slots=True)
class Texts:
    """The draft in one language."""

    title: str
    lead: str
    body: str
    source_name: str


def facts_of(agreement: Agreement, partnership: Partnership) -> Facts:
    """Read the record once for all languages."""
    rows = agreement.parties.select_related("body__unit__hromada", "body__abroad").order_by("position")
    parties = [party for party in rows if party.is_present]
    promised = set(partnership.commitments.values_list("direction", flat=True))
    kind = AgreementKind(agreement.kind)
    return Facts(
        agreement=agreement,
        partnership=partnership,
        parties=parties,
        directions=[direction for direction in Direction if direction in promised],
        hromadas=list(dict.fromkeys(unit for party in parties if (unit := _hromada(party.body.unit)) is not None)),
        tags=[TAGS[kind], TagName("партнерство", "partnership")],
        means_twins=kind != AgreementKind.TWINNING and _means_twins(agreement),
    )


def texts(facts: Facts) -> Texts:
    """The draft in the present language."""
    names = joined([party.body.short_name for party in facts.parties])
    title = str(TITLES[AgreementKind(facts.agreement.kind)]) % {"parties": names, "subject": facts.partnership.subject}
    body = [paragraph(_("%(parties)s have signed the paper “%(title)s”.") % {
        "parties": joined([party.body.name for party in facts.parties]), "title": facts.agreement.title,
    })]  # fmt: skip
    if facts.directions:
        body += [
            paragraph(_("The communities will work together in these directions:")),
            bullets([str(DIRECTIONS[direction]) for direction in facts.directions]),
        ]
    if signed := [_signature(party) for party in facts.parties if party.signed_on is not None]:
        body += [paragraph(_("Signed by:")), bullets(signed)]
    if facts.means_twins:
        body.append(paragraph(_("Later the communities intend to become twin cities.")))
    return Texts(
        title=title[:200],
        lead=_lead(facts),
        body="\n".join(body),
        source_name=_("The signed paper in the record of the partnership"),
    )


def joined(names: list[str]) -> str:
    """Names as people list them: “Kalush, Buchach and Zaporizhzhia”."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def _lead(facts: Facts) -> str:
    when = day(facts.agreement)
    count = len(facts.directions)
    if not count:
        return _("The paper was signed on %(date)s.") % {"date": when}
    return ngettext(
        "The paper was signed on %(date)s; it names %(count)d direction of joint work.",
        "The paper was signed on %(date)s; it names %(count)d directions of joint work.",
        count,
    ) % {"date": when, "count": count}


def day(agreement: Agreement) -> str:
    """The day of the last signature."""
    return date_format(agreement.signed_on, "j E Y") if agreement.signed_on else ""


def _signature(party: AgreementParty) -> str:
    mandate = party.get_mandate_display() if party.mandate else ""
    who = ", ".join(part for part in (party.signatory, party.post, mandate) if part)
    return _("%(body)s: %(who)s; %(date)s") % {
        "body": party.body.name,
        "who": who or _("an authorised person"),
        "date": date_format(party.signed_on, "j E Y") if party.signed_on else "",
    }


def _hromada(unit: Unit | None) -> Unit | None:
    """The hromada a body's territory belongs to; an oblast or a raion has none."""
    if unit is None or unit.is_community:
        return unit
    return unit.hromada


def _means_twins(agreement: Agreement) -> bool:
    """Whether the signed text speaks of twin cities."""
    newest = agreement.texts.order_by("-number").first()
    text = json.dumps(newest.sections, ensure_ascii=False).casefold() if newest else ""
    return "побратим" in text or "twin" in text
