"""Tables of figures as files that others read, and files read back. Plain Python: nothing here knows of Django."""

from palermo.figures.exchange.cube import (
    Cube,
    CubeAgency,
    CubeCell,
    CubeDimension,
    CubeError,
    CubeText,
    CubeUnit,
)
from palermo.figures.exchange.writing_csv import csv_bytes
from palermo.figures.exchange.writing_csvw import csvw_json
from palermo.figures.exchange.writing_json import json_bytes
from palermo.figures.exchange.writing_sdmx import sdmx_csv_bytes
from palermo.figures.exchange.writing_xlsx import xlsx_bytes

__all__ = [
    "Cube",
    "CubeAgency",
    "CubeCell",
    "CubeDimension",
    "CubeError",
    "CubeText",
    "CubeUnit",
    "csv_bytes",
    "csvw_json",
    "json_bytes",
    "sdmx_csv_bytes",
    "xlsx_bytes",
]
