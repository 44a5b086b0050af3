"""Reads a plan or a progress report as PDF: ruled tables from their rules, everything else from its lines."""

from __future__ import annotations

from io import BytesIO

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from palermo.plan.imports.reader.pdf_pages import PdfPages
from palermo.plan.imports.reader.reading import Reading, SourceKind, UnreadableError
from palermo.plan.imports.reader.structure.document import read_document

MOST_PAGES = 1_500

ENCRYPTED = UnreadableError("encrypted", "The PDF is protected by a password. Save a copy without one and upload that.")
DAMAGED = UnreadableError(
    "damaged", "The PDF is damaged or breaks off. Download it again, or save it anew, and upload that."
)
SCANNED = UnreadableError(
    "scanned", "The PDF holds pictures of pages and no text. Run text recognition on it, then upload the result."
)
TOO_LONG = UnreadableError(
    "too_many_pages", f"The PDF has more than {MOST_PAGES} pages. Upload the part that holds the plan."
)


def read_pdf(data: bytes) -> Reading:
    """The plan in a PDF: its sections and rows, or why there is none.

    Raises UnreadableError for a PDF that is protected, damaged, without any text, or too long.
    """
    if b"%PDF-" not in data[:1024]:
        raise DAMAGED
    pages = _pages(data)
    if not pages.lines and not pages.grids:
        raise SCANNED
    return read_document(pages.lines, pages.grids, SourceKind.PDF)


def _pages(data: bytes) -> PdfPages:
    """Every page, one after the other, each let go before the next is opened."""
    pages = PdfPages()
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise TOO_LONG
            for page in pdf.pages:
                pages.read(page)
                page.close()
    except UnreadableError:
        raise
    except PdfminerException as error:
        raise _refusal(error.args[0] if error.args else error) from error
    except (ValueError, TypeError, KeyError, IndexError, AssertionError, RecursionError, AttributeError) as error:
        raise DAMAGED from error
    return pages


def _refusal(cause: object) -> UnreadableError:
    if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError):
        return ENCRYPTED
    return DAMAGED
