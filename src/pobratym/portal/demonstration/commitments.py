"""What the memorandum promises (from the founding item), and the generated promises of a possible continuation."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from pobratym.vocabulary.choices import Direction, EngagementGroup, Proof

ALL_GROUPS = tuple(EngagementGroup)
FOR_WHOM = (
    "жителям обох міст: залучення соціально орієнтоване",
    "residents of both cities: the engagement is socially oriented",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A generated value: amount, its unit in both languages, period, proof, evidence."""

    amount: Decimal
    unit: tuple[str, str]
    period: tuple[dt.date, dt.date]
    proof: Proof
    evidence: str = ""
    margin: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment with what came of it, if anything."""

    direction: Direction
    text: tuple[str, str]
    groups: tuple[EngagementGroup, ...] = ()
    note: tuple[dt.date, str, str] | None = None
    figure: Figure | None = None
    done_on: dt.date | None = None


# The words of the memorandum as the founding item retells them.
FOUNDING = (
    Promise(
        Direction.ENERGY,
        ("Спільні проєкти і програми з енергоефективності", "Joint projects and programmes of energy efficiency"),
    ),
    Promise(Direction.SME, ("Розвиток малого і середнього бізнесу", "Development of small and medium business")),
    Promise(Direction.EXCHANGE, ("Обмін досвідом", "Exchange of experience")),
    Promise(
        Direction.ENGAGEMENT,
        (
            "Соціально орієнтоване залучення громадських організацій, науки, промисловості, експертів і фахівців",
            "Socially oriented engagement of civil society, science, industry, experts and specialists",
        ),
        groups=ALL_GROUPS,
    ),
    Promise(Direction.BUSINESS, ("Започаткування нових бізнес-проєктів", "Starting new business projects")),
    Promise(Direction.JOBS, ("Створення нових робочих місць", "Creating new jobs")),
)

YEAR = (dt.date(2024, 10, 1), dt.date(2025, 10, 1))

# Generated: buildings are named only as a group of three and more, a month and more after the period.
CONTINUATION = (
    Promise(
        Direction.ENERGY,
        (
            "Тепломодернізація шести шкіл, по три з кожного боку",
            "Thermal modernisation of six schools, three on each side",
        ),
        note=(
            dt.date(2025, 11, 14),
            "Шість шкіл пройшли опалювальний сезон після робіт; ощадження обчислено за погодою і заповненістю.",
            "Six schools went through a heating season; the saving is corrected for weather and occupancy.",
        ),
        figure=Figure(
            Decimal(412), ("МВт·год", "MWh"), YEAR, Proof.MEASURED, "Акт вимірювання, шість будівель", Decimal(38)
        ),
        done_on=dt.date(2025, 11, 14),
    ),
    Promise(
        Direction.SME,
        ("Спільний перелік пропозицій підприємств обох міст", "A joint list of offers of enterprises of both cities"),
        note=(
            dt.date(2025, 9, 30),
            "17 пропозицій, 5 знайомств, 2 договори.",
            "17 offers, 5 introductions, 2 contracts.",
        ),
        figure=Figure(
            Decimal(23), ("підприємства", "enterprises"), YEAR, Proof.VERIFIED, "Звірено з переліком учасників"
        ),
        done_on=dt.date(2025, 9, 30),
    ),
    Promise(
        Direction.EXCHANGE,
        ("Два взаємні візити фахівців", "Two mutual visits of specialists"),
        note=(
            dt.date(2025, 6, 20),
            "Обидва візити відбулися; одну практику розглядає комісія.",
            "Both visits took place; one practice is before the commission.",
        ),
        figure=Figure(Decimal(2), ("візити", "visits"), YEAR, Proof.DOCUMENTED, "Програми і звіти візитів"),
        done_on=dt.date(2025, 6, 20),
    ),
    Promise(
        Direction.ENGAGEMENT,
        (
            "Спільна рада з організацій, науки, промисловості та експертів",
            "A joint board of organisations, science, industry and experts",
        ),
        groups=(
            EngagementGroup.CIVIL,
            EngagementGroup.SCIENCE,
            EngagementGroup.INDUSTRY,
            EngagementGroup.EXPERTS,
        ),
        note=(
            dt.date(2025, 5, 12),
            "Рада зібралася двічі; фахівців ще запрошують.",
            "The board met twice; specialists are still being invited.",
        ),
        figure=Figure(Decimal(2), ("засідання", "meetings"), YEAR, Proof.DOCUMENTED, "Протоколи засідань"),
    ),
    Promise(
        Direction.BUSINESS,
        ("Спільний цех: від задуму до запуску", "A joint workshop: from idea to launch"),
        note=(dt.date(2025, 8, 5), "Триває пошук фінансування.", "Funding is being sought."),
        figure=Figure(Decimal(1), ("проєкт", "project"), YEAR, Proof.DECLARED),
    ),
    Promise(
        Direction.JOBS,
        ("Сорок робочих місць за два роки", "Forty jobs in two years"),
        note=(
            dt.date(2025, 10, 10),
            "Створено 9,5 і збережено 14 місць у перерахунку на повну зайнятість.",
            "9.5 jobs created and 14 kept, in full-time equivalents.",
        ),
        figure=Figure(Decimal("9.5"), ("повної зайнятості", "full-time equivalents"), YEAR, Proof.DECLARED),
    ),
)
