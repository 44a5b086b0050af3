"""A return and everybody around it, as the returns have them."""

from tests.plan.returns.conftest import desk

__all__ = ["desk"]
