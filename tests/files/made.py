"""Files made for the tests: real ones by the libraries that write them, and bad ones byte by byte."""

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

import docx
import xlsxwriter
from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

PLACE = "Kalush-secret-place"
DEVICE = "SecretCamera-9000"
CONTENT_TYPES = "[Content_Types].xml"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"


def container(parts: dict[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def word(extra: dict[str, bytes | str] | None = None, body: str = "") -> bytes:
    """The least that is a document, with more parts."""
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return container({CONTENT_TYPES: TYPES, "word/document.xml": document, **(extra or {})})


def excel(extra: dict[str, bytes | str] | None = None) -> bytes:
    return container({CONTENT_TYPES: TYPES, "xl/workbook.xml": "<workbook/>", **(extra or {})})


def real_docx() -> bytes:
    made = BytesIO()
    document = docx.Document()
    document.add_paragraph("Меморандум")
    document.save(made)
    return made.getvalue()


def real_xlsx() -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Показники")
        sheet.write_row(0, 0, ["Громада", "МВт·год"])
        sheet.write_formula(1, 1, "=SUM(B3:B9)")
        sheet.write_url(2, 0, "https://decentralization.gov.ua/")
    return made.getvalue()


def open_document(mimetype: str, content: str = "", extra: dict[str, bytes | str] | None = None) -> bytes:
    made = BytesIO()
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    names = (
        f'xmlns:office="{office}" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"'
    )
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        archive.writestr("content.xml", f"<office:document-content {names}>{content}</office:document-content>")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        for name, part in (extra or {}).items():
            archive.writestr(name, part)
    return made.getvalue()


def asic(kind: str = "s", data: dict[str, bytes] | None = None, signature: str = "META-INF/signature.p7s") -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", f"application/vnd.etsi.asic-{kind}+zip", zipfile.ZIP_STORED)
        for name, content in ({"угода.pdf": PDF} if data is None else data).items():
            archive.writestr(name, content)
        if signature:
            archive.writestr(signature, b"\x30\x00")
    return made.getvalue()


def der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    if len(content) < 128:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def p7s(*, text: bytes | None = None, certificate: bytes = b"x" * 300) -> bytes:
    """Signed data as CAdES writes it; with `text` the signed file is inside."""
    data = der(0x06, bytes.fromhex("2a864886f70d010701"))
    inside = der(0x30, data, *([der(0xA0, der(0x04, text))] if text is not None else []))
    signed = der(
        0x30, der(0x02, b"\1"), der(0x31), inside, der(0xA0, der(0x30, certificate)), der(0x31, der(0x30, b"\2\1\1"))
    )
    return der(0x30, der(0x06, bytes.fromhex("2a864886f70d010702")), der(0xA0, signed))


def telling_exif() -> Image.Exif:
    """Place, device and day, as a phone writes them; the picture lies on its side."""
    exif = Image.Exif()
    exif[0x0110] = DEVICE
    exif[0x0112] = 6
    exif[0x010E] = PLACE
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (IFDRational(49), IFDRational(2), IFDRational(30)), 3: "E", 29: "2024:02:20"}
    )
    return exif


XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>{PLACE}</rdf:RDF></x:xmpmeta>'.encode()


def picture(kind: str, *, size: tuple[int, int] = (6, 4), mode: str = "RGB", colour: Any = (200, 30, 40)) -> bytes:
    """A picture that tells where it was taken, in every way its format has."""
    made = BytesIO()
    image = Image.new(mode, size, colour)
    options: dict[str, Any] = {"exif": telling_exif()}
    if kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", PLACE)
        notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options["pnginfo"] = notes
    else:
        options["xmp"] = XMP
    if kind == "JPEG":
        options["comment"] = PLACE.encode()
    image.save(made, kind, **options)
    return made.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """Headers of a picture of so many pixels, with hardly any content."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def moving(kind: str) -> bytes:
    made = BytesIO()
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "green", "blue")]
    frames[0].save(made, kind, save_all=True, append_images=frames[1:])
    return made.getvalue()


def overlapping(copies: int = 3) -> bytes:
    """Entries that share their packed bytes (Fifield): the table of contents names the same place several times."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(b"0" * 1000) + packed.flush()
    sum_, name = zlib.crc32(b"0" * 1000), b"a"
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0, sum_, len(body), 1000, 1, 0) + name + body
    directory = b""
    for number in range(copies):
        named = bytes([ord("a") + number])
        fields = (b"PK\1\2", 20, 20, 0, 8, 0, 0, sum_, len(body), 1000, 1, 0, 0, 0, 0, 0, 0)
        directory += struct.pack("<4s6H3L5H2L", *fields) + named
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, copies, copies, len(directory), len(local), 0)
    return local + directory + end


def pdf(objects: str = "", *, packed: bytes = b"", dictionary: str = "/Filter /FlateDecode") -> bytes:
    """A PDF with more objects, some of them in a packed stream."""
    out = b"%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n" + objects.encode("latin-1")
    if packed:
        body = zlib.compress(packed)
        head = f"\n9 0 obj\n<</Type /ObjStm /N 1 /First 4 {dictionary} /Length {len(body)}>>\nstream\n"
        out += head.encode() + body + b"\nendstream\nendobj\n"
    return out + b"trailer<<>>\nstartxref\n0\n%%EOF\n"
