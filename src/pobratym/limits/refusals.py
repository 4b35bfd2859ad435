"""The refusal of one who asks too often."""

from django.utils.translation import ngettext

from pobratym.vocabulary.refusals import Refusal


class TooOften(Refusal):
    """Over the limit; `retry_after` seconds later it works again."""

    status = 429

    def __init__(self, retry_after: int) -> None:
        self.retry_after = max(1, retry_after)
        super().__init__(_sentence(self.retry_after))


def _sentence(seconds: int) -> str:
    if seconds < 90:
        return ngettext(
            "This was done too often in a short time. Wait %(count)s second and try again.",
            "This was done too often in a short time. Wait %(count)s seconds and try again.",
            seconds,
        ) % {"count": seconds}
    minutes = -(-seconds // 60)
    return ngettext(
        "This was done too often in a short time. Wait %(count)s minute and try again.",
        "This was done too often in a short time. Wait %(count)s minutes and try again.",
        minutes,
    ) % {"count": minutes}
