"""What a file is, by its content, and what in it is refused; all files are made here."""

import io
import zipfile

import pytest
from django.utils.translation import override

from pobratym.files import content, refusals
from pobratym.files.choices import FileType
from pobratym.vocabulary.refusals import Refusal
from tests.files import made
from tests.files.made import PDF, container, excel, open_document, picture, word

ODT, ODS = FileType.ODT.value, FileType.ODS.value
CYRILLIC = "Громада;МВт·год\nКалуш;412,5\nЗапоріжжя;-38\n"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, FileType.PDF),
        (picture("PNG"), FileType.PNG),
        (picture("JPEG"), FileType.JPEG),
        (picture("WEBP"), FileType.WEBP),
        (word(), FileType.DOCX),
        (made.real_docx(), FileType.DOCX),
        (excel(), FileType.XLSX),
        (made.real_xlsx(), FileType.XLSX),
        (open_document(ODT), FileType.ODT),
        (open_document(ODS), FileType.ODS),
        (made.p7s(), FileType.P7S),
        (made.asic("s"), FileType.ASICS),
        (made.asic("e", {"угода.pdf": PDF, "додаток.docx": made.real_docx()}), FileType.ASICE),
        (made.asic("e", signature="META-INF/signatures001.xml"), FileType.ASICE),
        (CYRILLIC.encode(), FileType.CSV),
        (CYRILLIC.encode("utf-8-sig"), FileType.CSV),
        (CYRILLIC.encode("cp1251"), FileType.CSV),
        ("Меморандум\nпро партнерство".encode(), FileType.TEXT),
        ("Меморандум\nпро партнерство".encode("cp1251"), FileType.TEXT),
        (b"plain text", FileType.TEXT),
    ],
)
def test_type_is_known_by_content(data, kind):
    found = content.examine(data)

    assert found.kind == kind
    if not kind.startswith("image/"):
        assert found.content == data


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (container({"word/document.xml": "<x/>"}), refusals.WrongType),
        (container({"readme.txt": "x"}), refusals.WrongType),
        (made.asic("s", {"a.pdf": PDF, "b.pdf": PDF}), refusals.WrongType),
        (made.asic("s", {}), refusals.WrongType),
        (made.asic("e", signature=""), refusals.WrongType),
        (b"PK\x03\x04 torn", refusals.Damaged),
        (b"MZ\x90\x00 a program", refusals.WrongType),
        (b"\x7fELF\x02\x01\x01\x00", refusals.WrongType),
        (b"<html><script>alert(1)</script></html>", refusals.WrongType),
        (b"  \n<!DOCTYPE html><p>x", refusals.WrongType),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", refusals.WrongType),
        (b"words, then <ScRipt src=x>", refusals.WrongType),
        (b"GIF89a\x01\x00\x01\x00", refusals.WrongType),
        (b"#!/bin/sh\nrm -r x", refusals.WrongType),
        (b"#!/bin/sh\n" + PDF, refusals.WrongType),
        (b"{\\rtf1\\ansi x}", refusals.WrongType),
        (b"-----BEGIN PRIVATE KEY-----\nabc", refusals.WrongType),
        (b"\x00", refusals.WrongType),
        (b"a\x00b", refusals.WrongType),
        (b"caf\xe9, na\xefve", refusals.WrongType),
        (made.p7s() + b"x", refusals.WrongType),
        (made.p7s()[:-5], refusals.WrongType),
        (b"\x30\x80\x06\x09" + bytes(20), refusals.WrongType),
        (made.p7s(text=b"the agreement"), refusals.HoldsItsText),
    ],
)
def test_what_is_none_of_the_types_is_refused(data, refusal):
    with pytest.raises(refusal):
        content.examine(data)


RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}" '
    'TargetMode="External"/></Relationships>'
)


def relation(kind: str, target: str) -> bytes:
    return word({"word/_rels/document.xml.rels": RELS.format(kind=kind, target=target)})


BILLION = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


def field(*words: str) -> bytes:
    runs = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in words)
    return word(body=f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}</w:p>')


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (word({"word/vbaProject.bin": b"x"}), refusals.Macros),
        (excel({"xl/macrosheets/sheet1.xml": "<x/>"}), refusals.Macros),
        (
            container({"[Content_Types].xml": "<a b='x.macroEnabled.main+xml'/>", "xl/workbook.xml": "<x/>"}),
            refusals.Macros,
        ),
        (word({"word/activeX/activeX1.xml": "<x/>"}), refusals.Macros),
        (word({"word/embeddings/oleObject1.bin": b"x"}), refusals.Nested),
        (word({"word/embeddings/book.xlsx": made.real_xlsx()}), refusals.Nested),
        (word({"word/media/image1.png": b"PK\x03\x04"}), refusals.Nested),
        (word({"word/media/image1.emf": b"\x1f\x8b\x08"}), refusals.Nested),
        (
            word(body='<w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/></w:object>'),
            refusals.Nested,
        ),
        (relation("attachedTemplate", "https://example.org/t.dotm"), refusals.FetchesElsewhere),
        (relation("attachedTemplate", "file://server/share/t.dotm"), refusals.FetchesElsewhere),
        (relation("image", "https://example.org/pixel.png"), refusals.FetchesElsewhere),
        (relation("hyperlink", "file:///etc/passwd"), refusals.FetchesElsewhere),
        (relation("hyperlink", "ms-msdt:/id"), refusals.FetchesElsewhere),
        (word(body="<w:altChunk/>"), refusals.FetchesElsewhere),
        (field("DDEAUTO c:\\\\cmd.exe"), refusals.FetchesElsewhere),
        (field("D", "DE", "AUTO cmd"), refusals.FetchesElsewhere),
        (field('INCLUDEPICTURE "http://example.org/x.png"'), refusals.FetchesElsewhere),
        (word(body='<w:fldSimple w:instr="DDE cmd"/>'), refusals.FetchesElsewhere),
        (excel({"xl/externalLinks/externalLink1.xml": "<x/>"}), refusals.FetchesElsewhere),
        (excel({"xl/connections.xml": "<x/>"}), refusals.FetchesElsewhere),
        (
            excel({"xl/worksheets/sheet1.xml": "<s><f>WEBSERVICE(&quot;http://x&quot;)</f></s>"}),
            refusals.FetchesElsewhere,
        ),
        (excel({"xl/worksheets/sheet1.xml": "<s><f>cmd|'/c calc'!A0</f></s>"}), refusals.FetchesElsewhere),
        (word({"word/styles.xml": BILLION}), refusals.Damaged),
        (word({"word/styles.xml": OUTSIDE}), refusals.Damaged),
        (word({"word/styles.xml": "<a>" * 500 + "</a>" * 500}), refusals.Swollen),
        (word({"word/styles.xml": "<a>"}), refusals.Damaged),
        (open_document(ODT, "<script:event-listener/>"), refusals.Macros),
        (open_document(ODT, extra={"Basic/Standard/Module1.xml": "<x/>"}), refusals.Macros),
        (open_document(ODT, "<draw:object-ole/>"), refusals.Nested),
        (open_document(ODS, "<table:dde-link><office:dde-source/></table:dde-link>"), refusals.FetchesElsewhere),
        (open_document(ODS, "<table:table-source/>"), refusals.FetchesElsewhere),
        (open_document(ODT, '<draw:image xlink:href="https://example.org/x.png"/>'), refusals.FetchesElsewhere),
        (open_document(ODT, '<draw:image xlink:href="../../../etc/passwd"/>'), refusals.FetchesElsewhere),
        (open_document(ODT, '<text:a xlink:href="vnd.sun.star.script:x"/>'), refusals.FetchesElsewhere),
        (
            open_document(ODS, '<table:table-cell table:formula="of:=WEBSERVICE(&quot;x&quot;)"/>'),
            refusals.FetchesElsewhere,
        ),
        (open_document(ODT, "<encryption-data/>"), refusals.Protected),
        (open_document(ODT, "%PDF-1.7"), None),
    ],
)
def test_office_document_neither_runs_nor_fetches(data, refusal):
    if refusal is None:
        assert content.examine(data).kind == FileType.ODT
        return
    with pytest.raises(refusal):
        content.examine(data)


@pytest.mark.parametrize(
    "data",
    [
        relation("hyperlink", "https://decentralization.gov.ua/news/17698"),
        relation("hyperlink", "mailto:rada@example.org"),
        relation("attachedTemplate", "file:///C:/Templates/Normal.dotm"),
        field('HYPERLINK "https://example.org/LINK" '),
        field("PAGE"),
        excel({"xl/printerSettings/printerSettings1.bin": b"\1\2"}),
        excel({"xl/worksheets/sheet1.xml": "<s><f>SUM(A1:A3)</f></s>"}),
    ],
)
def test_what_offices_write_every_day_is_kept(data):
    assert content.examine(data).content == data


def with_names(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in (made.CONTENT_TYPES, "word/document.xml", *names):
            archive.writestr(name, "<x/>")
    return out.getvalue()


def with_link() -> bytes:
    """An entry that is a link to somewhere else, as Unix keeps it."""
    link = zipfile.ZipInfo("word/media/x.png")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def twice() -> bytes:
    """Two entries of the same name, which the library itself would only warn of."""
    return with_names("same-1", "same-2").replace(b"same-2", b"same-1")


@pytest.mark.parametrize(
    "data",
    [
        with_names("../../etc/passwd"),
        with_names("/etc/passwd"),
        with_names("C:/x"),
        with_names("a\\b"),
        with_names("a//b"),
        with_names("x" * 300),
        with_names("a\u202eb"),
        with_names("a.xml", "A.XML"),
        with_names("\u0439.xml", "\u0438\u0306.xml"),
        twice(),
        with_link(),
        made.overlapping(),
        b"PK\x05\x06" + bytes(18),
    ],
)
def test_container_with_names_or_places_that_mislead_is_refused(data):
    with pytest.raises(refusals.Damaged):
        content.examine(data)


def patched(data: bytes, before: bytes, after: bytes, count: int = -1) -> bytes:
    assert before in data
    return data.replace(before, after, count)


def test_what_headers_promise_is_not_believed():
    """The table says 10 bytes; a hundred thousand come out."""
    honest = word({"word/big.xml": "<x>" + "0" * 100_000 + "</x>"})
    lying = patched(honest, (100_007).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    with pytest.raises(refusals.Damaged):
        content.examine(lying)


def test_bomb_is_stopped_while_it_unpacks():
    bomb = word({"word/media/x.txt": b"0" * (101 * 1024 * 1024)})
    assert len(bomb) < 200_000

    with pytest.raises(refusals.Swollen):
        content.examine(bomb)


def test_bomb_below_the_size_is_known_by_its_ratio():
    with pytest.raises(refusals.Swollen):
        content.examine(word({"word/media/x.txt": b"0" * (30 * 1024 * 1024)}))


def test_bomb_inside_a_container_of_signatures_counts_along():
    inner = container({f"{n}.txt": b"0" * (30 * 1024 * 1024) for n in range(4)})

    with pytest.raises(refusals.Swollen):
        content.examine(made.asic("e", {"a.zip": inner}))


def test_containers_within_containers_end():
    with pytest.raises(refusals.Nested):
        content.examine(made.asic("e", {"a.zip": container({"b.zip": container({"c": "x"})})}))


def test_thousands_of_entries_are_refused():
    with pytest.raises(refusals.Swollen):
        content.examine(container({f"{n}": "" for n in range(2_100)}))


def test_encrypted_container_is_refused():
    plain = bytearray(word())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = 0
        while (place := plain.find(sign, place)) >= 0:
            plain[place + at] |= 1
            place += 4

    with pytest.raises(refusals.Protected):
        content.examine(bytes(plain))


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (word() + PDF, refusals.TwoFaced),
        (word() + b"x", refusals.TwoFaced),
        (
            container({"a.pdf": PDF, made.CONTENT_TYPES: made.TYPES, "word/document.xml": "<x/>"}, method=0),
            refusals.TwoFaced,
        ),
        (made.pdf() + word() + b"%%EOF", refusals.TwoFaced),
        (PDF.replace(b"%%EOF", b""), refusals.Damaged),
    ],
)
def test_file_of_two_kinds_is_refused(data, refusal):
    with pytest.raises(refusal):
        content.examine(data)


def test_picture_before_a_pdf_leaves_only_the_picture():
    found = content.examine(picture("JPEG") + PDF)

    assert found.kind == FileType.JPEG
    assert b"%PDF" not in found.content


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (made.pdf("2 0 obj\n<</S /JavaScript /JS (app.alert(1))>>\nendobj\n"), refusals.ActivePdf),
        (made.pdf("2 0 obj\n<</S /J#61vaScript /JS 3 0 R>>\nendobj\n"), refusals.ActivePdf),
        (made.pdf("2 0 obj\n<</S/Launch/F(cmd.exe)>>\nendobj\n"), refusals.ActivePdf),
        (made.pdf("2 0 obj\n<</Names<</EmbeddedFiles 3 0 R>>>>\nendobj\n"), refusals.ActivePdf),
        (made.pdf("2 0 obj\n<</XFA [(a) 3 0 R]>>\nendobj\n"), refusals.ActivePdf),
        (made.pdf(packed=b"2 0 <</S /JavaScript /JS (x)>>"), refusals.ActivePdf),
        (made.pdf(packed=b"2 0 <<>>", dictionary="/Filter [/ASCIIHexDecode /FlateDecode]"), refusals.ActivePdf),
        (made.pdf(packed=b"2 0 <<>>", dictionary="/Filter /LZWDecode"), refusals.ActivePdf),
        (
            made.pdf(packed=b"2 0 <<>>").replace(b"/ObjStm", b"/Obj#53tm").replace(b"/FlateDecode", b"/LZWDecode"),
            refusals.ActivePdf,
        ),
        (made.pdf(packed=b"2 0 " + b" " * (65 * 1024 * 1024)), refusals.Swollen),
        (made.pdf("trailer<</Encrypt 5 0 R>>"), refusals.Protected),
    ],
)
def test_pdf_that_acts_is_refused(data, refusal):
    with pytest.raises(refusal):
        content.examine(data)


def test_pdf_with_packed_objects_and_an_open_page_is_kept():
    data = made.pdf("2 0 obj\n<</OpenAction [3 0 R /Fit] /Names<<>>>>\nendobj\n", packed=b"2 0 <</Type /Page>>")

    assert content.examine(data).kind == FileType.PDF


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\t=1", " =1", "＝1+1", '"=1"'])
def test_table_with_a_cell_that_runs_is_refused(cell):
    table = f"Назва;Значення\nКалуш;1\nЗапоріжжя;{cell}\n"

    with pytest.raises(refusals.FormulaInTable, match="3") as refused:
        content.examine(table.encode())

    assert "2" in str(refused.value)


def test_every_refusal_says_what_to_do_in_both_languages():
    said = [
        kind for kind in refusals.__dict__.values() if isinstance(kind, type) and issubclass(kind, refusals.FileRefused)
    ]
    sentences = [kind.sentence for kind in said if kind.sentence]
    assert len(sentences) > 12
    for sentence in sentences:
        with override("en"):
            english = str(sentence)
        assert english != str(sentence)
    assert issubclass(refusals.FileRefused, Refusal)
