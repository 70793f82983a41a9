"""Addresses of people: entering and leaving (allauth's own names), the team, the registers, access."""

from django.urls import URLPattern, URLResolver, include, path

from bocal.people.views import access, entering, organisations, team

# allauth finds its pages by these names; what has no name here does not exist in Bocal.
ENTERING = [
    path("entrer/", entering.enter, name="account_login"),
    path("entrer/code/", entering.confirm_code, name="account_confirm_login_code"),
    path("entrer/recevoir-un-code/", entering.send_code, name="account_request_login_code"),
    path("entrer/cle/", entering.enter_with_passkey, name="mfa_login_webauthn"),
    path("entrer/ferme/", entering.closed_account, name="account_inactive"),
    path("sortir/", entering.leave, name="account_logout"),
    path("mon-acces/", entering.my_access, name="mfa_index"),
    path("mon-acces/cles/", entering.my_passkeys, name="mfa_list_webauthn"),
    path("mon-acces/cles/ajouter/", entering.add_passkey, name="mfa_add_webauthn"),
    path("mon-acces/cles/<int:pk>/nommer/", entering.rename_passkey, name="mfa_edit_webauthn"),
    path("mon-acces/cles/<int:pk>/retirer/", entering.remove_passkey, name="mfa_remove_webauthn"),
]

PEOPLE = [
    path("lien/<str:token>", entering.open_link, name="open_link"),
    path("entrer/demonstration/<slug:role>", entering.enter_demonstration, name="enter_demonstration"),
    path("equipe/", team.team, name="team"),
    path("equipe/nouvelle-personne/", team.new_person, name="new_person"),
    path("equipe/<uuid:person_id>/", team.person, name="person"),
    path("equipe/<uuid:person_id>/corriger/", team.correct_person, name="correct_person"),
    path("equipe/<uuid:person_id>/formations/noter/", team.new_training, name="new_training"),
    path("equipe/formations/<uuid:training_id>/corriger/", team.correct_training, name="correct_training"),
    path("equipe/formations/<uuid:training_id>/retirer/", team.withdraw_training, name="withdraw_training"),
    path("reglages/acces/", access.access, name="access"),
    path("reglages/acces/ouvrir/", access.open_access, name="open_access"),
    path("reglages/acces/<uuid:person_id>/", access.access_of, name="access_of"),
    path("reglages/acces/<uuid:person_id>/adresse/", access.change_address, name="change_address"),
    path("reglages/acces/<uuid:person_id>/fermer/", access.close_access, name="close_access"),
    path("reglages/acces/<uuid:person_id>/donner/", access.give_role, name="give_role"),
    path("reglages/acces/roles/<uuid:role_id>/", access.end_role, name="end_role"),
    path("reglages/acces/roles/<uuid:role_id>/retirer/", access.withdraw_role, name="withdraw_role"),
    path("reglages/acces/liens/nouveau/", access.new_link, name="new_link"),
    path("reglages/acces/liens/<uuid:link_id>/couper/", access.cut_link, name="cut_link"),
    path("reglages/registres/<slug:slug>/", organisations.organisations, name="organisations"),
    path("reglages/registres/<slug:slug>/ajouter/", organisations.new_organisation, name="new_organisation"),
    path(
        "reglages/registres/<slug:slug>/<uuid:organisation_id>/",
        organisations.organisation,
        name="organisation",
    ),
    path(
        "reglages/registres/<slug:slug>/<uuid:organisation_id>/corriger/",
        organisations.correct_organisation,
        name="correct_organisation",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [*ENTERING, path("", include((PEOPLE, "people")))]
