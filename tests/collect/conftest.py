"""Small PDF files, written by hand, so that no test needs one from elsewhere."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pypdfium2
import pytest

Words = tuple[int, int, str]
"""Where words stand on a page, in points from the lower left, and the words."""


def written(*pages: Sequence[Words]) -> bytes:
    """Return a PDF file with a page for each list of words."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, page in enumerate(pages):
        shown = b"".join(
            b"1 0 0 1 %d %d Tm (%s) Tj\n" % (x, y, s.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)"))
            for x, y, s in page
        )
        content = b"BT /F1 11 Tf\n" + shown + b"ET"
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
            % (5 + 2 * number)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    """Give the maker of PDF files."""
    return written


@pytest.fixture
def summary() -> list[Words]:
    """Give the words of an invented discharge summary on one page."""
    return [
        (72, 700, "DISCHARGE SUMMARY"),
        (72, 686, "Date of admission: 03/04/2026"),
        (72, 672, "Date of discharge: 03/07/2026"),
        (72, 640, "The patient is a 60-year-old man with hyper-"),
        (72, 626, "tension and diabetes, seen for follow-"),
        (72, 612, "up of his anemia."),
        (72, 580, "LABS:"),
        (72, 566, "Sodium"),
        (200, 566, "140"),
        (300, 566, "mmol/L"),
        (72, 552, "Potassium"),
        (200, 552, "3.1 (L)"),
        (300, 552, "mmol/L"),
        (72, 520, "MEDICATIONS: Lisinopril 20 mg p.o. daily."),
    ]


@pytest.fixture
def scan() -> Callable[[bytes], bytes]:
    """Give what turns the first page of a PDF file into a picture, as a scanner would."""

    def scanned(data: bytes) -> bytes:
        page = pypdfium2.PdfDocument(data)[0]
        width, height = page.get_size()
        new = pypdfium2.PdfDocument.new()
        picture = pypdfium2.PdfImage.new(new)
        picture.set_bitmap(page.render(scale=300 / 72))
        picture.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        sheet = new.new_page(width, height)
        sheet.insert_obj(picture)
        sheet.gen_content()
        out = io.BytesIO()
        new.save(out)
        return out.getvalue()

    return scanned
