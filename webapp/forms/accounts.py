"""The forms of an account."""

from wtforms import EmailField, HiddenField, PasswordField, StringField, TelField

from webapp.forms.base import Form


class SignUpForm(Form):
    """Who is new here."""

    name = StringField("Name")
    phone_number = TelField("Phone number")
    email = EmailField("E-mail")
    password = PasswordField("Password")
    next = HiddenField()


class SignInForm(Form):
    """Who comes back."""

    email = EmailField("E-mail")
    password = PasswordField("Password")
    next = HiddenField()


class PasswordForm(Form):
    """A new password for the old one."""

    current_password = PasswordField("Current password")
    new_password = PasswordField("New password")


class FirstPasswordForm(Form):
    """A password where there was none."""

    new_password = PasswordField("New password")


class DetailsForm(Form):
    """Who a guest is: somebody new, or an account."""

    account = HiddenField()  # "new" or "mine", which the template offers as a choice
    name = StringField("Name")
    email = EmailField("E-mail")
    phone_number = TelField("Phone number")
    new_password = PasswordField("Choose a password")
    password = PasswordField("Password of your account")


class DeletionForm(Form):
    """The password once more, to leave."""

    password = PasswordField("Password")
