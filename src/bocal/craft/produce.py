"""What grows around Romans and ends up in jars: names to suggest when somebody begins to type a product.

The list helps two people write the same word for the same thing. Nobody is held to it.
"""

PRODUCE_OF_THE_DROME = (
    "abricot", "ail", "asperge", "aubergine", "betterave", "blette", "brocoli", "carotte", "céleri-rave", "cerise",
    "châtaigne", "chou", "chou-fleur", "coing", "concombre", "courge", "courge butternut", "courgette", "épinard",
    "fenouil", "figue", "fraise", "framboise", "haricot vert", "kaki", "kiwi", "melon", "navet", "noix", "oignon",
    "panais", "patate douce", "pêche", "nectarine", "poire", "poireau", "poivron", "pomme", "pomme de terre",
    "potimarron", "prune", "raisin", "rhubarbe", "tomate", "tomate verte", "topinambour",
)  # fmt: skip
