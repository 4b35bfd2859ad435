"""The second partnership: Khotyn, Żagań and Teltow, three parties in three countries, as public sources tell it."""

import datetime as dt

from pobratym.agreements import operations as agreements
from pobratym.agreements.choices import AgreementKind
from pobratym.agreements.models import Agreement
from pobratym.organisations.choices import Mandate
from pobratym.organisations.models import Body
from pobratym.partnerships import operations as partnerships
from pobratym.partnerships.choices import Programme, Reply
from pobratym.partnerships.models import Partnership, Party
from pobratym.portal.demonstration import cast, texts
from pobratym.vocabulary.choices import Origin, Visibility

# Signed in the castle of Żagań.
SIGNED_ON = dt.date(2023, 1, 26)
MOMENT = dt.datetime(2023, 1, 26, 12, tzinfo=dt.UTC)
POSTS = {
    "Хотин": ("Хотинський міський голова", "Mayor of Khotyn"),
    "Жагань": ("Бурмістр Жаганя", "Mayor of Żagań"),
    "Тельтов": ("Бургомістр Тельтова", "Mayor of Teltow"),
}
CONTENT_UK = (
    "Співробітництво і взаємна підтримка в суспільній, економічній та культурній сферах (за джерелом; текст угоди "
    "тут не зберігається)."
)
CONTENT_EN = (
    "Cooperation and mutual support in social, economic and cultural life (as the source tells; the text of the "
    "agreement is not kept here)."
)


def build() -> Partnership:
    """Enter the partnership with its twinning agreement; what public sources tell is public from the start."""
    bodies = [cast.body(cast.KHOTYN), cast.abroad("Żagań"), cast.abroad("Teltow")]
    partnership = partnerships.propose(
        by_body=bodies[0],
        bodies=bodies[1:],
        subject_uk="тристороннє побратимство",
        subject_en="twinning of three cities",
        programme=Programme.INTERNATIONAL,
        began_on=SIGNED_ON,
        source_url=texts.TWINNING_URL,
        origin=Origin.SOURCE,
        visibility=Visibility.PUBLIC,
        by=None,
        at=MOMENT,
    )
    for party in partnership.parties.select_related("body").exclude(body=bodies[0]):
        _agree(party)
    _sign(partnership, _write(partnership, bodies))
    return partnership


def _agree(party: Party) -> None:
    """That they agreed is in the source; the letter that carries it here is not."""
    partnerships.answer_by_letter(
        party=party,
        reply=Reply.AGREE,
        letter_number="приклад",
        letter_on=SIGNED_ON,
        given_by=party.body.name_uk,
        origin=Origin.GENERATED,
        by=None,
        at=MOMENT,
    )


def _write(partnership: Partnership, bodies: list[Body]) -> Agreement:
    content = {"title_uk": "Зміст", "title_en": "Content", "paragraphs_uk": [CONTENT_UK], "paragraphs_en": [CONTENT_EN]}
    paper = partnerships.draft_paper(
        partnership=partnership,
        kind=AgreementKind.TWINNING,
        title_uk="Угода про тристороннє побратимство",
        title_en="Agreement on a twinning of three cities",
        sections=[content],
        place_uk="Жагань",
        place_en="Żagań",
        source_url=texts.TWINNING_URL,
        origin=Origin.SOURCE,
        visibility=Visibility.PUBLIC,
        by=None,
        at=MOMENT,
    )
    for body in bodies:
        agreements.agree_text(agreement=paper, body=body, text_number=1, by=None, at=MOMENT)
    return paper


def _sign(partnership: Partnership, paper: Agreement) -> None:
    for party in partnership.parties.select_related("body"):
        post_uk, post_en = POSTS[party.body.short_name_uk]
        partnerships.sign(
            partnership=partnership,
            agreement=paper,
            party=party,
            signed_on=SIGNED_ON,
            signatory_uk=post_uk,
            signatory_en=post_en,
            post_uk=post_uk,
            post_en=post_en,
            mandate=Mandate.ELECTED,
            skipped_reason_uk="За джерелом одразу укладено угоду про побратимство",
            skipped_reason_en="According to the source a twinning agreement was concluded at once",
            by=None,
            at=MOMENT,
        )
