"""Sentences of the audit trail."""

from django.utils.translation import gettext_lazy as _

from pobratym.audit.history import register

register(
    {
        "newsroom.publication.written": _("The draft was written."),
        "newsroom.publication.announced": _("The draft was written from the signed paper and waits for an editor."),
        "newsroom.publication.changed": _("The text was changed."),
        "newsroom.publication.corrected": _("The published text was corrected."),
        "newsroom.publication.retagged": _(
            "The communities were brought up to the text: %(added)s added, %(removed)s removed."
        ),
        "newsroom.publication.submitted": _("The draft was handed to the editors."),
        "newsroom.publication.returned": _("The item was returned to its writer with a note."),
        "newsroom.publication.published": _("The item was published."),
        "newsroom.publication.withdrawn": _("The item was withdrawn with a note."),
        "newsroom.publication.translated": _("A translation was written (%(language)s)."),
    }
)
