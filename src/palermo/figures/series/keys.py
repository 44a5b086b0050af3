"""Keys: which combination of codes a value is of, written as one text. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping


def key_of(codes: Mapping[str, str]) -> str:
    """`province=CA-AB;sex=F`: dimension and code of each, dimensions in alphabetical order; empty for the total."""
    return ";".join(f"{dimension}={codes[dimension]}" for dimension in sorted(codes))


def codes_of(key: str) -> dict[str, str]:
    """The code of each dimension that a key names."""
    pairs = (part.partition("=") for part in key.split(";") if part)
    return {dimension: code for dimension, _sign, code in pairs}
