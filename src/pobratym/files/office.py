"""Documents of office programs: what they are, and what in them would run, fetch or hide."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from pobratym.files.archives import Container, open_container
from pobratym.files.choices import FileType
from pobratym.files.markup import elements, local
from pobratym.files.refusals import Damaged, FetchesElsewhere, Macros, Nested, Protected, TwoFaced, WrongType

MIMETYPE = "mimetype"
CONTENT_TYPES = "[Content_Types].xml"
MAIN_PARTS = {"word/document.xml": FileType.DOCX, "xl/workbook.xml": FileType.XLSX}
OPEN_DOCUMENTS = {FileType.ODT.value: FileType.ODT, FileType.ODS.value: FileType.ODS}
ASIC = {FileType.ASICS.value: FileType.ASICS, FileType.ASICE.value: FileType.ASICE}

# Parts by name: programs, older macro sheets, controls; other programs' objects; tables fetched from a database.
PROGRAMS = re.compile(
    r"vbaproject|vbadata|macrosheets/|/activex|(^|/)ctrlprops/|^basic/|^scripts/|/dialogs/|customui", re.IGNORECASE
)
OBJECTS = re.compile(r"(^|/)embeddings/|oleobject|^object \d+$|\.(bin|exe|dll|js|vbs|html?)$", re.IGNORECASE)
CONNECTIONS = re.compile(r"(^|/)(externallinks|querytables)/|(^|/)connections\.xml$|afchunk", re.IGNORECASE)
# A spreadsheet keeps a printer's settings in such a part; no program runs them.
HARMLESS = re.compile(r"(^|/)printersettings/printersettings\d+\.bin$", re.IGNORECASE)
LINK_SCHEMES = {"http", "https", "mailto"}
# A field of a text is known by its first word.
FIELDS = re.compile(r"^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b", re.IGNORECASE | re.MULTILINE)
# Word notes from which template on its own disk a text was made; nothing is fetched from there.
OWN_DISK = re.compile(r"file:///[A-Za-z]:", re.IGNORECASE)
# What a spreadsheet's formula can call outside the workbook: the web, another program by DDE, a library.
CALLS = re.compile(
    r"\b(WEBSERVICE|FILTERXML|DDE|CALL|REGISTER|REGISTER\.ID|EXEC|RTD|IMAGE)\s*\(|\|\s*'?[^|]*'?!", re.IGNORECASE
)
XML = (".xml", ".rels", ".vml", ".rdf")


def kind_of(content: bytes) -> FileType:
    """The type of a container that passed every check. Raises WrongType or what is wrong with it."""
    declared = _declared(content)
    container = open_container(content, may_nest=declared in ASIC)
    if declared in ASIC:
        return _signed(container, ASIC[declared])
    if b"%PDF-" in content[:1024]:
        raise TwoFaced
    if declared in OPEN_DOCUMENTS and "content.xml" in container:
        _check_open_document(container)
        return OPEN_DOCUMENTS[declared]
    kinds = [kind for part, kind in MAIN_PARTS.items() if part in container]
    if CONTENT_TYPES not in container or len(kinds) != 1:
        raise WrongType
    _check_office_open(container)
    return kinds[0]


def _declared(content: bytes) -> str:
    """What the first entry says if it is an unpacked `mimetype`, as ODF and ASiC want it."""
    length, extra = int.from_bytes(content[26:28], "little"), int.from_bytes(content[28:30], "little")
    if content[30 : 30 + length] != MIMETYPE.encode() or content[8:10] != b"\0\0":
        return ""
    start = 30 + length + extra
    known = {*OPEN_DOCUMENTS, *ASIC}
    end = int.from_bytes(content[18:22], "little")
    said = content[start : start + min(end, 80)].decode("ascii", "replace").strip()
    return said if said in known else ""


def _signed(container: Container, kind: FileType) -> FileType:
    """A container of signatures is opaque: it has data, a signature, and passed the limits."""
    inside = [name for name in container.entries if name != MIMETYPE and not name.endswith("/")]
    about = [name for name in inside if name.startswith("META-INF/")]
    signatures = [
        name for name in about if re.search(r"signature.*\.(p7s|xml)$|timestamp.*\.tst$", name, re.IGNORECASE)
    ]
    data = [name for name in inside if name not in about]
    if not signatures or not data or (kind == FileType.ASICS and len(data) != 1):
        raise WrongType
    return kind


def _check_names(names: Iterable[str]) -> None:
    for name in names:
        if HARMLESS.search(name):
            continue
        if PROGRAMS.search(name):
            raise Macros
        if OBJECTS.search(name):
            raise Nested
        if CONNECTIONS.search(name):
            raise FetchesElsewhere


def _check_office_open(container: Container) -> None:
    _check_names(container.entries)
    for name in container.entries:
        if not name.lower().endswith(XML):
            continue
        content = container.read(name)
        if name == CONTENT_TYPES and b"macroenabled" in content.lower():
            raise Macros
        instructions: list[str] = []
        for element in elements(content):
            _judge_open_xml(element, instructions)
        if FIELDS.search("".join(instructions)):
            raise FetchesElsewhere


def _judge_open_xml(element: Element, instructions: list[str]) -> None:
    name = local(element.tag)
    if name == "Relationship" and element.get("TargetMode", "").lower() == "external":
        _judge_relationship(element.get("Type", ""), element.get("Target", ""))
    elif name in {"OLEObject", "oleObject", "altChunk", "control", "externalReference", "ddeLink"}:
        raise Nested if name in {"OLEObject", "oleObject", "control"} else FetchesElsewhere
    elif name == "fldChar":
        instructions.append("\n")
    elif name == "instrText":
        instructions.append((element.text or "").replace("\n", " "))
    elif name == "fldSimple":
        instruction = next((value for key, value in element.attrib.items() if local(key) == "instr"), "")
        instructions.append(f"\n{instruction}\n")
    elif name in {"f", "definedName", "formula", "formula1", "formula2"} and CALLS.search(element.text or ""):
        raise FetchesElsewhere


def _judge_relationship(kind: str, target: str) -> None:
    """Outside of the document lead a link that a reader clicks, and the name of the template it was made from."""
    is_link = kind.endswith("/hyperlink") and urlsplit(target).scheme.lower() in LINK_SCHEMES
    if not is_link and not (kind.endswith("/attachedTemplate") and OWN_DISK.match(target)):
        raise FetchesElsewhere


def _check_open_document(container: Container) -> None:
    _check_names(container.entries)
    if "META-INF/manifest.xml" not in container:
        raise Damaged
    for name in container.entries:
        if name.lower().endswith(XML):
            for element in elements(container.read(name)):
                _judge_open_document(element)


def _judge_open_document(element: Element) -> None:
    name = local(element.tag)
    if name == "encryption-data":
        # The container's own flags do not tell of ODF's way to encrypt.
        raise Protected
    if name in {"script", "event-listener", "library-embedded", "library-linked"}:
        raise Macros
    if name in {"object-ole", "plugin", "applet", "floating-frame"}:
        raise Nested
    if name in {"dde-source", "dde-connection", "dde-connection-decl", "table-source", "section-source"}:
        raise FetchesElsewhere
    for key, value in element.attrib.items():
        if local(key) == "href":
            _judge_reference(name, value)
        elif local(key) == "formula" and CALLS.search(value):
            raise FetchesElsewhere


def _judge_reference(name: str, address: str) -> None:
    """A link that a reader clicks may lead to a page; anything fetched by itself lies in the document."""
    scheme = urlsplit(address).scheme.lower()
    if name == "a":
        if scheme and scheme not in LINK_SCHEMES:
            raise FetchesElsewhere
    elif scheme or address.startswith(("/", "\\", "../")):
        raise FetchesElsewhere
