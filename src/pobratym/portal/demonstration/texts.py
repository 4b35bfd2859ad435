"""The items of the demonstration, retold in our own words, in Ukrainian and English."""

import datetime as dt
from dataclasses import dataclass, field

from pobratym.newsroom.choices import PublicationType
from pobratym.vocabulary.choices import Direction

PORTAL = "Портал «Децентралізація»"
PORTAL_EN = "Portal “Decentralization”"
FOUNDING_URL = "https://decentralization.gov.ua/news/17698"
SIGNING_URL = (
    "https://www.ostro.org/news/zaporizhzhya-pochynaye-nalagodzhuvaty-ekonomichnu-spivpratsyu"
    "-z-kalushem-ivano-frankivskoyi-oblasti-i461704"
)
TWINNING_URL = (
    "https://www.stadtblatt-online.de/orte/teltow/teltow-besiegelt-partnerschaft-mit-ukrainischer-stadt-chotyn/"
)


@dataclass(frozen=True, slots=True)
class Text:
    """An item's words in one language."""

    title: str
    lead: str
    body: str
    source: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item with its two languages and what they share."""

    type: PublicationType
    dated_on: dt.date
    uk: Text
    en: Text
    tags: tuple[str, ...]
    source_url: str = ""
    authors_uk: tuple[tuple[str, str, str], ...] = ()
    authors_en: tuple[tuple[str, str, str], ...] = ()
    starts_at: dt.datetime | None = None
    is_all_day: bool = False
    hromadas: tuple[str, ...] = ()
    directions: tuple[Direction, ...] = field(default=())


# Topics: slug, Ukrainian, English.
TAGS = {
    "memorandum": ("меморандум", "memorandum"),
    "economy": ("економіка", "economy"),
    "partnership": ("партнерство", "partnership"),
    "twins": ("побратимство", "twin cities"),
    "cohesion": ("згуртованість", "cohesion"),
    "rebuilding": ("відбудова", "rebuilding"),
    "transparency": ("прозорість", "transparency"),
    "starostas": ("старости", "starostas"),
    "accountability": ("підзвітність", "accountability"),
    "reform": ("реформа", "reform"),
    "integration": ("євроінтеграція", "European integration"),
}

FOUNDING_UK = Text(
    title="Калуш і Запоріжжя уклали меморандум про економічне партнерство",
    lead="Два промислові міста домовилися про спільні проєкти й програми з енергоефективності, розвиток бізнесу "
    "та нові робочі місця.",
    body="<p>Меморандум охоплює шість напрямів: спільні проєкти і програми з енергоефективності; розвиток малого і "
    "середнього бізнесу; обмін досвідом; соціально орієнтоване залучення громадських організацій, наукових установ, "
    "промисловості, експертів і фахівців; нові бізнес-проєкти; нові робочі місця.</p>"
    "<p>Надалі громади мають намір поглибити партнерство і стати містами-побратимами.</p>",
    source=PORTAL,
)
FOUNDING_EN = Text(
    title="Kalush and Zaporizhzhia conclude a memorandum on economic partnership",
    lead="Two industrial cities agreed on joint projects and programmes of energy efficiency, on the growth of "
    "business and on new jobs.",
    body="<p>The memorandum covers six directions: joint projects and programmes of energy efficiency; development of "
    "small and medium business; exchange of experience; socially oriented engagement of civil-society organisations, "
    "scientific institutions, industry, experts and specialists; new business projects; new jobs.</p>"
    "<p>Later the communities intend to deepen the partnership and to become twin cities.</p>",
    source=PORTAL_EN,
)

# Retold; the words themselves are at the source.
NAIDA_UK = (
    "Економіка важлива для спільної перемоги; нині зусилля мають іти на сталість господарства країни, а разом це легше."
)
NAIDA_EN = (
    "The economy matters for the common victory; efforts must go to keeping the country’s economy stable, "
    "and together it is easier."
)
KURTIEV_UK = (
    "Калуш, як і Запоріжжя, — сильний промисловий центр свого краю; спільні зусилля й обмін досвідом дадуть "
    "добрий результат."
)
KURTIEV_EN = (
    "Kalush, like Zaporizhzhia, is a strong industrial centre of its region; joined efforts and exchanged "
    "experience will bring good results."
)

SIDE_DAY = dt.date(2025, 11, 24)
KYIV_WINTER = dt.timezone(dt.timedelta(hours=2))

SIDE_ITEMS = (
    Item(
        type=PublicationType.EVENT,
        dated_on=SIDE_DAY,
        uk=Text(
            title="Дослідження про підзвітність старост: презентація",
            lead="27 листопада о 9:30 покажуть, як старости звітують перед мешканцями і що з цього виходить.",
            body="<p>Мова піде про те, перед ким і як часто звітує староста, що про це знають у селах і які звички "
            "варто перейняти іншим громадам.</p>",
            source=PORTAL,
        ),
        en=Text(
            title="A study of the accountability of starostas: presentation",
            lead="On 27 November at 9:30 the authors show how starostas report to residents and what comes of it.",
            body="<p>It is about whom a starosta reports to and how often, what villages know of it, and which habits "
            "are worth taking over by other communities.</p>",
            source=PORTAL_EN,
        ),
        tags=("starostas", "accountability"),
        starts_at=dt.datetime(2025, 11, 27, 9, 30, tzinfo=KYIV_WINTER),
    ),
    Item(
        type=PublicationType.COLUMN,
        dated_on=SIDE_DAY,
        uk=Text(
            title="Згуртованість через різноманітність",
            lead="Чому громаді варто бачити силу в тому, що її люди різні, і як із цього народжується довіра.",
            body="<p>Колонка про те, що згуртованість не означає однаковості: громада, яка чує різні досвіди, "
            "краще витримує війну і повернення до миру.</p>",
            source=PORTAL,
        ),
        en=Text(
            title="Cohesion through diversity",
            lead="Why a community does well to see strength in its people’s differences, and how trust grows from it.",
            body="<p>A column on why cohesion does not mean sameness: a community that hears different experiences "
            "bears war, and the return to peace, better.</p>",
            source=PORTAL_EN,
        ),
        tags=("cohesion",),
        authors_uk=(
            ("Авторка колонки", "", "центр Київської школи економіки"),
            ("Співавторка колонки", "", "центр Київської школи економіки"),
        ),
        authors_en=(
            ("Author of the column", "", "a centre of the Kyiv School of Economics"),
            ("Co-author of the column", "", "a centre of the Kyiv School of Economics"),
        ),
    ),
    Item(
        type=PublicationType.NEWS,
        dated_on=SIDE_DAY,
        uk=Text(
            title="Навіщо громаді інженер-консультант: розмова про прозору відбудову",
            lead="21 листопада в Києві говорили про незалежного інженера, який стежить за якістю і ціною робіт.",
            body="<p>Громада рідко має власних фахівців, щоб перевірити проєкт, кошторис і виконання. Незалежний "
            "інженер-консультант бачить помилки раніше, ніж вони стають витратами, і робить відбудову зрозумілою для "
            "мешканців і донорів.</p>",
            source=PORTAL,
        ),
        en=Text(
            title="Why a community needs an engineer-consultant: a talk on transparent rebuilding",
            lead="On 21 November in Kyiv people discussed the independent engineer who watches quality and price.",
            body="<p>A community seldom has specialists of its own to check design, estimate and works. An independent "
            "engineer-consultant sees mistakes before they become costs and makes rebuilding clear to residents and "
            "donors.</p>",
            source=PORTAL_EN,
        ),
        tags=("rebuilding", "transparency"),
    ),
    Item(
        type=PublicationType.EVENT,
        dated_on=SIDE_DAY,
        uk=Text(
            title="Бучанський форум «Реформи. Децентралізація. Євроінтеграція»",
            lead="У Бучі говорять про те, як реформа місцевого самоврядування веде громади до Європейського Союзу.",
            body="<p>Теми форуму: що вже дала децентралізація, чого бракує громадам під час війни і які зміни чекають "
            "на них на шляху до членства в ЄС.</p>",
            source=PORTAL,
        ),
        en=Text(
            title="The Bucha forum “Reforms. Decentralisation. European integration”",
            lead="In Bucha people talk about how the reform of local self-government leads communities to the EU.",
            body="<p>The forum’s themes: what decentralisation has given so far, what communities lack in wartime, and "
            "which changes await them on the way to membership of the EU.</p>",
            source=PORTAL_EN,
        ),
        tags=("reform", "integration"),
        hromadas=("UA32080070000050759",),
    ),
)
