"""Words kept in both languages, for records that outlive the language they were written under."""

from django.utils.translation import override


def in_both(name: str, text: object, **words: object) -> dict[str, str]:
    """A lazily translated text as `<name>_uk` and `<name>_en`, its `%(words)s` filled in each."""
    filled = {}
    for language in ("uk", "en"):
        with override(language):
            filled[f"{name}_{language}"] = str(text) % words if words else str(text)
    return filled
