"""The form of a login."""

from django import forms

from accounts.users.models import User
from accounts.users.services import UserFacts


class UserForm(forms.ModelForm):
    """What the secretariat fills in. There is no password here: the person chooses it through a one-time link."""

    class Meta:
        model = User
        fields = ("username", "name", "email", "phone", "is_active")

    def facts(self) -> UserFacts:
        """What was filled in, for the service; a new login is active."""
        given = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}
        return UserFacts(**given)
