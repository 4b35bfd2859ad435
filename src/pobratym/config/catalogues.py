"""Message catalogues: each context carries its own; Babel extracts and compiles, gettext's tools are not needed."""

from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_javascript, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1]

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def contexts() -> list[Path]:
    """The folders that may carry a catalogue."""
    return sorted(path for path in SOURCE.iterdir() if (path / "__init__.py").exists())


def catalogue_of(context: Path) -> Path:
    """Where a context's Ukrainian messages are."""
    return context / "locale" / "uk" / "LC_MESSAGES" / "django.po"


def _messages_in(path: Path) -> Iterator[tuple[str, object]]:
    if path.suffix == ".py":
        with path.open("rb") as file:
            for _line, function, message, _comments in extract_python(file, list(KEYWORDS), (), {}):
                yield function, message
    else:
        # Django turns a template into calls among noise; the JavaScript reader forgives the noise.
        code = templatize(path.read_text(encoding="utf-8"))
        for _line, function, message, _comments in extract_javascript(BytesIO(code.encode()), list(KEYWORDS), (), {}):
            yield function, message


def extracted(context: Path) -> Catalog:
    """All messages of a context's code and templates."""
    catalogue = Catalog(locale="uk")
    for path in sorted([*context.rglob("*.py"), *context.rglob("*.html"), *context.rglob("*.txt")]):
        if "locale" in path.parts or "migrations" in path.parts:
            continue
        for function, message in _messages_in(path):
            parts = message if isinstance(message, tuple) else (message,)
            if not parts or not isinstance(parts[0], str) or not parts[0]:
                continue
            where = [(str(path.relative_to(SOURCE)).replace("\\", "/"), 0)]
            if "p" in function.replace("npgettext", "p") and function.startswith(("pgettext", "npgettext")):
                wanted = (parts[1], parts[2]) if function.startswith("np") else parts[1]
                catalogue.add(wanted, context=parts[0], locations=where)
            elif function.startswith("ngettext"):
                catalogue.add((parts[0], parts[1]), locations=where)
            else:
                catalogue.add(parts[0], locations=where)
    return catalogue


def updated(context: Path) -> tuple[Catalog, str]:
    """The context's catalogue brought up to its code, and the text of its file."""
    path = catalogue_of(context)
    new = extracted(context)
    catalogue = Catalog(locale="uk", project="Pobratym", version="", charset="utf-8")
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file, locale="uk")
        for message in new:
            if message.id and (known := old.get(message.id, message.context)) is not None:
                message.string = known.string
                message.flags = known.flags - {"python-format"} | message.flags
    for message in new:
        if message.id:
            catalogue.add(
                message.id,
                message.string,
                locations=message.locations,
                flags=message.flags,
                context=message.context,
            )
    out = BytesIO()
    write_po(out, catalogue, sort_output=True, include_lineno=False, omit_header=True, width=0)
    head = StringIO()
    head.write('msgid ""\nmsgstr ""\n"Language: uk\\n"\n"MIME-Version: 1.0\\n"\n')
    head.write('"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n')
    head.write(f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n')
    return catalogue, head.getvalue() + out.getvalue().decode()


def missing(catalogue: Catalog) -> list[str]:
    """Messages without a Ukrainian text, or with a doubtful one."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and (message.fuzzy or not all(message.string if message.pluralizable else [message.string]))
    ]


def compile_catalogue(context: Path) -> None:
    """Write the binary catalogue beside the text one."""
    path = catalogue_of(context)
    with path.open("rb") as file:
        catalogue = read_po(file, locale="uk")
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
