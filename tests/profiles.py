"""How far the tests that could go on for ever go: KONFLIK_PROFILE=quick (the default), ci or full."""

import os

PROFILE = os.environ.get("KONFLIK_PROFILE", "quick")
IS_QUICK, IS_FULL = PROFILE == "quick", PROFILE == "full" or bool(os.environ.get("KONFLIK_FULL"))

STORIES_THROUGH_SERVICES = 100 if IS_QUICK else 2000
STORIES_THROUGH_PAGES = 10 if IS_QUICK else 200
RACES = 1000 if IS_FULL else 50
CREATIONS_EACH = 500 if IS_FULL else 40
LINES_EACH = 200 if IS_FULL else 40
