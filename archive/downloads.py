"""Files that leave the portal: as attachments, under names that name nobody."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse

from archive.formats.adf import build_adf
from archive.formats.json import read_json
from archive.models import Export, Transcript, TranscriptFile

_TYPES = {
    "json": ("application/json", "json"),
    "text": ("text/plain; charset=utf-8", "txt"),
    "pdf": ("application/pdf", "pdf"),
    "adf": ("application/x-adf+xml", "adf.xml"),
}


def transcript_file(transcript: Transcript, form: str) -> HttpResponse:
    """Return one form of a transcript: text, json and pdf as sealed, adf made from the JSON.

    Raises Http404 for any other form.
    """
    if form not in _TYPES:
        raise Http404
    content_type, ending = _TYPES[form]
    sealed = TranscriptFile.Format.JSON if form == "adf" else form
    file = TranscriptFile.objects.filter(transcript=transcript, format=sealed).first()
    if file is None:
        raise Http404
    content = bytes(file.content)
    if form == "adf":
        content = build_adf(read_json(content), sha256=transcript.sha256)
    name = f"transcript-{transcript.public_id}.{ending}"
    return HttpResponse(content, content_type=content_type, headers=_headers(name))


def export_file(export: Export) -> FileResponse:
    """Return the ZIP of a complete export, in pieces. Raises Http404 when the file is gone."""
    try:
        content = export.file.open("rb")
    except (OSError, ValueError):
        raise Http404 from None
    name = f"archive-{export.public_id}.zip"
    # Django names the file itself, over a header that is set.
    return FileResponse(
        content,
        as_attachment=True,
        filename=name,
        content_type="application/zip",
        headers=_headers(name),
    )


def csv_file(name: str, lines: Iterable[str]) -> StreamingHttpResponse:
    """Return lines of CSV as a file, as they come."""
    return StreamingHttpResponse(
        lines, content_type="text/csv; charset=utf-8", headers=_headers(f"{name}.csv")
    )


def _headers(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
