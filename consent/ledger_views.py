"""Pages of the ledger itself: the proof of one entry."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.http import StaffRequest
from consent import checkpoints, proofs
from consent.kinds import Kind
from consent.models import ConsentEvent
from consent.presentation import ENTRY_WORDS
from consent.views import answer, phone_for


@login_required
@require_GET
def entry_proof(request: StaffRequest, public_id: uuid.UUID, index: int) -> HttpResponse:
    """Show that one entry of a customer stands in a signed checkpoint; ?format=json as a file."""
    phone = phone_for(request, public_id)
    # Also of a number that was corrected since: its entries stay.
    entry = (
        ConsentEvent.objects.filter(
            dealership=phone.dealership_id, subject__in=phone.contact.phones.values("subject")
        )
        .filter(index=index)
        .first()
    )
    if entry is None:
        raise Http404
    try:
        proof, problem = proofs.inclusion(phone.dealership, index=index), ""
    except proofs.NoProof as error:
        proof, problem = None, error.detail
    if proof is not None and request.GET.get("format") == "json":
        name = f"entry-{index}.proof.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return JsonResponse(proof.as_json(), headers=headers, json_dumps_params={"indent": 1})
    note = proof.checkpoint.note if proof else ""
    context = {
        "contact": phone.contact,
        "entry": entry,
        "words": ENTRY_WORDS[Kind(entry.kind)],
        "proof": proof,
        "problem": problem,
        "is_signed": checkpoints.signer_of(note) is not None,
        "verifier_key": checkpoints.key_of(note),
    }
    with timezone.override(phone.dealership.timezone):
        return answer(request, "consent/entry_proof.html", context)
