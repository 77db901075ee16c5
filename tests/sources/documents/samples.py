"""Small files of each format, written byte by byte, so that tests can also write broken ones."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODT = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def pdf(pages: list[list[str]], info: str = "", trailer: str = "", picture_on: tuple[int, ...] = ()) -> bytes:
    """A PDF with lines of text on each page; ``picture_on`` names pages (from 0) that show a picture."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
    )
    objects.append(image + b"\nstream\n\x80\nendstream")
    kids = []
    for number, lines in enumerate(pages):
        shown = "BT /F1 11 Tf 50 780 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        if number in picture_on:
            shown += " q 500 0 0 700 50 50 cm /Im1 Do Q"
        body = shown.encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n" % len(body) + body + b"\nendstream")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> /XObject << /Im1 4 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    objects.append(f"<< {info} >>".encode("latin-1"))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R %s >>\n" % (len(objects) + 1, len(objects), trailer.encode())
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


ENCRYPTED = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >> /ID [<{1}> <{1}>]".format(
    "ab" * 32, "cd" * 16
)


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A ZIP of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, **more: str | bytes) -> bytes:
    """A Word document; ``body`` is the XML within ``w:body``, ``more`` are further members (``__`` is ``/``)."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
    }
    return zipped(files | {name.replace("__", "/"): content for name, content in more.items()})


def paragraph(*runs: str) -> str:
    """One paragraph of a Word document."""
    return "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs) + "</w:p>"


def odt(body: str, meta: str = "", kind: str = "text") -> bytes:
    """An OpenDocument file; ``body`` is the XML within ``office:text``."""
    content = f"<office:document-content {ODT}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    files: dict[str, str | bytes] = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content}
    if meta:
        files["meta.xml"] = f"<office:document-meta {ODT}><office:meta>{meta}</office:meta></office:document-meta>"
    return zipped(files)


def scanned(raw: bytes, pages: tuple[int, ...], dpi: int = 200) -> bytes:
    """A PDF with some of its pages (from 0) turned into pictures of themselves, as a scanner makes them."""
    import pypdfium2

    old, new = pypdfium2.PdfDocument(raw), pypdfium2.PdfDocument.new()
    for number in range(len(old)):
        if number not in pages:
            new.import_pages(old, [number])
            continue
        width, height = old[number].get_size()
        page = new.new_page(width, height)
        image = pypdfium2.PdfImage.new(new)
        image.set_bitmap(old[number].render(scale=dpi / 72, grayscale=True))
        image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        page.insert_obj(image)
        page.gen_content()
    out = io.BytesIO()
    new.save(out)
    return out.getvalue()
