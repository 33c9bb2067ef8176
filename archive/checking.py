"""The whole check: the ledgers, then the transcripts and exports that stand on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from accounts.models import Dealership
from archive import sealing
from archive.models import Export, Transcript
from consent import checking, ledger
from consent.checking import Damage, Report
from consent.kinds import Kind
from consent.models import ConsentEvent


def fsck(*, notes: Sequence[str] = ()) -> Report:
    """Do what consent.checking.fsck does; in ledgers that are whole, check what cites an entry.

    A transcript's files, seal and signed note, and an export's manifest: a ledger that was cut
    short and mended is missing what they cite. Writes nothing; raises ValueError as that one does.
    """
    report = checking.fsck(notes=notes)
    broken = {damage.dealership for damage in report.damages}
    found: list[Damage] = []
    for dealership in Dealership.objects.order_by("pk"):
        if str(dealership.public_id) not in broken:
            with checking.snapshot():
                damage = _transcript_damage(dealership) or _export_damage(dealership)
            found += [damage] if damage else []
    return replace(report, damages=(*report.damages, *found))


def _transcript_damage(dealership: Dealership) -> Damage | None:
    erasures = checking.Erasures(dealership)
    sealed = Transcript.objects.filter(dealership=dealership).order_by("ledger_index")
    for transcript in sealed.iterator(500):
        is_erased = not transcript.files.exists() and any(
            erasures.cover(entry)
            for entry in ConsentEvent.objects.filter(
                dealership=dealership, index=transcript.ledger_index
            )
        )
        for check in sealing.verify(transcript, is_erased=is_erased).checks:
            if not check.holds:
                problem = f'transcript {transcript.public_id}: not so: "{check.name}"'
                return Damage(str(dealership.public_id), transcript.ledger_index, problem)
    return None


def _export_damage(dealership: Dealership) -> Damage | None:
    exports = Export.objects.filter(dealership=dealership, status=Export.Status.COMPLETE)
    for export in exports.order_by("ledger_index").iterator(500):
        index = export.ledger_index or 0
        entry = ConsentEvent.objects.filter(
            dealership=dealership, index=index, kind=Kind.ARCHIVE_EXPORTED
        ).first()
        if entry is None or ledger.terms_of(entry).get("manifest_sha256") != export.sha256:
            problem = f"export {export.public_id}: its entry is missing or says another hash"
            return Damage(str(dealership.public_id), index, problem)
    return None
