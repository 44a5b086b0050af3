"""What is said to whoever sent a form that asks for what there is not. Nothing was changed then."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

BROKEN = gettext_lazy("The address or the form held something that this site cannot read.")
