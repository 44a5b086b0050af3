"""Plan files with what stretches a page: very long texts, words without a break, and nothing at all."""

from __future__ import annotations

import json

SENTENCE = "Bring inspectors, nurses and teachers together so that nobody has to tell the same story twice. "
SENTENCE_FR = "Réunir inspecteurs, infirmières et enseignants pour que personne ne raconte deux fois la même histoire. "
LONG_TEXT = (SENTENCE * 40)[:3000]
LONG_TEXT_FR = (SENTENCE_FR * 40)[:3000]
UNBROKEN = "Interdepartmentalcoordination" * 4
LONG_NAME = ("Joint Secretariat of Provincial and Municipal Ministries of Inland Waterways and Housing, " * 3)[:200]


def _head(code: str, title: str, title_fr: str) -> dict[str, object]:
    return {
        "code": code,
        "title": {"en": title, "fr": title_fr},
        "summary": {"en": "", "fr": ""},
        "jurisdiction": "CA",
        "owner": "ministry-of-length",
        "starts_on": "2021-04-01",
        "ends_on": "2026-03-31",
        "is_invented": True,
        "predecessor": None,
    }


_OWNER = {"code": "ministry-of-length", "names": [{"name": {"en": LONG_NAME, "fr": LONG_NAME}}]}


def long_plan() -> bytes:
    """A plan in which everything is as long as it may be."""
    deliverable = {
        "code": "L1-01",
        "section": "L1",
        "row": 1,
        "text": {"en": LONG_TEXT, "fr": LONG_TEXT_FR},
        "start": {"printed": UNBROKEN[:110]},
        "due": [
            {"on": "2022-03-31", "printed": "2021/22"},
            {"on": "2024-03-31", "reason": {"en": LONG_TEXT, "fr": ""}},
        ],
        "responsibilities": [{"organisation": "ministry-of-length", "kind": "lead", "printed": LONG_NAME}],
        "statuses": [{"period": "2021-2022", "kind": "claimed", "value": "ongoing", "printed": UNBROKEN[:110]}],
        "evidence": [
            {"period": "2021-2022", "title": {"en": UNBROKEN, "fr": ""}, "url": "https://example.org/" + "a" * 150}
        ],
    }
    unbroken = {"code": "L1-02", "section": "L1", "row": 2, "text": {"en": UNBROKEN, "fr": ""}}
    title = f"Plan of {UNBROKEN}, " + "of very many partners and places " * 5
    head = _head("example-long", title[:290], title[:290])
    head["levels"] = [{"name": {"en": "Pillar", "fr": "Pilier"}, "plural": {"en": "Pillars", "fr": "Piliers"}}]
    return _written(
        head,
        periods=[{"code": "2021-2022", "starts_on": "2021-04-01", "ends_on": "2022-03-31"}],
        sections=[{"code": "L1", "title": {"en": (SENTENCE * 6)[:500], "fr": UNBROKEN}, "p": "protection"}],
        deliverables=[deliverable, unbroken],
    )


def empty_plan() -> bytes:
    """A plan of which nothing is known but its name."""
    return _written(_head("example-empty", "A plan with nothing in it", "Un plan qui ne contient rien"))


def _written(head: dict[str, object], **lists: object) -> bytes:
    return json.dumps({"format": "palermo-plan/1", "plan": head, "organisations": [_OWNER], **lists}).encode()
