"""The entry point of a WSGI server."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from palermo.config.environment import SettingError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palermo.config.settings")
try:
    application = get_wsgi_application()
except SettingError as error:
    sys.exit(str(error))
