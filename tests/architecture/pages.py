"""Ratchets over templates: text in, violations out."""

import html
import re
from pathlib import Path

SCRIPT_OR_STYLE = re.compile(r"<(script|style)\b(?P<attributes>[^>]*)>(?P<body>.*?)</\1>", re.IGNORECASE | re.DOTALL)
HANDLER = re.compile(r"<[a-z][^>]*\s(on[a-z]+)\s*=", re.IGNORECASE)
STYLE = re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE)
SCRIPT_ADDRESS = re.compile(r"""(?:href|src|action|hx-[a-z]+)\s*=\s*["']\s*javascript:""", re.IGNORECASE)
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", re.DOTALL)
# A unit's key is a code, every other one a number, which a template writes as people do: “2 173”.
NUMBER_IN_ATTRIBUTE = re.compile(
    r"""[\w-]+="[^"]*?\{\{\s*((?!(?:[a-z_]+\.)*unit\.pk)(?:[a-z_]+\.)+(?:pk|number|position|version))\s*\}\}"""
)
FIRST_TAG = re.compile(r"^\s*\{%\s*extends\s")
URL_NAME = re.compile(r"""\{%\s*url\s+["']([\w:-]+)["']""")
WORDS = re.compile(r">([^<>]*[^\W\d_]{2}[^<>]*)<")
LETTERS = re.compile(r"[^\W\d_]{2}")
# A language is offered by its own name.
NAMES_OF_LANGUAGES = {"Українська", "English"}
ELEMENT = re.compile(r"<[a-zA-Z/!](?:\{%.*?%\}|\{\{.*?\}\}|[^<>])*>", re.DOTALL)
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TRANSLATED = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}", re.DOTALL)


def inline_code(text: str) -> list[str]:
    """Nothing runs or styles from inside a page: the policy of the site forbids it, and so do we."""
    text = COMMENT.sub("", text)
    found = [f"inline <{match[1]}>" for match in SCRIPT_OR_STYLE.finditer(text) if is_inline(match)]
    found += [f"handler {match[1]}=" for match in HANDLER.finditer(TAGS.sub("", text))]
    found += ["style= in a tag" for _ in STYLE.finditer(TAGS.sub("", text))]
    found += ["javascript: as an address" for _ in SCRIPT_ADDRESS.finditer(text)]
    return found


def is_inline(match: "re.Match[str]") -> bool:
    """A script that is data (``type="application/json"``) is read, not run."""
    return bool(match["body"].strip()) and "application/" not in match["attributes"]


def not_a_page(path: Path, text: str) -> list[str]:
    """A page extends; what is never shown alone is ``_fragment.html``, a component, a letter or a document."""
    # The base, form controls (rendered by Django) and components stand alone by their nature.
    if (
        path.name.startswith("_")
        or path.name == "base.html"
        or {"components", "forms", "mail", "documents"} & set(path.parts)
    ):
        return []
    return [] if FIRST_TAG.match(COMMENT.sub("", text)) else ["neither extends a page nor is called _fragment.html"]


def untranslated(text: str) -> list[str]:
    """Words that stand in a page outside ``translate``: one language would see the other's."""
    bare = TRANSLATED.sub("{{ translated }}", SCRIPT_OR_STYLE.sub("<>", COMMENT.sub("", text)))
    bare = TAGS.sub("<>", ELEMENT.sub("<>", bare))
    words = (html.unescape(" ".join(match.split())) for match in WORDS.findall(f">{bare}<"))
    return [f"untranslated “{word}”" for word in words if LETTERS.search(word) and word not in NAMES_OF_LANGUAGES]


def url_names(text: str) -> list[str]:
    return URL_NAME.findall(text)


def numbers_as_people_write_them(text: str) -> list[str]:
    """A number in an attribute is for the machine: `|stringformat:"d"`."""
    return [f"{match[1]} in an attribute" for match in NUMBER_IN_ATTRIBUTE.finditer(COMMENT.sub("", text))]
