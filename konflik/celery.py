"""Background work: Celery wakes tasks, the database remembers them."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konflik.settings")

app = Celery("konflik")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["konflik"])
