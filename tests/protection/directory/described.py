"""What the published files of the standard say of whole answers, as rules that check-jsonschema can judge by."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from palermo.protection.directory.hsds.profile import patched

MINIMAL_ENTRY = ("id", "modified_date")


class Described:
    """The OpenAPI description of the standard over a folder of its schemas: the published ones, or those of a profile.

    The description leads to schemas of a former version on the web, compiled and shortened for lists. Here it leads to
    the files of the same kind in the folder: entries of lists leave out only what need not be there. The description
    requires nothing of pages and of the first answer; here all that it names is required.
    """

    def __init__(self, standard: Path, schemas: Path) -> None:
        self.schemas = schemas
        self.api: dict[str, Any] = json.loads((standard / "openapi.json").read_text(encoding="utf-8"))

    def answer(self, path: str, method: str = "get") -> dict[str, Any]:
        """The rules for what a path answers."""
        if path == "/service_at_locations/{id}":
            # The description has a service here, by a slip: even the standard's own example would not hold.
            return {"$ref": self.file("service_at_location")}
        said = self.api["paths"][path][method]["responses"]["200"]["content"]["application/json"]["schema"]
        return self._here(said)

    def minimal(self) -> dict[str, Any]:
        """The rules for a page of `minimal`.

        The description has none of its own for it: by the words at the parameter, the entries of a page are "just
        service 'id' and 'modified_date'". An id is what it is for a service; the date is a moment, as `last_modified`.
        """
        service = self.file("service")
        one = {
            "type": "object",
            "properties": {
                "id": {"$ref": f"{service}#/properties/id"},
                "modified_date": {"$ref": f"{service}#/properties/last_modified"},
            },
            "required": list(MINIMAL_ENTRY),
            "additionalProperties": False,
        }
        page = self.answer("/services")
        page["properties"]["contents"]["items"] = one
        return page

    def file(self, kind: str) -> str:
        """The address of the schema of a kind of entry."""
        path = self.schemas / f"{kind}.json"
        assert path.exists()
        return path.as_uri()

    def _here(self, said: dict[str, Any]) -> dict[str, Any]:
        if "$ref" in said:
            name = str(said["$ref"]).rpartition("/")[2].removesuffix(".json").removesuffix("_list")
            inside = str(said["$ref"]).startswith("#/")
            return self._here(self.api["components"]["schemas"][name]) if inside else {"$ref": self.file(name)}
        properties = said.get("properties", {})
        found = {**said, "properties": {name: self._entries(one) for name, one in properties.items()}}
        found["required"] = list(properties)
        if "allOf" in said:
            found["allOf"] = [self._here(one) for one in said["allOf"]]
        return found

    def _entries(self, said: dict[str, Any]) -> dict[str, Any]:
        return {**said, "items": self._here(said["items"])} if "items" in said else said


def with_profile(standard: Path, patches: dict[str, Any], folder: Path) -> Path:
    """A folder of the standard's schemas with the merge patches of a profile applied, each a good schema still."""
    folder.mkdir()
    for path in standard.glob("*.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        (folder / path.name).write_text(json.dumps(patched(schema, patches.get(path.stem, {}))), encoding="utf-8")
    changed = [str(folder / f"{kind}.json") for kind in patches]
    assert _ends("--check-metaschema", *changed) == 0
    return folder


def judged(answers: dict[str, list[Any]], rules: dict[str, dict[str, Any]], folder: Path) -> int:
    """What check-jsonschema ends with for lists of answers, by the names of their rules: 0 where all of them hold."""
    each = {name: {"type": "array", "minItems": 1, "items": one} for name, one in rules.items()}
    whole = {"type": "object", "properties": each, "required": list(rules), "additionalProperties": False}
    (folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    (folder / "rules.json").write_text(json.dumps(whole), encoding="utf-8")
    return _ends("--schemafile", str(folder / "rules.json"), str(folder / "answers.json"))


def _ends(*words: str) -> int:
    return subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *words], check=False, capture_output=True
    ).returncode
