"""The site as it is served, but for the work that is asked for under load: see `tips.py`."""

from palermo.config.wsgi import application
from palermo.prosecution.tips.queries import load

__all__ = ["application"]
load.CALM = 1 << 40
