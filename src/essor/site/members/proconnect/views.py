"""Where a person leaves for ProConnect, and where she comes back."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

PROVIDER = "proconnect"
NONCE = "proconnect_nonce"
"""Where a session keeps the number that ProConnect must repeat: an answer serves once."""

_PATIENCE_S = 10


class ProConnectAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth is not typed
    """OpenID Connect, but for what it knows of a person: ProConnect signs it, and it is checked."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, PROVIDER)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Return where ProConnect sends people back."""
        address = reverse("proconnect_callback")
        return request.build_absolute_uri(address)

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **answer: object
    ) -> SocialLogin:
        """Return who was identified, if this very browser asked for it.

        Raises:
            OAuth2Error: the answer is not that of the question.
        """
        login = super().complete_login(request, app, token, **answer)
        expected = request.session.pop(NONCE, None)
        told = login.account.extra_data.get("id_token", {}).get("nonce")
        if expected is None or told != expected:
            message = "the nonce is not the one that was sent"
            raise OAuth2Error(message)
        return login

    def _fetch_user_info(self, access_token: str) -> dict[str, object]:
        headers = {"Authorization": f"Bearer {access_token}"}
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.profile_url, headers=headers, timeout=_PATIENCE_S)
            answer.raise_for_status()
        told: dict[str, object] = jwtkit.verify_and_decode(
            credential=answer.text,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=self.get_provider().app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
        )
        return told


def login(request: HttpRequest) -> HttpResponse:
    """Send the person to ProConnect; no such page when the site is not known there."""
    return _answered(request, OAuth2LoginView)


def callback(request: HttpRequest) -> HttpResponse:
    """Let in the person that ProConnect identified."""
    return _answered(request, OAuth2CallbackView)


def _answered(request: HttpRequest, view: type[OAuth2LoginView]) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(ProConnectAdapter(request))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return answer
