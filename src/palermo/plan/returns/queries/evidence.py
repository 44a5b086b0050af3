"""Reading evidence: inside by whoever reads the return, outside once it was published."""

from __future__ import annotations

from uuid import UUID

from palermo.people.policies import Viewer
from palermo.plan.register.models import Evidence
from palermo.plan.returns import policies
from palermo.plan.returns.models import Proof
from palermo.plan.returns.queries.cleared import last_cleared, proofs_then


def proof_to_read(viewer: Viewer, code: UUID) -> Proof | None:
    """A piece of evidence of a return that the viewer may read, taken out or not.

    While the organisation works on a return again, others read only the evidence that it cleared.
    """
    related = ("of__cycle__period__plan__owner", "of__deliverable", "of__organisation")
    readable = Proof.objects.filter(code=code, of__in=policies.returns_to_read(viewer))
    proof = readable.select_related(*related).first()
    if proof is None or policies.reads_drafts(viewer, proof.of):
        return proof
    last = last_cleared(proof.of)
    return proof if last and proof in proofs_then(proof.of, last) else None


def published_file(viewer: Viewer, code: UUID) -> Proof | None:
    """A file that was published when its period was closed, and was not taken out since."""
    if not Evidence.objects.filter(file_code=code).exists():
        return None
    return Proof.objects.filter(code=code, is_public=True, removed_at__isnull=True).exclude(file="").first()
