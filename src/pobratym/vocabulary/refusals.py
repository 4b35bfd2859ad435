"""Refusals: anticipated answers “no”, each a sentence that says what to do."""

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """An operation refuses; `str()` is fit to show. `field` names the form field it belongs to, if any."""

    status = 422
    field: str | None = None

    def __init__(self, sentence: object, *, field: str | None = None) -> None:
        super().__init__(sentence)
        if field is not None:
            self.field = field


class ChangedMeanwhile(Refusal):
    """The form was written against an older version of the record."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Someone changed this meanwhile. Open the page again, check the new state and repeat your change.")
        )
