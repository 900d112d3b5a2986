"""The door for the web server."""

import os

from django.core.wsgi import get_wsgi_application

from konflik.checks import refuse_to_start_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konflik.settings")

application = get_wsgi_application()

# Django must be set up before its models can be imported.
from konflik import alarm, celery  # noqa: E402, F401 - Celery is loaded before the first request needs it

refuse_to_start_unsafe()
alarm.start()
