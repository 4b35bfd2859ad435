"""Why a file is not kept; each sentence says what to do instead."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pobratym.files.choices import FileType
from pobratym.vocabulary.refusals import Refusal


class FileRefused(Refusal):
    """What is wrong with a file stands at its field."""

    field = "file"
    sentence: Promise | str = ""

    def __init__(self, **words: object) -> None:
        super().__init__(str(self.sentence) % words if words else self.sentence)


class WrongType(FileRefused):
    """Not one of the types that we keep."""

    sentence = _("Files of this type are not kept. Save it as one of: %(allowed)s.")

    def __init__(self) -> None:
        super().__init__(allowed=", ".join(str(label) for label in FileType.labels))


class TooLarge(FileRefused):
    """More than the limit."""

    status = 413
    sentence = _("The file is larger than %(limit)s MB. Make it smaller, for example with fewer or smaller pictures.")

    def __init__(self) -> None:
        super().__init__(limit=settings.FILE_UPLOAD_LIMIT // (1024 * 1024))


class EmptyFile(FileRefused):
    """Nothing in it."""

    sentence = _("The file is empty. Choose it again.")


class Damaged(FileRefused):
    """Its parts contradict each other, or their names lead elsewhere."""

    sentence = _("The file is damaged or was put together oddly. Open it, save it again and add the new one.")


class Swollen(FileRefused):
    """It unpacks to far more than it should."""

    sentence = _("The file unpacks to far more than a document needs. Save it again with less in it.")


class Protected(FileRefused):
    """It cannot be looked into."""

    sentence = _("The file is protected by a password, so nobody can check it. Save it without one.")


class Nested(FileRefused):
    """Files within the file."""

    sentence = _("The file holds other files inside. Take them out and add each one by itself.")


class Macros(FileRefused):
    """A program travels with the document."""

    sentence = _("The file holds macros. Save it as a plain document without macros.")


class FetchesElsewhere(FileRefused):
    """It would tell a stranger who opens it, or show what they please."""

    sentence = _(
        "The file fetches something from elsewhere when it is opened: a template, picture or table. "
        "Break these links and save it again."
    )


class ActivePdf(FileRefused):
    """Script, programs or attachments inside a PDF."""

    sentence = _("This PDF holds a script, a call of a program or attached files. Print it as a new PDF and add that.")


class TwoFaced(FileRefused):
    """One kind of file to us, another to the next program."""

    sentence = _("The file is two kinds of file at once. Save it again as one.")


class TooManyPixels(FileRefused):
    """A picture that would not fit into memory."""

    sentence = _("The picture has more than %(limit)s million pixels. Make it smaller.")


class Moving(FileRefused):
    """More than one picture in a file."""

    sentence = _("The picture moves. Save one still picture of it.")


class HoldsItsText(FileRefused):
    """A signature with the signed file inside it."""

    sentence = _(
        "This signature carries the signed file inside. Add a signature that stands apart from the file, "
        "or a container ASiC."
    )


class FormulaInTable(FileRefused):
    """A cell that a spreadsheet program would run."""

    sentence = _(
        "Row %(row)s, column %(column)s begins like a formula and would run when the table is opened. "
        "Put an apostrophe before it or save the table as XLSX."
    )


class ContentMissing(Refusal):
    """The row is there, its content is not."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_("The file’s content is missing on the server. Tell a moderator."))
