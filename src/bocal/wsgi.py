"""The door for web servers: `bocal.wsgi:application`. It stays shut in front of an old or unguarded database."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bocal.settings")

application = get_wsgi_application()

from bocal.journal import triggers  # noqa: E402 - Django must be set up first
from bocal.toolbox import schema  # noqa: E402

schema.refuse_if_outdated()
triggers.refuse_if_missing()
