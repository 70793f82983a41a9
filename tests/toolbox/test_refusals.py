"""A refusal always says why, in sentences kept as data."""

import pytest
from django.utils.translation import gettext_lazy

from bocal.toolbox.refusals import Refused, refuse


class UnableToClimb(Refused):
    """As an action would define it."""


def test_sentences_are_kept_one_by_one_and_read_together() -> None:
    refusal = UnableToClimb("Il pleut.", "L'échelle est courte.")
    assert refusal.sentences == ("Il pleut.", "L'échelle est courte.")
    assert str(refusal) == "Il pleut. L'échelle est courte."


def test_a_list_of_reasons_reads_the_same() -> None:
    assert UnableToClimb(["Il pleut.", "L'échelle est courte."]).sentences == (
        "Il pleut.",
        "L'échelle est courte.",
    )


def test_a_translated_sentence_is_one_sentence() -> None:
    assert UnableToClimb(gettext_lazy("Il pleut.")).sentences == ("Il pleut.",)


@pytest.mark.parametrize("nothing", [(), ([],)])
def test_a_refusal_without_a_reason_is_a_mistake(nothing: tuple[object, ...]) -> None:
    with pytest.raises(ValueError, match="says why"):
        UnableToClimb(*nothing)  # type: ignore[arg-type]


def test_a_refusal_may_name_the_field_it_is_about() -> None:
    assert UnableToClimb("Trop haut.", field="height").field == "height"
    assert UnableToClimb("Trop haut.").field is None


def test_complaints_make_one_refusal_at_the_field_of_the_first() -> None:
    refuse(UnableToClimb, [], ())
    with pytest.raises(UnableToClimb) as refusal:
        refuse(UnableToClimb, [("height", "Trop haut.")], [(None, "Il pleut.")])
    assert (refusal.value.field, refusal.value.sentences) == ("height", ("Trop haut.", "Il pleut."))
