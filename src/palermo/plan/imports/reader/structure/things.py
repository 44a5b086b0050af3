"""Decides which nodes of an outline are the things of a plan.

The readings are tried from the surest to the least sure; the last ones leave a doubt on every row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from palermo.plan.imports.reader.structure.columns import TELLING_ROLES
from palermo.plan.imports.reader.structure.kinds import kind_of_items, tell_of_the_past
from palermo.plan.imports.reader.structure.outline import Node
from palermo.plan.imports.reader.structure.trailing import split_status, status_of_heading
from palermo.plan.imports.reader.vocabulary import fold, words

LONGEST_STEP = 400


class Things:
    """The places of the nodes that are things, and whether that is a guess."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = nodes
        self._whole = fold(" ".join(node.text for node in nodes))
        self.places: set[int] = set()
        self.is_guess = False
        sure = (self._with_fields, self._with_statuses, self._under_statuses, self._labelled, self._coded)
        guesses = (self._under_pillars, self._introduced)
        for reading in (*sure, *guesses):
            found = reading()
            if len(found) >= 2 and not self._is_other_kind(found):
                self.places, self.is_guess = found, reading in guesses
                break

    def _is_other_kind(self, found: set[int]) -> bool:
        return bool(kind_of_items([self._nodes[place].opening for place in found], self._whole))

    def _with_fields(self) -> set[int]:
        """What stands above a run of fields that say who, when or how far."""
        found: set[int] = set()
        for place, node in enumerate(self._nodes):
            if node.kind == "field" and node.column and node.column.role in TELLING_ROLES:
                owner = self._owner(place)
                if owner is not None:
                    found.add(owner)
        return self._with_siblings(found)

    def _owner(self, place: int) -> int | None:
        for above in range(place - 1, max(-1, place - 12), -1):
            kind = self._nodes[above].kind
            if kind == "field":
                continue
            if kind == "bullet" and self._owned_bullet(above):
                continue
            if kind == "paragraph" and above and self._nodes[above - 1].kind in {"thing", "heading"}:
                return above - 1
            return above
        return None

    def _owned_bullet(self, place: int) -> bool:
        """A list item below a numbered thing is part of it."""
        return any(node.kind == "thing" for node in self._nodes[max(0, place - 8) : place])

    def _with_siblings(self, found: set[int]) -> set[int]:
        """Things printed like the ones found are things too, though their fields are missing."""
        likeness = Counter(
            (self._nodes[place].kind, self._nodes[place].label, self._nodes[place].code.count(".")) for place in found
        )
        common = {like for like, count in likeness.items() if count >= 2 and like[0] == "thing"}
        more = {
            place for place, node in enumerate(self._nodes) if (node.kind, node.label, node.code.count(".")) in common
        }
        return found | more

    def _with_statuses(self) -> set[int]:
        """Numbered things or list items of which at least half say how far they are."""
        for kind in ("thing", "bullet"):
            places = [place for place, node in enumerate(self._nodes) if node.kind == kind]
            told = [place for place in places if split_status(self._nodes[place].text)[1]]
            runs = self._runs_around(told, kind)
            if len(told) >= 2 and len(told) * 2 >= len(runs):
                return runs
        return set()

    def _runs_around(self, told: Sequence[int], kind: str) -> set[int]:
        """The whole lists in which those places stand."""
        found = set(told)
        for start in told:
            for step in (-1, 1):
                place = start + step
                while 0 <= place < len(self._nodes) and self._nodes[place].kind == kind:
                    found.add(place)
                    place += step
        return found

    def _under_statuses(self) -> set[int]:
        """Numbered things and list items below headings that give a status to all of them."""
        places: set[int] = set()
        statuses = set()
        for start, node in enumerate(self._nodes):
            status = status_of_heading(node.text) if node.kind in {"heading", "paragraph"} else ""
            items = self._items_below(start) if status else set()
            if items:
                statuses.add(status)
                places |= items
        return places if len(statuses) >= 2 else set()

    def _labelled(self) -> set[int]:
        """Things that say what they are, such as a measure and its number."""
        return {place for place, node in enumerate(self._nodes) if node.kind == "thing" and node.label}

    def _coded(self) -> set[int]:
        """Things with codes of several numbers under headings with a label."""
        headings = [node for node in self._nodes if node.kind == "heading" and node.code]
        places = {place for place, node in enumerate(self._nodes) if node.kind == "thing" and "." in node.code}
        return places if headings and len(places) >= 3 and self._are_steps(places) else set()

    def _are_steps(self, places: set[int]) -> bool:
        """Steps are short and lie ahead; numbered paragraphs are long, achievements lie behind."""
        texts = [self._nodes[place].text for place in places]
        long = sum(len(text) > LONGEST_STEP or text.count(". ") > 2 for text in texts)
        return self._speaks_of_plan() and long * 4 < len(texts) and not tell_of_the_past(texts)

    def _under_pillars(self) -> set[int]:
        """List items under headings that name a P or carry a label and number, where a plan is spoken of."""
        places: set[int] = set()
        headings = 0
        for start, node in enumerate(self._nodes):
            if node.kind != "heading" or not (node.label == "p" or node.code):
                continue
            items = self._items_below(start)
            headings += bool(items)
            places |= items
        return places if headings >= 2 and self._are_steps(places) else set()

    def _items_below(self, start: int) -> set[int]:
        found: set[int] = set()
        for place in range(start + 1, len(self._nodes)):
            kind = self._nodes[place].kind
            if kind in {"bullet", "thing"}:
                if not found or self._nodes[place].indent <= self._nodes[min(found)].indent + 1:
                    found.add(place)
            elif kind == "heading" or found:
                break
        return found

    def _speaks_of_plan(self) -> bool:
        text = fold(" ".join(node.text for node in self._nodes))
        return any(word in text for word in words("headings", "plan", "strong"))

    def _introduced(self) -> set[int]:
        """A numbered list right below words that announce the steps of a plan."""
        found: set[int] = set()
        for start, node in enumerate(self._nodes):
            if node.kind != "thing" or node.code != "1" or not start:
                continue
            before = fold(self._nodes[start - 1].text)
            if self._nodes[start - 1].kind == "paragraph" and not before.endswith(":"):
                continue
            if any(word in before for word in words("headings", "plan", "steps")):
                found |= self._run_from(start)
        return found if len(found) >= 3 and self._are_steps(found) else set()

    def _run_from(self, start: int) -> set[int]:
        """The numbered nodes from a place on whose numbers count up."""
        found = {start}
        number = 1
        for place in range(start + 1, len(self._nodes)):
            node = self._nodes[place]
            if node.kind == "thing" and node.code == str(number + 1):
                number += 1
                found.add(place)
            elif node.kind == "heading":
                break
        return found
