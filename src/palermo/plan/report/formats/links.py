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
    if isinstance(block, Figure):
        return replace(block, table=_table(block.table, site)) if block.table else block
    return replace(block, runs=_runs(block.runs, site))


def _list(block: BulletList | NumberedList, site: str) -> BulletList | NumberedList:
    items = (
        ListItem(_runs(item.runs, site), tuple(_list(nested, site) for nested in item.nested)) for item in block.items
    )
    return replace(block, items=tuple(items))


def _table(table: Table, site: str) -> Table:
    """Of the tables that are too long to hold, only entries have links in their cells; the others have addresses."""
    origin = replace(table.origin, link=_link(table.origin.link, site)) if table.origin else None
    rows, places = table.rows, table.addresses
    if not isinstance(rows, RowSource):
        return replace(table, origin=origin, rows=tuple(_row(row, site, places) for row in rows))
    if table.entries:
        return replace(table, origin=origin, rows=RowSource(lambda: (_row(row, site, places) for row in rows)))
    if places:
        return replace(table, origin=origin, rows=RowSource(lambda: (_addressed(row, site, places) for row in rows)))
    return replace(table, origin=origin)


def _row(row: Row, site: str, places: tuple[int, ...]) -> Row:
    return _addressed(tuple(_cell(cell, site) for cell in row), site, places)


def _addressed(row: Row, site: str, places: tuple[int, ...]) -> Row:
    """The row with its addresses completed."""
    if not places:
        return row
    cells = list(row)
    for place in places:
        if isinstance(address := cells[place], str):
            cells[place] = _link(address, site)
    return tuple(cells)


def _cell(cell: CellContent, site: str) -> CellContent:
    return replace(cell, runs=_runs(cell.runs, site)) if isinstance(cell, Cell) and cell.runs else cell


def _runs(runs: Runs, site: str) -> Runs:
    return tuple(replace(run, link=_link(run.link, site)) if run.link else run for run in runs)


def _link(link: str, site: str) -> str:
    return site + link if link.startswith("/") else link
