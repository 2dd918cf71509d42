"""ProConnect as allauth knows those who identify people."""

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.http import urlencode

from essor.site.members.proconnect.views import NONCE, PROVIDER, ProConnectAdapter

_NONCE_LENGTH = 32


class ProConnectProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth is not typed
    """What is asked of ProConnect, and under which addresses.

    Source: https://partenaires.proconnect.gouv.fr/docs/fournisseur-service/scope-claims
    """

    id = PROVIDER
    name = "ProConnect"
    oauth2_adapter_class = ProConnectAdapter
    pkce_enabled_default = True

    def get_login_url(self, request: HttpRequest, **parameters: str) -> str:
        """Return where the journey begins."""
        return f"{reverse('proconnect_login')}?{urlencode(parameters)}".rstrip("?")

    def get_callback_url(self) -> str:
        """Return where it ends."""
        return reverse("proconnect_callback")

    def get_default_scope(self) -> list[str]:
        """Return what is asked: who she is and her address, nothing more."""
        return ["openid", "given_name", "usual_name", "email"]

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        """Return what goes with the question: a number that the answer must repeat, and nothing typed."""
        request.session[NONCE] = get_random_string(_NONCE_LENGTH)
        return {"nonce": request.session[NONCE], "acr_values": "eidas1"}

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """Return what is asked, whatever the address of the page says."""
        return self.get_default_scope()

    def extract_common_fields(self, data: dict[str, object]) -> dict[str, object]:
        """Return her names, which ProConnect calls otherwise, and her address."""
        fields: dict[str, object] = super().extract_common_fields(data)
        told = data.get("userinfo") or {}
        return fields | {"last_name": told.get("usual_name") if isinstance(told, dict) else None}

    def get_oauth2_adapter(self, request: HttpRequest) -> ProConnectAdapter:
        """Return what speaks with ProConnect."""
        return ProConnectAdapter(request)


provider_classes = [ProConnectProvider]
