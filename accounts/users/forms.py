"""The form of a login."""

from django import forms

from accounts.users.models import User
from accounts.users.services import UserFacts

FACTS = ("username", "name", "email", "phone", "is_active")


class UserForm(forms.ModelForm):
    """What the secretariat fills in. There is no password here: the person chooses it through a one-time link."""

    class Meta:
        model = User
        fields = FACTS

    def facts(self) -> UserFacts:
        """What was filled in, for the service; a new login is active. An invitation has more fields than these."""
        return UserFacts(**{name: self.cleaned_data[name] for name in FACTS if name in self.cleaned_data})
