"""Addresses of the programme: the agenda, the hours of the team, one's own."""

from django.urls import path

from bocal.programme.views import agenda, entry, hours, intervention, mine, outcome

app_name = "programme"

urlpatterns = [
    path("agenda/", agenda.coming, name="agenda"),
    path("agenda/passees/", agenda.past, name="past"),
    path("agenda/nouvelle/", agenda.new, name="new"),
    path("agenda/<uuid:intervention_id>/", intervention.page, name="intervention"),
    path("agenda/<uuid:intervention_id>/historique/", intervention.history, name="history"),
    path("agenda/<uuid:intervention_id>/corriger/", intervention.correct, name="correct"),
    path("agenda/<uuid:intervention_id>/tenue/", intervention.hold, name="hold"),
    path("agenda/<uuid:intervention_id>/annuler/", intervention.cancel, name="cancel"),
    path("agenda/<uuid:intervention_id>/rouvrir/", intervention.reopen, name="reopen"),
    path("agenda/<uuid:intervention_id>/presences/", outcome.attendance, name="attendance"),
    path("agenda/<uuid:intervention_id>/evaluation/", outcome.evaluation, name="evaluation"),
    path("agenda/<uuid:intervention_id>/heures/", hours.of_crew, name="crew_hours"),
    path("agenda/paroles/<uuid:word_id>/", outcome.word, name="word"),
    path("agenda/paroles/<uuid:word_id>/retirer/", outcome.withdraw_word, name="withdraw_word"),
    path("agenda/paroles/<uuid:word_id>/remettre/", outcome.restore_word, name="restore_word"),
    path("equipe/heures/", hours.listed, name="hours"),
    path("equipe/heures/noter/", hours.of_a_day, name="day_hours"),
    path("equipe/heures/confirmer/", hours.confirm, name="confirm_hours"),
    path("equipe/heures/<uuid:hours_id>/", entry.entry, name="entry"),
    path("equipe/heures/<uuid:hours_id>/retirer/", entry.withdraw, name="withdraw_hours"),
    path("equipe/heures/<uuid:hours_id>/remettre/", entry.restore, name="restore_hours"),
    path("equipe/heures/<uuid:hours_id>/a-confirmer/", entry.unconfirm, name="unconfirm_hours"),
    path("mes-heures/", mine.mine, name="mine"),
    path("mes-heures/noter/", mine.declare, name="declare"),
]
