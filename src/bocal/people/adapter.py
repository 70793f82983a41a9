"""How people enter: allauth's two hooks, with Bocal's rules and Bocal's words.

Nobody signs up: accounts are opened for a person in Réglages › Accès. A passkey and an e-mail code each open the
door; neither is a second lock on the other, so a lost phone never keeps the coordinator out of her own season.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

TOO_OFTEN = _("C'est trop souvent à la suite. Attendez quelques minutes, puis recommencez.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("Ce n'est pas le code envoyé. Vérifiez l'e-mail, ou demandez un autre code."),
        "rate_limited": TOO_OFTEN,
        "too_many_login_attempts": TOO_OFTEN,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class PasskeyAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "Cette clé n'ouvre plus Bocal. Demandez un code par e-mail, puis enregistrez l'appareil de nouveau."
        ),
    }

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        return False
