"""Words around a name that tell what it names: громада, рада, голова, область, у місті …, and their English peers."""

import re
from enum import StrEnum


class Head(StrEnum):
    """What the words beside a name make of it."""

    COMMUNITY = "community"  # громада, ТГ, ОТГ; AH, hromada, community, municipality
    LEADER = "leader"  # міський голова, мер; mayor, head
    COUNCIL = "council"  # міська рада; City Council
    CENTRE_OF = "centre of"  # з центром у
    SETTLEMENT = "settlement"  # місто, село; city of
    PLACE = "place"  # у, в, до, з; in
    OBLAST = "oblast"  # область, ОВА
    OFFICE = "office"  # an office for an oblast: Центр розвитку місцевого самоврядування
    RAION = "raion"
    OTHER = "other"  # a head that is none of these: університет
    NONE = "none"


_SPACE = r"[\s\u00a0]+"
_KIND = rf"(?P<kind>міськ|селищн|сільськ)[а-яіїєґ]{{1,3}}{_SPACE}"
_UNITED = rf"(?:об’єднан[а-яіїєґ]{{1,3}}{_SPACE})?(?:територіальн[а-яіїєґ]{{1,3}}{_SPACE})?"

# What follows an adjective: "Калуська [міська] [територіальна] громада".
AFTER = re.compile(
    rf"{_SPACE}(?:{_KIND})?{_UNITED}(?:"
    r"(?P<community>громад(?!ськ)[а-яіїєґ]*|[ОМСТ]*ТГ\b|[МС]ВА\b)"
    r"|(?P<council>(?:рад(?:а|и|і|у|ою|ам|ами|ах)?|виконком[а-яіїєґ]*)\b)"
    r"|(?P<joined>(?:сіль|селищ|міськ)рад[а-яіїєґ]*|міськвиконком[а-яіїєґ]*)"
    r"|(?P<leader>голов[аиіуою]{1,2}\b|мер(?:а|у|ом|и)?\b)"
    rf"|(?P<military>військов[а-яіїєґ]{{1,3}}{_SPACE}адміністрац[а-яіїєґ]*)"
    r"|(?P<oblast>област[а-яіїєґ]*|обл\b\.?|О[ДВ]А\b|облдержадміністрац[а-яіїєґ]*|облрад[а-яіїєґ]*|обласн[а-яіїєґ]*)"
    rf"|(?P<office>(?:регіональн[а-яіїєґ]*{_SPACE})?[Цц]ент[а-яіїєґ]*{_SPACE}розвитку|ЦРМС\b"
    rf"|регіональн[а-яіїєґ]*{_SPACE}(?:інститут|офіс|відділен)[а-яіїєґ]*)"
    r"|(?P<raion>район[а-яіїєґ]*|р-н[а-яіїєґ]*|РДА\b|РВА\b|райрад[а-яіїєґ]*|районн[а-яіїєґ]*)"
    r"|(?P<other>[а-яіїєґ][а-яіїєґ’-]{2,}))"
)

# Between two adjectives that share a head: "Шептицька та Белзька громади", "Глухівська міська, Білопільська …".
JOINT = re.compile(
    rf"(?:{_SPACE}(?:міськ|селищн|сільськ)[а-яіїєґ]{{1,3}})?(?:{_SPACE}(?:об’єднан|територіальн)[а-яіїєґ]{{1,3}})*"
    rf"\s*(?:[,;]\s*(?:(?:і|й|та|and|а\s+також){_SPACE})?|{_SPACE}(?:і|й|та|and|&|або|чи|а\s+також){_SPACE}|\s*[/]\s*)$"
)
KIND_BEFORE_JOINT = re.compile(rf"{_SPACE}(міськ|селищн|сільськ)")

# Before a list of adjectives: "дві громади: Краснопільська та Недригайлівська".
BEFORE_LIST = re.compile(
    r"(?:(?P<community>громад(?!ськ)[а-яіїєґ]*|[ОМС]?ТГ)|(?P<council>рад[а-яіїєґ]{0,2}))"
    r"(?:\s+[А-ЯЄІЇҐ][а-яіїєґ’-]+(?:\s+област[а-яіїєґ]+)?)?\s*(?:[:—–(]|\s-\s)\s*(?:це\s+)?$"
)

# Before a noun.
BEFORE_NOUN = re.compile(
    rf"(?:(?P<centre>(?:центр[а-яіїєґ]*|навколо){_SPACE}(?:[ув]|з|із){_SPACE}(?:(?:мі[а-яіїєґ]+|се[а-яіїєґ]+){_SPACE})?"
    rf"|(?:центр[а-яіїєґ]*|навколо){_SPACE}(?:(?:мі[а-яіїєґ]+|се[а-яіїєґ]+){_SPACE})?)"
    rf"|(?P<leader>(?:\b[Мм]ер|[Оо]чільни|[Мм]іськ[а-яіїєґ]*{_SPACE}голов)[а-яіїєґ]*{_SPACE}(?:міста{_SPACE})?)"
    rf"|(?P<community>[Гг]ромад(?!ськ)[а-яіїєґ]*{_SPACE}(?:(?:міста|села|селища){_SPACE})?)"
    rf"|(?P<settlement>\b(?:міст(?:о|а|і|у|ом|ами)|сел(?:о|а|і|у|ом|ах|ами)|селищ[а-яіїєґ]+|смт|хут[оі]р[а-яіїєґ]*){_SPACE}"
    rf"|\b(?:м|с)\.\s*)"
    rf"|(?P<street>\b(?:вул|просп|пров|пл|вулиц|проспект|площ)[а-яіїєґ]*\.?\s*)"
    rf"|(?P<place>(?:^|[\s«(„“])(?:[ууУвВ]|до|До|з|З|із|Із|зі|під|Під|біля|на|На|через|поблизу|між|від|Від|по|за|поза){_SPACE}))$"
)

# English, right of the name.
AFTER_EN = re.compile(
    rf"(?:[’']s)?{_SPACE}(?:(?P<kind>urban|settlement|rural|city|town|village){_SPACE})?"
    rf"(?:amalgamated{_SPACE})?(?:territorial{_SPACE})?(?:"
    r"(?P<community>AHs?\b|ATCs?\b|UTCs?\b|TCs?\b|[Hh]romadas?\b|[Cc]ommunit(?:y|ies)\b|[Mm]unicipalit(?:y|ies)\b)"
    rf"|(?P<council>(?:(?P<kind2>[Cc]ity|[Tt]own|[Ss]ettlement|[Vv]illage){_SPACE})?[Cc]ouncils?\b)"
    rf"|(?P<leader>(?:(?:[Cc]ity|[Tt]own|[Vv]illage|[Ss]ettlement){_SPACE})?(?:[Mm]ayor|[Hh]ead)\b)"
    r"|(?P<oblast>[Oo]blasts?\b|[Rr]egions?\b|O[SMV]A\b|RSA\b|RMA\b)"
    rf"|(?P<office>LGDC\b|[Ll]ocal{_SPACE}[Gg]overnment{_SPACE}[Dd]evelopment|[Rr]egional{_SPACE}(?:[Ii]nstitute|[Oo]ffice))"
    r"|(?P<raion>[Rr]a[iy]?y?ons?\b|[Dd]istricts?\b)"
    r"|(?P<starosta>starosta\b))"
)
BEFORE_EN = re.compile(
    rf"(?:(?P<leader>(?:[Mm]ayor|[Hh]ead){_SPACE}(?:of{_SPACE})?(?:the{_SPACE})?(?:(?:city|town|village|settlement){_SPACE}of{_SPACE})?)"
    rf"|(?P<centre>cent(?:re|er)d?{_SPACE}in{_SPACE}(?:the{_SPACE})?(?:(?:city|town|village|settlement){_SPACE}of{_SPACE})?)"
    rf"|(?P<community>(?:hromada|community|municipality){_SPACE}of{_SPACE}(?:the{_SPACE})?)"
    rf"|(?P<settlement>(?:city|town|village|settlement)s?{_SPACE}of{_SPACE})"
    rf"|(?P<place>(?:^|\s)(?:in|to|from|near|at|In|From|of){_SPACE}))$"
)
JOINT_EN = re.compile(rf"(?:,\s*(?:and{_SPACE})?|{_SPACE}(?:and|or|&){_SPACE}(?:the{_SPACE})?)$")
BEFORE_LIST_EN = re.compile(r"(?P<community>[Hh]romadas|AHs|communities|municipalities)\s*[:—–-]\s*(?:the\s+)?$")

COUNCIL_OF = {
    "міськ": "u", "селищн": "s", "сільськ": "r", "селищ": "s", "сіль": "r",
    "urban": "u", "city": "u", "town": "u", "settlement": "s", "village": "r", "rural": "r",
}  # fmt: skip
