"""Every write on people: organisations, persons and their trainings, access by roles, accounts and links."""

from bocal.people.actions.access import (
    UnableToGiveAccess,
    close_access,
    cut_link,
    end_role,
    give_role,
    link_of_the_demonstration,
    make_link,
    note_visit,
    open_access,
    withdraw_role,
)
from bocal.people.actions.organisations import (
    UnableToRecordOrganisation,
    correct_organisation,
    record_organisation,
)
from bocal.people.actions.persons import (
    UnableToRecordPerson,
    UnableToRecordTraining,
    correct_person,
    correct_training,
    record_person,
    record_training,
    withdraw_training,
)
from bocal.people.actions.welcome import welcome

__all__ = [
    "UnableToGiveAccess",
    "UnableToRecordOrganisation",
    "UnableToRecordPerson",
    "UnableToRecordTraining",
    "close_access",
    "correct_organisation",
    "correct_person",
    "correct_training",
    "cut_link",
    "end_role",
    "give_role",
    "link_of_the_demonstration",
    "make_link",
    "note_visit",
    "open_access",
    "record_organisation",
    "record_person",
    "record_training",
    "welcome",
    "withdraw_role",
    "withdraw_training",
]
