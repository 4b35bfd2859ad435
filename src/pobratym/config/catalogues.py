"""Message catalogues: each context carries its own; Babel extracts and compiles, gettext's tools are not needed."""

from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_javascript, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1]

# Calls by which code and templates name a message, by the shape of their arguments.
SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
PLURAL_IN_CONTEXT = {"npgettext", "npgettext_lazy"}
KEYWORDS: dict[str, Any] = dict.fromkeys(SINGULAR | PLURAL | IN_CONTEXT | PLURAL_IN_CONTEXT)


def contexts() -> list[Path]:
    """The folders that may carry a catalogue."""
    return sorted(path for path in SOURCE.iterdir() if (path / "__init__.py").exists())


def catalogue_of(context: Path) -> Path:
    """Where a context's Ukrainian messages are."""
    return context / "locale" / "uk" / "LC_MESSAGES" / "django.po"


def _messages_in(path: Path) -> Iterator[tuple[str, Any]]:
    if path.suffix == ".py":
        with path.open("rb") as file:
            for _line, function, message, _comments in extract_python(file, KEYWORDS, (), {}):
                yield function, message  # type: ignore[misc]  # Babel annotates another reader's tuple
    else:
        # Django turns a template into calls among noise; the JavaScript reader forgives the noise.
        code = templatize(path.read_text(encoding="utf-8"))
        for _line, function, message, _comments in extract_javascript(BytesIO(code.encode()), KEYWORDS, (), {}):
            yield function, message  # type: ignore[misc]  # as above


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
            if function in SINGULAR:
                catalogue.add(parts[0], locations=where)
            elif function in PLURAL:
                catalogue.add((parts[0], parts[1]), locations=where)
            elif function in IN_CONTEXT:
                catalogue.add(parts[1], context=parts[0], locations=where)
            else:
                catalogue.add((parts[1], parts[2]), context=parts[0], locations=where)
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
    return [str(message.id) for message in catalogue if message.id and (message.fuzzy or not _is_filled(message))]


def _is_filled(message: Message) -> bool:
    texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return bool(texts) and all(texts)


def compile_catalogue(context: Path) -> None:
    """Write the binary catalogue beside the text one."""
    path = catalogue_of(context)
    with path.open("rb") as file:
        catalogue = read_po(file, locale="uk")
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
