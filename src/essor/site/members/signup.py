"""How an account is opened: allauth's form, without what Essor does not ask."""

from allauth.account.forms import SignupForm as WholeForm


class SignupForm(WholeForm):  # type: ignore[misc]  # allauth is not typed
    """A name and an address: a code lets in, and a password may be chosen later."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        del self.fields["password1"]
