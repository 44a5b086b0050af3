"""Amounts of money, written as each language writes them."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_currency, format_decimal

from palermo.foundation.bilingual import Language, reader_language

_LOCALES: dict[Language, str] = {"en": "en_CA", "fr": "fr_CA"}
_WHOLE: dict[Language, str] = {"en": "¤#,##0", "fr": "#,##0\N{NO-BREAK SPACE}¤"}


def written_amount(amount: Decimal, currency: str = "CAD", language: Language | None = None) -> str:
    """`$500,000` or `500 000 $`; cents only where there are some."""
    reader = language or reader_language()
    if amount != amount.to_integral_value():
        return str(format_currency(amount, currency, locale=_LOCALES[reader]))
    return str(format_currency(amount, currency, _WHOLE[reader], locale=_LOCALES[reader], currency_digits=False))


def written_number(number: int | Decimal, language: Language | None = None) -> str:
    """`56,427` or `56 427`."""
    return str(format_decimal(number, locale=_LOCALES[language or reader_language()]))


def written_exactly(number: Decimal, language: Language | None = None) -> str:
    """`12.3456` or `12,3456`: every digit that says something, and no zeros behind them."""
    return str(
        format_decimal(number.normalize(), locale=_LOCALES[language or reader_language()], decimal_quantization=False)
    )


def written_tenths(number: Decimal, language: Language | None = None) -> str:
    """`33.7` or `33,7`: rounded to one decimal, which is always shown."""
    return str(format_decimal(number, "#,##0.0", locale=_LOCALES[language or reader_language()]))
