"""How somebody comes in by browser: the session of the pages, with its CSRF token on every change."""

from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class BrowserSession(SessionAuthentication):
    """The session of the pages. Without one the answer is 401, not 403."""

    def authenticate_header(self, request: Request) -> str:
        """What WWW-Authenticate says."""
        return 'Bearer realm="konflik"'
