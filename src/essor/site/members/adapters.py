"""What allauth asks of the site: how a message leaves, how a person is named, how secrets are kept."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest
from django.utils.crypto import get_random_string

from essor.site.members import post, sealing
from essor.site.members.models.member import NAME_LENGTH, Member

KEPT = (
    "Notre serveur de messagerie ne répond pas : le message est gardé, et partira dès qu’il "
    "répondra. Si rien n’arrive, recommencez dans quelques minutes."
)
TO_FILES = (
    "Ce site n’a pas de serveur de messagerie : le message est écrit dans le dossier « courriels » "
    "de son installation (ESSOR_HOME), où la personne qui l’exploite peut le lire."
)

_STATE_LENGTH = 43
"""As many bits as a key of 256; ProConnect asks for 32 characters at least, allauth draws 16.

Source: https://partenaires.proconnect.gouv.fr/docs/fournisseur-service/implementation_technique
"""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """Messages go through the post, and the person is told when they wait."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Write the message, try to send it, and tell the person what became of it."""
        request = current.request
        told = {"request": request, "email": email, "current_site": get_current_site(request)}
        message = self.render_mail(template_prefix, email, told | context)
        letter = post.write(email, str(message.subject), str(message.body))
        tell(request, post.deliver(letter))


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """A person identified elsewhere keeps the name that she has there."""

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, str]
    ) -> Member:
        """Return the member to be, with her name."""
        member: Member = super().populate_user(request, sociallogin, data)
        names = (data.get("first_name"), data.get("last_name"))
        member.name = " ".join(filter(None, names))[:NAME_LENGTH]
        return member

    def generate_state_param(self, state: dict[str, object]) -> str:
        """Return the number that ties an answer to its question."""
        return get_random_string(_STATE_LENGTH)


class FactorsAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is not typed
    """Second factors are kept sealed."""

    def encrypt(self, text: str) -> str:
        """Return a secret as the database keeps it."""
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret as it was drawn."""
        return sealing.unseal(encrypted_text)


def tell(request: HttpRequest, delivery: post.Delivery) -> None:
    """Tell the person that a message waits, or that it is a file; nothing when it simply left."""
    if delivery is post.Delivery.KEPT:
        messages.warning(request, KEPT)
    elif post.is_written_to_files():
        messages.info(request, TO_FILES)
