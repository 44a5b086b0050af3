"""Adding evidence to a return, reading it, and clearing it for publication."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palermo.people.guards import for_roles, public, signed_in
from palermo.plan.returns import policies
from palermo.plan.returns.actions import evidence
from palermo.plan.returns.actions.drafting import tell
from palermo.plan.returns.evidence_types import EXTENSIONS
from palermo.plan.returns.forms_evidence import ProofForm, PublicForm
from palermo.plan.returns.models import Proof
from palermo.plan.returns.policies import WRITERS
from palermo.plan.returns.queries.evidence import proof_to_read, published_file
from palermo.plan.returns.queries.one import return_or_none
from palermo.plan.returns.views.writing import READERS


@for_roles(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_add(request: HttpRequest, number: int) -> HttpResponse:
    """Add a link or a file to a return."""
    by = signed_in(request)
    one = return_or_none(by, number)
    if one is None:
        raise Http404
    if not policies.may_write(by, one):
        messages.warning(request, _("The return is not with its writers just now, so nothing can be added."))
        return redirect("return", number)
    form = ProofForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("title_en", "title_fr")}
        try:
            if form.cleaned_data["file"]:
                evidence.add_file(of=one, upload=form.cleaned_data["file"], **said, by=by)
            else:
                evidence.add_link(of=one, url=form.cleaned_data["url"], **said, by=by)
        except evidence.NotTakenError as refused:
            form.add_error("file", why_not(refused.code))
        else:
            messages.success(request, _("Added. It is internal until it is cleared for publication."))
            return redirect("return", number)
    return render(request, "returns/evidence_add.html", {"one": one, "form": form})


def why_not(code: str) -> str:
    """Why a file is not taken, and what to do."""
    return {
        "too_large": _("The file is too large. Send a part of it, or a link to it."),
        "unknown_type": _("Send a PDF, an image (PNG or JPEG), a Word, Excel or OpenDocument file, or plain text."),
        "macros": _("The document carries macros. Save it without them, and send it again."),
        "refused_by_antivirus": _("The virus check refused the file. Nothing of it was kept."),
        "antivirus_failed": _("The virus check does not work just now, so no file is taken. Try again later."),
    }[code]


@for_roles(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_one(request: HttpRequest, evidence_code: UUID) -> HttpResponse:
    """One piece of evidence: what it is, and what may be done with it."""
    by, proof = signed_in(request), _readable(request, evidence_code)
    one = proof.of
    form = PublicForm(request.POST or None)
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do == "publish" and not form.is_valid():
            return _shown(request, proof, form)
        acts = {
            "remove": lambda: evidence.remove_proof(proof=proof, by=by),
            "restore": lambda: evidence.restore_proof(proof=proof, by=by),
            "publish": lambda: evidence.clear_for_publication(proof=proof, names_nobody=True, by=by),
            "destroy": lambda: evidence.destroy_file(proof=proof, by=by),
            "keep_internal": lambda: evidence.keep_internal(proof=proof, by=by),
        }
        if do not in acts:
            raise Http404
        acts[do]()
        messages.success(request, _("Saved."))
        return redirect("evidence_one", evidence_code) if do in {"remove", "destroy"} else redirect("return", one.pk)
    return _shown(request, proof, form)


def _shown(request: HttpRequest, proof: Proof, form: PublicForm) -> HttpResponse:
    viewer = signed_in(request)
    context = {
        "proof": proof,
        "one": proof.of,
        "form": form,
        "may_write": policies.may_write(viewer, proof.of),
        "may_publish": policies.may_publish_evidence(viewer, proof.of),
        "may_withdraw": policies.may_withdraw_evidence(viewer, proof.of),
    }
    return render(request, "returns/evidence_one.html", context)


@for_roles(*READERS)
def evidence_read(request: HttpRequest, evidence_code: UUID) -> FileResponse:
    """The file itself, for whoever reads the return. That it was read goes into the trail."""
    proof = _readable(request, evidence_code)
    if not proof.file or proof.destroyed_at:
        raise Http404
    with transaction.atomic():
        tell(proof.of, "evidence.read", signed_in(request), evidence=proof.pk)
    return _handed_over(proof)


@public
def evidence_file(request: HttpRequest, evidence_code: UUID) -> FileResponse:
    """A file that was cleared for publication, once its period was closed."""
    proof = published_file(request.user, evidence_code)
    if proof is None:
        raise Http404
    return _handed_over(proof)


def _readable(request: HttpRequest, code: UUID) -> Proof:
    proof = proof_to_read(signed_in(request), code)
    if proof is None:
        raise Http404
    return proof


def _handed_over(proof: Proof) -> FileResponse:
    """The file as an attachment that no browser runs, whatever is in it."""
    name = f"{slugify(proof.title_en or proof.title_fr)[:80] or 'evidence'}.{EXTENSIONS[proof.content_type]}"
    answer = FileResponse(proof.file.open(), as_attachment=True, filename=name, content_type="application/octet-stream")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
