"""The dossier of one party: everything that a case knows of it, with notes that can be checked, as a file to read.

:mod:`.compose` asks the case and puts sections together, :mod:`.content` is what they are made of, and each of the
other modules writes them in one form.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from finemesh.model.errors import UserError
from finemesh.reports.dossier.content import Dossier
from finemesh.reports.in_place import in_place

FORMS = ("html", "pdf", "docx", "md")


def form_of(path: Path) -> str:
    """The form that a file's ending names.

    Raises:
        UserError: It names none.
    """
    return _known(path.suffix.lstrip(".").lower())


def render(dossier: Dossier, form: str) -> bytes:
    """A dossier in one of :data:`FORMS`; the same dossier always gives the same bytes.

    Raises:
        UserError: There is no such form.
    """
    return _writer(_known(form))(dossier)


def _known(form: str) -> str:
    if form not in FORMS:
        raise UserError(f"no such form of a dossier: {form!r}", hint="known: " + ", ".join(FORMS))
    return form


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
    data = render(dossier, form_of(path))
    try:
        in_place(path, lambda file: file.write_bytes(data))
    except OSError as error:
        hint = "check the folder and its permissions"
        raise UserError(f"cannot write the dossier: {error.strerror}", where=str(path), hint=hint) from error
