"""The door for the web server."""

import os

from django.core.wsgi import get_wsgi_application

from konflik.checks import refuse_to_start_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konflik.settings")

application = get_wsgi_application()
refuse_to_start_unsafe()
