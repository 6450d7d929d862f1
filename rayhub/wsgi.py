"""The door for WSGI servers: granian --interface wsgi rayhub.wsgi:application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rayhub.settings")
application = get_wsgi_application()
