"""What arrives is bounded before anyone asks who sends it: nothing beyond the limit is stored, not even for a moment.

Django reads an upload when it looks for the form's token, thus also from strangers and for every address.
"""

from typing import IO

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

# Up to this multiple of the limit the form is answered with its sentence; a longer request is not read at all.
READ_AT_MOST = 5


class Bounded(FileUploadHandler):
    """Stands before the handlers that store: counts all files of a request, and drops what is too much."""

    received = 0

    def handle_raw_input(
        self,
        input_data: IO[bytes],  # noqa: ARG002  # Django's signature, here and below
        META: dict[str, str],  # noqa: ARG002, N803
        content_length: int,
        boundary: str,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        """Refuse a request that is longer than any that could be answered."""
        if content_length > READ_AT_MOST * settings.FILE_UPLOAD_LIMIT:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002  # Django's signature
        """Pass on until one file is seen to be too large: its stored part is then over the limit, and is refused."""
        before, self.received = self.received, self.received + len(raw_data)
        return raw_data if before <= settings.FILE_UPLOAD_LIMIT else None

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that store it."""
