"""How people enter: allauth's two hooks, with Bocal's rules.

Nobody signs up: accounts are opened for a person in Réglages › Accès. A passkey and an e-mail code each open the
door; neither is a second lock on the other, so a lost phone never keeps the coordinator out of her own season.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class PasskeyAdapter(DefaultMFAAdapter):
    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        return False
