"""How far the tests go that could go on for ever: KONFLIK_PROFILE.

quick, the default, shows a slip within minutes; services and pages go the whole length through one door; kills sends a
thousand notices while twenty processes are killed; schema sends 2,000 requests made of the schema of the API; days plays ninety
days of an office with and without outages;
ci does these bar the kills, which the suite on PostgreSQL + Redis does meanwhile;
full also runs the races, the duels of two calculations and the attacks on what is published at full size, on machines with time.
"""

import os

PROFILE = os.environ.get("KONFLIK_PROFILE", "quick")
LONG = {
    "quick": set[str](),
    "services": {"services"},
    "pages": {"pages"},
    "kills": {"kills"},
    "schema": {"schema"},
    "days": {"days"},
    "ci": {"services", "pages", "days", "schema"},
    "full": {"services", "pages", "races", "duels"},
}[PROFILE]

STORIES_THROUGH_SERVICES = 2000 if "services" in LONG else 100
STORIES_THROUGH_PAGES = 200 if "pages" in LONG else 10
SCHEMA_REQUESTS = 20_000 if "races" in LONG else 2_000 if "schema" in LONG else 150
RACES = 1000 if "races" in LONG else 50
REPEATS = 200 if "races" in LONG else 8
CREATIONS_EACH = 500 if "races" in LONG else 40
LINES_EACH = 200 if "races" in LONG else 40
DUELS_EACH = 100_000 if "duels" in LONG else 5_000
NOTICES, KILLS, AIMED_NOTICES = (10_000, 200, 20) if "races" in LONG else (1000, 20, 3) if "kills" in LONG else (200, 6, 1)
BROKER_AWAY_SECONDS = 600 if "races" in LONG else 8
DAYS_SIMULATED, SWEEP_EVERY_HOURS = (90, 0.25) if "races" in LONG else (90, 4) if "days" in LONG else (10, 3)
TABLES_ATTACKED, SEQUENCES_ATTACKED = (1000, 500) if "duels" in LONG else (10, 3)
CASES_COUNTED, QUESTIONS_ASKED, CHANGES_COUNTED = (100_000, 200, 10_000) if "duels" in LONG else (150, 15, 60)
SEALED_TRIALS = 300 if "duels" in LONG else 7
IS_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
MATRIX_ONE_IN = 32 if IS_POSTGRES and PROFILE != "full" else 1
"""The access matrix is walked whole on SQLite; on PostgreSQL, where the same code asks, one cell in so many."""
