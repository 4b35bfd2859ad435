"""Write the DOCX template of a paper: `python scripts/make_templates.py`.

An operator changes the file itself in an office program: put the changed copy as `templates/agreement.docx` into the
data folder. What stands in double braces is filled in; lines with `{%` repeat what is between them.
"""

import datetime as dt
from pathlib import Path

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell

TARGET = Path(__file__).resolve().parents[1] / "src/pobratym/documents/templates_docx/agreement.docx"
FONT = "Times New Roman"
# Between the margins of A4: 21 − 3 − 1,5 cm.
WIDTH = 16.5


def main() -> None:
    """Lay out A4: title, place and day, parties, numbered sections, signatures in two columns, footer."""
    document = Document()
    lay_out(document)
    document.add_paragraph("{{ title }}", style="Title")
    line = document.add_paragraph("{{ place }}\t{{ day }}\t№ {{ number }}")
    line.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH / 2), WD_TAB_ALIGNMENT.CENTER)
    line.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    line.paragraph_format.space_after = Pt(12)
    add_parties(document)
    add_sections(document)
    add_signatures(document)
    TARGET.parent.mkdir(exist_ok=True)
    document.save(str(TARGET))


def lay_out(document: Paper) -> None:
    """Page, styles and properties."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(3), Cm(1.5), Cm(2), Cm(2)
    footer = page.footer.paragraphs[0]
    footer.text = "{{ footer }}"
    footer.runs[0].font.size = Pt(8)
    for name, size, bold in (("Normal", 12, False), ("Title", 15, True), ("Heading 1", 12, True)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), FONT)
        fonts.set(qn("w:cs"), FONT)
    title = document.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for border in title.element.pPr.findall(qn("w:pBdr")):
        title.element.pPr.remove(border)
    language = document.styles.element.find(f".//{qn('w:lang')}")
    language.set(qn("w:val"), "uk-UA")
    properties = document.core_properties
    properties.author, properties.comments = "Pobratym", ""
    # A fixed moment: the same script writes the same file.
    properties.created = properties.modified = dt.datetime(2026, 1, 1)  # noqa: DTZ001  # the format knows no zones


def add_parties(document: Paper) -> None:
    """A table of who concludes and through whom."""
    table = document.add_table(rows=4, cols=2, style="Table Grid")
    table.autofit = False
    for row, (left, right) in zip(
        table.rows,
        [
            ("{{ words.party }}", "{{ words.represented }}"),
            ("{%tr for party in parties %}", ""),
            ("{{ party.body }}", "{{ party.post }}{% if party.post and party.person %}, {% endif %}{{ party.person }}"),
            ("{%tr endfor %}", ""),
        ],
        strict=True,
    ):
        for cell, text in zip(row.cells, (left, right), strict=True):
            cell.width = Cm(WIDTH / 2)
            cell.text = text
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001  # python-docx has no name for it


def add_sections(document: Paper) -> None:
    """Numbered headings with their numbered paragraphs."""
    document.add_paragraph("{%p for section in sections %}")
    heading = document.add_paragraph("{{ section.title }}", style="Heading 1")
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(12), Pt(4)
    document.add_paragraph("{%p for paragraph in section.paragraphs %}")
    paragraph = document.add_paragraph("{{ paragraph }}")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.space_after = Pt(4)
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")


def add_signatures(document: Paper) -> None:
    """Places to sign, two in a row however many parties there are; a row stays on one page."""
    heading = document.add_paragraph("{{ words.signatures }}", style="Heading 1")
    heading.paragraph_format.space_before = Pt(18)
    table = document.add_table(rows=3, cols=2)
    table.autofit = False
    table.rows[0].cells[0].text = "{%tr for row in rows %}"
    for place, cell in enumerate(table.rows[1].cells):
        add_place(cell, f"row[{place}]")
    table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  # no name for it either
    table.rows[2].cells[0].text = "{%tr endfor %}"


def add_place(cell: _Cell, party: str) -> None:
    """One party's place: body, post, a line to sign on, the person."""
    cell.width = Cm(WIDTH / 2)
    cell.text = f"{{{{ {party}.body }}}}"
    cell.paragraphs[0].runs[0].bold = True
    cell.add_paragraph(f"{{{{ {party}.post }}}}")
    line = cell.add_paragraph(f"{{% if {party}.body %}}_________________{{% endif %}} {{{{ {party}.person }}}}")
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(24), Pt(12)


if __name__ == "__main__":
    main()
