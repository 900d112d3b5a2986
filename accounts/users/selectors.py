"""Reading people who log in."""

from django.contrib.auth.tokens import default_token_generator
from django.utils.http import urlsafe_base64_decode

from accounts.users.models import User


def user_of_link(*, uid: str, token: str, hold: bool = False) -> User | None:
    """The active user whom a one-time link still opens for; None where it is wrong, used, too old or the login ended.

    With `hold` the row is kept from others until the transaction ends.
    """
    rows = User.objects.select_for_update() if hold else User.objects.all()
    try:
        user = rows.get(pk=int(urlsafe_base64_decode(uid)), is_active=True)
    except (ValueError, OverflowError, User.DoesNotExist):
        return None
    return user if default_token_generator.check_token(user, token) else None
