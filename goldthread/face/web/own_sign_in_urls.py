"""Those of django-allauth's addresses that the product has: no sign-up, no e-mail, no pass phrase by e-mail."""

from allauth.mfa.recovery_codes.views import generate_recovery_codes
from allauth.mfa.totp.views import deactivate_totp
from allauth.mfa.webauthn.views import reauthenticate_webauthn as passkey_again
from django.urls import URLPattern, path

from goldthread.face.web import own_sign_in as own
from goldthread.face.web import saml, single_sign_on
from goldthread.face.web.own_sessions import EndOthers
from goldthread.face.web.signing_in import sign_in

urlpatterns: list[URLPattern] = [
    path("", sign_in, name="account_login"),
    path("second-step/", own.Shown.as_view(), name="mfa_authenticate"),
    path("passkey/", own.ByPasskey.as_view(), name="mfa_login_webauthn"),
    path("with/", single_sign_on.start, name="single_sign_on"),
    path("with/<str:provider_id>/back/", single_sign_on.back, name="openid_connect_callback"),
    path("with/<str:provider_id>/answer/", saml.answer, name="saml_answer"),
    path("with/<str:provider_id>/finish/<str:key>/", saml.finish, name="saml_finish"),
    path("with/<str:provider_id>/metadata/", saml.metadata, name="saml_metadata"),
    path("again/", own.PhraseAgain.as_view(), name="account_reauthenticate"),
    path("again/code/", own.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("again/passkey/", passkey_again, name="mfa_reauthenticate_webauthn"),
    path("yours/", own.OwnSignIn.as_view(), name="mfa_index"),
    path("yours/passkeys/", own.OwnSignIn.as_view(), name="mfa_list_webauthn"),
    path("yours/passkeys/add/", own.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("yours/passkeys/<int:pk>/remove/", own.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("yours/app/", own.SetUpCodes.as_view(), name="mfa_activate_totp"),
    path("yours/app/remove/", deactivate_totp, name="mfa_deactivate_totp"),
    path("yours/sessions/end/", EndOthers.as_view(), name="usersessions_list"),
    path("yours/recovery-codes/", own.Codes.as_view(), name="mfa_view_recovery_codes"),
    path("yours/recovery-codes/new/", generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
