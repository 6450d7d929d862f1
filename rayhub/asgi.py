"""The door for ASGI servers; WSGI is several times faster for this site (docs/operating.md)."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rayhub.settings")
application = get_asgi_application()
