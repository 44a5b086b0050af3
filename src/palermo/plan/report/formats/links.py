"""Links of the site, completed for files that are read elsewhere."""

from __future__ import annotations

from dataclasses import replace

from palermo.plan.report.formats.document import (
    Block,
    BulletList,
    Cell,
    CellContent,
    Definition,
    DefinitionList,
    Figure,
    ListItem,
    NumberedList,
    ReportDocument,
    Row,
    RowSource,
    Runs,
    Table,
)


def with_site(document: ReportDocument, site: str) -> ReportDocument:
    """The same report with the address of its site, such as `https://plan.example.ca`, before links that lack one."""
    parts = tuple(replace(part, blocks=tuple(_block(block, site) for block in part.blocks)) for part in document.parts)
    return replace(document, parts=parts)


def _block(block: Block, site: str) -> Block:
    if isinstance(block, Table):
        return _table(block, site)
    if isinstance(block, BulletList | NumberedList):
        return _list(block, site)
    if isinstance(block, DefinitionList):
        items = (Definition(_runs(item.term, site), _runs(item.meaning, site)) for item in block.items)
        return DefinitionList(tuple(items))
    return block if isinstance(block, Figure) else replace(block, runs=_runs(block.runs, site))


def _list(block: BulletList | NumberedList, site: str) -> BulletList | NumberedList:
    items = (
        ListItem(_runs(item.runs, site), tuple(_list(nested, site) for nested in item.nested)) for item in block.items
    )
    return replace(block, items=tuple(items))


def _table(table: Table, site: str) -> Table:
    """Only entries have links in their cells."""
    if not table.entries:
        return table
    rows = table.rows
    if isinstance(rows, RowSource):
        return replace(table, rows=RowSource(lambda: (_row(row, site) for row in rows)))
    return replace(table, rows=tuple(_row(row, site) for row in rows))


def _row(row: Row, site: str) -> Row:
    return tuple(_cell(cell, site) for cell in row)


def _cell(cell: CellContent, site: str) -> CellContent:
    return replace(cell, runs=_runs(cell.runs, site)) if isinstance(cell, Cell) and cell.runs else cell


def _runs(runs: Runs, site: str) -> Runs:
    return tuple(replace(run, link=site + run.link) if run.link.startswith("/") else run for run in runs)
