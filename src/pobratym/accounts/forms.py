"""Forms: they check the shape of what was entered; operations check the state."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.choices import Role
from pobratym.accounts.models import User
from pobratym.organisations.models import Body, BodyQuerySet


class SignIn(forms.Form):
    """Address and password; the view compares them, so that each try is counted before."""

    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username webauthn", "autofocus": True})
    )
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


def _code(label: Any, **attributes: Any) -> forms.CharField:
    shown = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", **attributes}
    return forms.CharField(label=label, max_length=40, widget=forms.TextInput(attrs=shown))


class SecondStep(forms.Form):
    """The second proof at sign-in."""

    code = _code(_("Code from the app, or a recovery code"), autofocus=True)


class ByPassword(forms.Form):
    """A fresh proof by password."""

    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class ByCode(forms.Form):
    """A fresh proof by the app."""

    code = _code(_("Code from the app"))


class SetUpTotp(forms.Form):
    """The app's present code, which proves that it knows the secret."""

    code = _code(_("Code that the app shows now"))


class AddPasskey(forms.Form):
    """A name for the passkey; what the device answers is read by the view."""

    name = forms.CharField(
        label=_("What to call this passkey"),
        max_length=60,
        required=False,
        help_text=_("For example where it is: phone, office computer, key on the key ring."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class Rename(forms.Form):
    """One's own name."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As colleagues know you: it stands beside what you do."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class Address(forms.Form):
    """An address, to be written to."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class NewPassword(forms.Form):
    """A new password for a person."""

    password = forms.CharField(
        label=_("New password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        # Told in the language of the request, therefore here and not where the field is declared.
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        """Refuse a weak one."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password


class ChangePassword(NewPassword):
    """A new password, and the present one as the proof."""

    present = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("present", "password")


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
