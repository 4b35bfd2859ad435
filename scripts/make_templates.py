"""Write the DOCX template of a paper: `python scripts/make_templates.py`. An operator may edit the file it writes."""

from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

TARGET = Path(__file__).resolve().parents[1] / "src/pobratym/documents/templates_docx/agreement.docx"


def main() -> None:
    """Lay out A4 with a title, numbered sections, a table of signatures and a footer."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(3), Cm(1.5), Cm(2), Cm(2)
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(12)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run("{{ title }}").bold = True
    document.add_paragraph("{{ place }}\t{{ day }}\t№ {{ number }}")
    document.add_paragraph("{%p for section in sections %}")
    document.add_paragraph().add_run("{{ section.title }}").bold = True
    document.add_paragraph("{%p for paragraph in section.paragraphs %}")
    document.add_paragraph("{{ paragraph }}").alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")
    table = document.add_table(rows=1, cols=3)
    table.rows[0].cells[0].text = "{%tc for party in signatures %}"
    cell = table.rows[0].cells[1]
    cell.text = "{{ party.body }}"
    cell.add_paragraph("{{ party.post }}")
    cell.add_paragraph("_______________ {{ party.person }}")
    table.rows[0].cells[2].text = "{%tc endfor %}"
    footer = page.footer.paragraphs[0]
    footer.text = "{{ footer }}"
    footer.runs[0].font.size = Pt(8)
    TARGET.parent.mkdir(exist_ok=True)
    document.save(str(TARGET))


if __name__ == "__main__":
    main()
