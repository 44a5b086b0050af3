"""How an event's hash is made."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC

from palermo.audit.models import AuditEvent


def event_hash(event: AuditEvent) -> str:
    """SHA-256 over every column of the event and the hash of the one before, as canonical JSON."""
    told = [
        event.number,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.by_id,
        event.by_name,
        event.act,
        event.about_kind,
        event.about_id,
        event.details,
        event.previous_hash,
    ]
    canonical = json.dumps(told, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
