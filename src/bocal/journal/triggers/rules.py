"""What the two engines have in common: which tables only grow, and the words the craft lends to the SQL."""

from importlib.resources import files

from bocal.craft.journal.decisions import FIRST_DECISIONS, FREE_STATES, NEXT_DECISIONS, SAFE_SINKS

APPEND_ONLY = (
    "journal_opening",
    "journal_account",
    "journal_lot",
    "journal_decision",
    "journal_transaction",
    "journal_movement",
    "toolbox_act",
)
TABLES = {
    *APPEND_ONLY,
    "journal_balance",
    "territory_place",
    "people_person",
}  # all that the rules write or read
PREFIX = "bocal_"


def rules_of(engine: str, **words: str) -> str:
    """The rules file of an engine, with the words in braces filled in."""
    text = files(__package__).joinpath(f"{engine}.sql").read_text("utf-8")
    for word, value in {**_craft_words(), **words}.items():
        text = text.replace(f"{{{word}}}", value)
    return text


def _craft_words() -> dict[str, str]:
    following = {f">{kind}" for kind in FIRST_DECISIONS}
    following |= {f"{state}>{kind}" for state, kinds in NEXT_DECISIONS.items() for kind in kinds}
    return {
        "free_states": _listed(FREE_STATES),
        "safe_sinks": _listed(SAFE_SINKS),
        "next_decisions": _listed(following),
    }


def _listed(words: frozenset[str] | set[str]) -> str:
    return ", ".join(f"'{word}'" for word in sorted(words))
