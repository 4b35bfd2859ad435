"""The body of a publication: what is refused, what is cleaned, what counts as a paragraph.

Active content is refused with its name, for it never comes from writing a text; what pasting brings along (styles,
classes, unknown elements) is taken away without a word. Whatever the refusal might miss, nh3 still removes: the
refusal is for the writer, nh3 is for the reader.
"""

import re
from html import escape
from html.parser import HTMLParser

import nh3
from django.utils.translation import gettext as _

from pobratym.vocabulary.refusals import Refusal

TAGS = {"p", "br", "strong", "b", "em", "i", "h2", "h3", "ul", "ol", "li", "a", "blockquote"}
BLOCKS = re.compile(r"<(p|h2|h3|ul|ol|blockquote|div|table)\b", re.IGNORECASE)
ACTIVE = {"script", "iframe", "frame", "frameset", "object", "embed", "applet", "svg", "math"}
ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data", "poster"}
# Browsers skip control characters and spaces inside a scheme.
UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
SCHEMES = ("javascript:", "vbscript:", "data:")


class ActiveContent(Refusal):
    """The body contains something that would run in the reader's browser."""

    field = "body"


class _Finder(HTMLParser):
    """Collects what would run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ACTIVE:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on"):
                self.found.append(name)
            scheme = UNSEEN.sub("", value or "").lower()
            if name in ADDRESSES and scheme.startswith(SCHEMES):
                self.found.append(scheme.partition(":")[0] + ":")


def cleaned(body: str) -> str:
    """The body as it is stored. Raises ActiveContent, naming what was found."""
    finder = _Finder()
    finder.feed(body)
    finder.close()
    if finder.found:
        raise ActiveContent(
            _("The text contains code that would run in the reader’s browser: %(found)s. Remove it and save again.")
            % {"found": ", ".join(dict.fromkeys(finder.found))}
        )
    if not BLOCKS.search(body):
        body = paragraphs(body)
    return nh3.clean(
        body,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="external noopener noreferrer ugc",
        clean_content_tags={"script", "style", "title"},
    ).strip()


def paragraphs(text: str) -> str:
    """Plain text, as written where the editor does not run: an empty line parts paragraphs."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))]
    return "\n".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in parts if part)


def has_paragraph(body: str) -> bool:
    """Whether there is anything to read."""
    return bool(nh3.clean(body, tags=set()).strip())


def paragraph(text: str) -> str:
    """One paragraph of plain text."""
    return f"<p>{escape(text, quote=False)}</p>"


def bullets(lines: list[str]) -> str:
    """A list of plain lines."""
    return "<ul>" + "".join(f"<li>{escape(line, quote=False)}</li>" for line in lines) + "</ul>"
