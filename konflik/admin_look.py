"""How the admin looks (Unfold). Data only: what is computed stands in `konflik.desk.admin`, the colours in admin.css."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static


def _file(name: str) -> Callable[[HttpRequest], str]:
    return lambda request: static(name)


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Tim Terpadu PKS",
    "SITE_HEADER": "Tim Terpadu PKS",
    "SITE_SUBHEADER": "konflik.desk.admin.surroundings.place",
    "SITE_URL": "/",
    "SITE_ICON": _file("icons/favicon.svg"),
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": _file("icons/favicon.svg")}],
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": False,
    "SHOW_BACK_BUTTON": True,
    "BORDER_RADIUS": "10px",
    "ENVIRONMENT": "konflik.desk.admin.surroundings.environment",
    "DASHBOARD_CALLBACK": "konflik.desk.admin.dashboard.dashboard",
    "GLOBAL_CALLBACK": "konflik.desk.admin.surroundings.without_inline_colours",
    "STYLES": [_file("css/tokens.css"), _file("css/parts.css"), _file("css/admin.css")],
    "SCRIPTS": [_file("js/admin.js"), _file("js/dates.js")],
    # No search history: it would keep titles in the browser of a shared machine.
    "COMMAND": {"search_models": True, "show_history": False},
    "SIDEBAR": {
        "show_search": True,
        "command_search": True,
        "show_all_applications": False,
        "navigation": "konflik.desk.admin.surroundings.menu",
    },
}
