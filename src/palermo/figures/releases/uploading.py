"""Taking in records: encrypted while they stream in, so that no byte of them ever lies on the disk in clear."""

from __future__ import annotations

import io

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from palermo.figures.releases.keeping import Kept, Sealing, destroy


class SealedUpload(UploadedFile[bytes]):
    """An upload that lies encrypted. Unless somebody takes it, it is destroyed at the end of the request."""

    def __init__(self, kept: Kept) -> None:
        # What the file was called may be personal as well.
        super().__init__(io.BytesIO(), name="records", size=kept.size)
        self.kept = kept
        self._taken = False

    def take(self) -> Kept:
        """Hand it over to whoever keeps it or destroys it."""
        self._taken = True
        return self.kept

    def close(self) -> None:
        """The request is over."""
        super().close()
        if not self._taken:
            destroy(self.kept.code)


class SealingHandler(FileUploadHandler):
    """The only upload handler of the page that takes records; `too_large` says why nothing came."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.too_large = False
        self._sealing: Sealing | None = None

    def new_file(self, *args: object, **kwargs: object) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self._sealing = Sealing()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django names them
        """Encrypt a piece of it, up to the limit."""
        if self._sealing is None:
            return
        if self._sealing.size + len(raw_data) > settings.RECORDS_LIMIT:
            self.too_large = True
            self._forget()
            raise StopUpload(connection_reset=False)
        self._sealing.write(raw_data)

    def file_complete(self, file_size: int) -> SealedUpload | None:  # noqa: ARG002
        """The file is whole."""
        if self._sealing is None:
            return None
        kept, self._sealing = self._sealing.close(), None
        return SealedUpload(kept)

    def upload_interrupted(self) -> None:
        """Whoever sent it went away."""
        self._forget()

    def _forget(self) -> None:
        if self._sealing is not None:
            self._sealing.forget()
            self._sealing = None
