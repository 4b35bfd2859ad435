"""What is written to the log: one line for each event, without secrets, whatever a visitor has put into it."""

import logging
import re

# A link's token, whatever is called a secret, and the name part of an e-mail address.
TOKEN = re.compile(r"(?<![\w-])[\w-]{32,}(?![\w-])")
NAMED = re.compile(
    r"(?i)\b((?:password|token|secret|csrfmiddlewaretoken|session|cookie|authorization)['\"]?\s*[=:]\s*)\S+"
)
MAIL = re.compile(r"[\w.+-]+@(?=[\w-]+\.)")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
HIDDEN = "…"


def clean(text: str) -> str:
    """The text without secrets, on one line: a line break that a visitor sends cannot begin an entry of its own."""
    text = NAMED.sub(rf"\g<1>{HIDDEN}", text)
    text = MAIL.sub(f"{HIDDEN}@", TOKEN.sub(HIDDEN, text))
    return CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


class Lines(logging.Formatter):
    """Entries that begin with their moment; the lines of an error that belongs to one are indented under it."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the name is logging's
        """One clean line, with the number that the reader of the page was given."""
        record.message = clean(record.message)
        reference = getattr(getattr(record, "request", None), "reference", "")
        return super().formatMessage(record) + (f" [{reference}]" if reference else "")

    def formatException(self, ei: object) -> str:  # noqa: N802  # the name is logging's
        """Each line of the traceback indented, so that none looks like an entry."""
        return "\n".join("    | " + clean(line) for line in super().formatException(ei).splitlines())  # type: ignore[arg-type]
