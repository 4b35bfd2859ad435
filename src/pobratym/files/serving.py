"""The answer that carries a file. A view of the owner's context calls it after its own check of visibility."""

from django.http import FileResponse

from pobratym.files.models import StoredFile
from pobratym.files.operations import open_file


def answer(file: StoredFile, as_name: str = "") -> FileResponse:
    """The file as a download under its own or another name, never shown within our pages' origin.

    Raises ContentMissing, which the middleware answers with its sentence.
    """
    response = FileResponse(
        open_file(file=file), as_attachment=True, filename=as_name or file.name, content_type=file.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["ETag"] = f'"{file.sha256}"'
    return response
