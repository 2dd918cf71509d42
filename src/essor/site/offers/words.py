"""The words of what organisations publish: reaches, kinds of means, facts that can be corrected, states."""

from django.db.models import TextChoices

from essor.language.presence import Presence
from essor.matching.activity import ReachKind

PRESENCES = (
    (Presence.FABRICATION.value, "Fabrication, dans nos murs"),
    (Presence.SERVICE.value, "Prestation de service"),
    (Presence.MISE_A_DISPOSITION.value, "Mise à disposition de personnes, chez le client"),
)
REACHES = (
    (ReachKind.UNKNOWN.value, "Non précisé"),
    (ReachKind.RADIUS.value, "À tant de kilomètres de l’établissement"),
    (ReachKind.ZONES.value, "Dans ces territoires"),
    (ReachKind.COUNTRY.value, "Dans toute la France"),
)


class Means(TextChoices):
    """What an organisation offers to others."""

    PREMISES = "premises", "Un local"
    MACHINE = "machine", "Une machine"
    WORKSHOP = "workshop", "Des heures d’atelier"
    SKILLS = "skills", "Des compétences"
    MATERIALS = "materials", "Des matières ou des surplus"


class Fact(TextChoices):
    """A fact of the register that an organisation may correct."""

    NAME = "name", "Nom d’usage"
    STAFF = "staff", "Effectif"
    ADDRESS = "address", "Adresse"
    STATUS = "status", "Statut"
    ACTIVITY = "activity", "Activité"


class Doubted(TextChoices):
    """What a visitor may say is wrong on a card: a fact, or that there is nobody any more."""

    NAME = Fact.NAME.value, Fact.NAME.label
    STAFF = Fact.STAFF.value, Fact.STAFF.label
    ADDRESS = Fact.ADDRESS.value, Fact.ADDRESS.label
    STATUS = Fact.STATUS.value, Fact.STATUS.label
    ACTIVITY = Fact.ACTIVITY.value, Fact.ACTIVITY.label
    CLOSED = "closed", "Fermeture ou reprise"
    OTHER = "other", "Autre chose"


class CorrectionState(TextChoices):
    """Where a correction, or the remark of a visitor, is."""

    PENDING = "pending", "en attente"
    ACCEPTED = "accepted", "acceptée"
    REFUSED = "refused", "refusée"
    WITHDRAWN = "withdrawn", "retirée"
