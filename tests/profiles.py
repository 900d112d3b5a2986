"""How far the tests that could go on for ever go: KONFLIK_PROFILE=quick (the default), services, pages or full."""

import os

PROFILE = os.environ.get("KONFLIK_PROFILE", "quick")
IS_FULL = PROFILE == "full" or bool(os.environ.get("KONFLIK_FULL"))
IS_QUICK = not IS_FULL

STORIES_THROUGH_SERVICES = 2000 if IS_FULL or PROFILE == "services" else 100
STORIES_THROUGH_PAGES = 200 if IS_FULL or PROFILE == "pages" else 10
RACES = 1000 if IS_FULL else 50
CREATIONS_EACH = 500 if IS_FULL else 40
LINES_EACH = 200 if IS_FULL else 40
