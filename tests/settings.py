"""Settings of the tests: those of the house, in a folder of their own, with what is slow or far away taken out.

`DATABASE_URL` chooses the engine; on SQLite everything lives in one file, as it does on PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

for name in [name for name in os.environ if name.startswith("BOCAL_")]:
    del os.environ[name]
FOLDER = Path(tempfile.mkdtemp(prefix="bocal-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["BOCAL_DATA"] = str(FOLDER)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop running in the thread of the test

from bocal.settings import *  # noqa: E402, F403
from bocal.settings import DATABASES, MIDDLEWARE, STORAGES, TEMPLATES  # noqa: E402
from tests.support.templates import NeverInvalid  # noqa: E402

DATABASE_ROUTERS = []
DATABASES.pop("ephemeral", None)
DATABASES["default"]["CONN_MAX_AGE"] = 0
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": FOLDER / "tests.sqlite3"}
    # A list that forgot its order comes back the other way round.
    DATABASES["default"]["OPTIONS"]["init_command"] += (
        "PRAGMA synchronous=OFF; PRAGMA reverse_unordered_selects=ON;"
    )

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MIDDLEWARE += ["tests.support.pages.no_inline_code"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = NeverInvalid()
(FOLDER / "static").mkdir()  # WhiteNoise looks for it
