"""Where a need and its exchanges are, and what people may say of them, with the words for it."""

from django.db.models import TextChoices

from essor.matching.reservation import Reserved

RESERVATIONS = (
    (Reserved.HANDICAP.value, "Handicap : EA et ESAT (L. 2113-12)"),
    (Reserved.INSERTION.value, "Insertion : SIAE (L. 2113-13)"),
    (Reserved.MIXTE.value, "Handicap et insertion (L. 2113-14)"),
    (Reserved.ESS.value, "Économie sociale et solidaire (L. 2113-15)"),
)
"""For whom a contract is reserved, and by which article."""


class NeedState(TextChoices):
    """Where a need is."""

    DRAFT = "draft", "brouillon"
    OPEN = "open", "ouvert"
    EXPIRED = "expired", "arrivé à son terme"
    CLOSED = "closed", "clos"
    WITHDRAWN = "withdrawn", "retiré"


class Visibility(TextChoices):
    """Who reads a need."""

    PUBLIC = "public", "Public : toute organisation peut proposer de répondre"
    INVITED = "invited", "Sur invitation : seules les organisations invitées le lisent"


class Side(TextChoices):
    """Who speaks in an exchange."""

    BUYER = "buyer", "acheteur"
    SUPPLIER = "supplier", "fournisseur"


class Stance(TextChoices):
    """What an organisation said of a need; an invitation waits until it says something."""

    WAITING = "waiting", "invitation sans réponse"
    INTERESTED = "interested", "intéressée"
    REFUSED = "refused", "ne répondra pas"


class Refusing(TextChoices):
    """Why an organisation does not answer."""

    TOO_FAR = "too_far", "Trop loin"
    NO_CAPACITY = "no_capacity", "Plus de capacité"
    OTHER_TRADE = "other_trade", "Hors de notre métier"
    TOO_SOON = "too_soon", "Délai trop court"
    TOO_SMALL = "too_small", "Quantité trop petite"
    TOO_LARGE = "too_large", "Quantité trop grande"
    OTHER = "other", "Autre raison"


class Result(TextChoices):
    """What came of a need, as one side tells it."""

    CONCLUDED = "concluded", "Affaire conclue ici"
    ELSEWHERE = "elsewhere", "Conclue ailleurs"
    NOTHING = "nothing", "Rien de conclu"


class Amount(TextChoices):
    """How much was concluded, in euros, before tax: bands wide enough to give no price away."""

    UP_TO_10K = "up_to_10k", "moins de 10 000 €"
    UP_TO_50K = "up_to_50k", "de 10 000 à 50 000 €"
    UP_TO_250K = "up_to_250k", "de 50 000 à 250 000 €"
    MORE = "more", "plus de 250 000 €"


class Hindrance(TextChoices):
    """Why nothing was concluded."""

    NO_ANSWER = "no_answer", "Pas de réponse"
    TOO_EXPENSIVE = "too_expensive", "Prix"
    CAPACITY = "capacity", "Capacité ou délai"
    QUALITY = "quality", "Qualité ou certificat"
    DISTANCE = "distance", "Distance"
    GIVEN_UP = "given_up", "Besoin abandonné ou reporté"
    OTHER = "other", "Autre raison"


class Report(TextChoices):
    """Where a message reported to moderators is."""

    NONE = "none", "non signalé"
    PENDING = "pending", "signalé"
    KEPT = "kept", "gardé par un modérateur"
    HIDDEN = "hidden", "masqué par un modérateur"
