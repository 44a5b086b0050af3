"""The table of settings in the operators' guide and the list in the code are the same."""

from __future__ import annotations

from pathlib import Path

from palermo.config.environment import ROOT, VARIABLES, table

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "operators.md"


def test_the_guide_holds_the_table_of_the_code() -> None:
    assert table() in GUIDE.read_text(encoding="utf-8"), (
        "print(environment.table()) is what docs/operators.md should hold"
    )


def test_the_table_names_every_variable_and_no_folder_of_this_machine() -> None:
    assert all(f"| `{variable.name}` |" in table() for variable in VARIABLES)
    assert str(ROOT) not in table()
