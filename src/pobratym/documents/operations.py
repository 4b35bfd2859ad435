"""Papers as DOCX, from a template file that an operator can edit in any office program."""

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError

from pobratym.vocabulary.refusals import Refusal

TEMPLATES = Path(__file__).parent / "templates_docx"
NAME = "agreement.docx"

# What XML 1.0 cannot hold; one such character in a text would make the whole paper unreadable.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class TemplateBroken(Refusal):
    """The operator's template cannot be read or filled."""

    status = 500


@dataclass(frozen=True, slots=True)
class Signature:
    """A party's place in the table of parties and in the block of signatures; what is unknown stays empty."""

    body: str
    post: str = ""
    person: str = ""


def render_docx(
    *,
    title: str,
    sections: Sequence[tuple[str, Sequence[str]]],
    signatures: Sequence[Signature],
    footer: str,
    place: str = "",
    day: str = "",
    number: str = "",
    language: str | None = None,
) -> bytes:
    """Fill the template of a paper, in the present language or another; text is data, never a part of the template.

    Sections and their paragraphs are numbered as on the page: 1., 1.1., 1.2. The template is `agreement.docx` in the
    folder `templates` of the data folder if the operator put one there, else the one that the product brings.
    Raises TemplateBroken if it cannot be filled.
    """
    spoken: AbstractContextManager[Any] = translation.override(language) if language else nullcontext()
    with spoken:
        data = {
            "title": title,
            "place": place,
            "day": day,
            "number": number or "____",
            "sections": _numbered(sections),
            "parties": [asdict(signature) for signature in signatures],
            "rows": _in_twos(signatures),
            "footer": footer,
            "words": {
                "party": _("Party"),
                "represented": _("Represented by"),
                "signatures": _("Signatures of the parties"),
            },
        }
        return _filled(_written(data), title=title)


def template_path() -> Path:
    """The operator's template, or ours."""
    own: Path = settings.DATA / "templates" / NAME
    return own if own.exists() else TEMPLATES / NAME


def _numbered(sections: Sequence[tuple[str, Sequence[str]]]) -> list[dict[str, Any]]:
    return [
        {
            "title": f"{number}. {heading}",
            "paragraphs": [f"{number}.{point}. {text}" for point, text in enumerate(paragraphs, start=1)],
        }
        for number, (heading, paragraphs) in enumerate(sections, start=1)
    ]


def _in_twos(signatures: Sequence[Signature]) -> list[list[dict[str, str]]]:
    """Rows of two places to sign; with an odd number the last place stays empty."""
    places = [asdict(signature) for signature in [*signatures, Signature("")]]
    return [places[start : start + 2] for start in range(0, len(signatures), 2)]


def _written(value: Any) -> Any:
    """The same data without characters that a document cannot hold."""
    if isinstance(value, str):
        return UNWRITABLE.sub("", value)
    if isinstance(value, dict):
        return {key: _written(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_written(inner) for inner in value]
    return value


def _filled(data: dict[str, Any], *, title: str) -> bytes:
    path = template_path()
    try:
        document = DocxTemplate(path)
        document.render(data, autoescape=True)
    except (TemplateError, PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise TemplateBroken(
            _("The template %(path)s cannot be filled (%(reason)s). Correct it, or remove it to use the product’s own.")
            % {"path": path.name, "reason": error}
        ) from error
    # Office programs and screen readers take title and language from here.
    document.docx.core_properties.title = _written(title)
    for element in document.docx.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), "en-GB" if translation.get_language() == "en" else "uk-UA")
    out = BytesIO()
    document.save(out)
    return out.getvalue()
