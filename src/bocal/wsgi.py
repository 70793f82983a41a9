"""The door for web servers: `bocal.wsgi.application`. `bocal serve` uses it too."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bocal.settings")

application = get_wsgi_application()
