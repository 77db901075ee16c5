"""The dossier of one party: everything that a case knows of it, with notes that can be checked, as a file to read.

:mod:`.compose` asks the case and puts sections together, :mod:`.content` is what they are made of, and each of the
other modules writes them in one form.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from finemesh.model.errors import UserError
from finemesh.reports.dossier.content import Dossier

FORMS = ("html", "pdf", "docx", "md")


def render(dossier: Dossier, form: str) -> bytes:
    """A dossier in one of :data:`FORMS`; the same dossier always gives the same bytes.

    Raises:
        UserError: There is no such form.
    """
    if form not in FORMS:
        raise UserError(f"no such form of a dossier: {form!r}", hint="known: " + ", ".join(FORMS))
    return _writer(form)(dossier)


def _writer(form: str) -> Callable[[Dossier], bytes]:
    """The writer of a form; libraries of the other forms are not loaded."""
    if form == "html":
        from finemesh.reports.dossier.html import write_html as write
    elif form == "pdf":
        from finemesh.reports.dossier.pdf import write_pdf as write
    elif form == "docx":
        from finemesh.reports.dossier.docx import write_docx as write
    else:
        from finemesh.reports.dossier.markdown import write_markdown as write
    return write


def write_dossier(dossier: Dossier, path: Path) -> None:
    """Write a dossier in the form that the file's ending names; it appears under its name only when it is complete.

    Raises:
        UserError: The ending names no form, or the file cannot be written.
    """
    data = render(dossier, path.suffix.lstrip(".").lower())
    temporary = path.with_name(f".{path.name}.part")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        hint = "check the folder and its permissions"
        raise UserError(f"cannot write the dossier: {error.strerror}", where=str(path), hint=hint) from error
    finally:
        temporary.unlink(missing_ok=True)
