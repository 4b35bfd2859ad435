"""Papers as DOCX, from a template file that an operator can edit in any office program."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

from docxtpl import DocxTemplate

TEMPLATES = Path(__file__).parent / "templates_docx"


@dataclass(frozen=True, slots=True)
class Signature:
    """A party's place in the block of signatures; what is unknown stays empty."""

    body: str
    post: str = ""
    person: str = ""


def render_docx(
    *,
    title: str,
    place: str,
    day: str,
    number: str,
    sections: Sequence[tuple[str, Sequence[str]]],
    signatures: Sequence[Signature],
    footer: str,
) -> bytes:
    """Fill the template `agreement.docx`; text is data and never read as part of the template.

    Sections and their paragraphs are numbered as on the page: 1., 1.1., 1.2.
    """
    document = DocxTemplate(TEMPLATES / "agreement.docx")
    document.render(
        {
            "title": title,
            "place": place,
            "day": day,
            "number": number or "____",
            "sections": [
                {
                    "title": f"{number_of}. {heading}",
                    "paragraphs": [f"{number_of}.{point}. {text}" for point, text in enumerate(paragraphs, start=1)],
                }
                for number_of, (heading, paragraphs) in enumerate(sections, start=1)
            ],
            "signatures": [asdict(signature) for signature in signatures],
            "footer": footer,
        },
        autoescape=True,
    )
    out = BytesIO()
    document.save(out)
    return out.getvalue()
