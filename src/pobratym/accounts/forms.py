"""Forms: they check the shape of what was entered; operations check the state."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.choices import Role
from pobratym.accounts.models import User
from pobratym.organisations.models import Body, BodyQuerySet


class SignIn(forms.Form):
    """Address and password; the refusal does not tell which of the two was wrong."""

    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    person: User | None = None

    def clean(self) -> dict[str, Any]:
        """Find the account; the same work is done for a known and an unknown address."""
        values = super().clean() or {}
        if "email" in values and "password" in values:
            found = authenticate(None, username=values["email"].lower(), password=values["password"])
            if not isinstance(found, User):
                raise forms.ValidationError(
                    _("Address and password do not match an account. Check both and try again.")
                )
            self.person = found
        return values


class AcceptInvitation(forms.Form):
    """Name and password of a new account."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As colleagues know you: it stands beside what you do."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        # Told in the language of the request, therefore here and not where the field is declared.
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        """Refuse a weak password at its field."""
        values = super().clean() or {}
        if "password" in values:
            try:
                validate_password(values["password"], User(email=self.email, name=values.get("name", "")))
            except forms.ValidationError as refusal:
                self.add_error("password", refusal)
        return values


class BodyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Bodies by the name people use, with the full one."""

    def label_from_instance(self, obj: Body) -> str:
        """The name for the list."""
        return f"{obj.short_name} — {obj.name}"


class Invite(forms.Form):
    """Whom, into which role, for which body."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The link goes to this address and works once, for seven days."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"))
    body = BodyChoice(label=_("Body"), queryset=Body.objects.none())

    def __init__(self, *args: Any, bodies: BodyQuerySet, whole_platform: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body, role = self.fields["body"], self.fields["role"]
        if not isinstance(body, forms.ModelChoiceField) or not isinstance(role, forms.ChoiceField):
            raise TypeError
        body.queryset = bodies
        if whole_platform:
            body.required = False
            body.empty_label = str(_("The whole platform"))
            role.choices = Role.choices
        else:
            role.choices = [choice for choice in Role.choices if choice[0] != Role.MODERATOR]
