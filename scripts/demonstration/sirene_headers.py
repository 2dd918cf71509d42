"""The headers of the official Sirene files: names and types of their columns, in their order.

Source: Insee, documentation of the stock files (https://www.data.gouv.fr/fr/datasets/
base-sirene-des-entreprises-et-de-leurs-etablissements-siren-siret/).
"""

import pyarrow as pa

_TYPES = {
    "date": pa.date32(),
    "day_time": pa.timestamp("ms"),
    "number": pa.int64(),
    "flag": pa.bool_(),
    "real": pa.float32(),
    "text": pa.string(),
}

FICTION = "is_fictional"
"""The column that the demonstration adds to every official header."""


def _schema(columns: str) -> pa.Schema:
    """Return the schema written « name:type » (text by default), and the column of fiction."""
    pairs = (column.partition(":") for column in columns.split())
    fields = [(name, _TYPES[kind or "text"]) for name, _, kind in pairs]
    return pa.schema([*fields, (FICTION, pa.bool_())])


UNITS = _schema(
    """
    siren statutDiffusionUniteLegale unitePurgeeUniteLegale:flag dateCreationUniteLegale:date
    sigleUniteLegale sexeUniteLegale prenom1UniteLegale prenom2UniteLegale prenom3UniteLegale
    prenom4UniteLegale prenomUsuelUniteLegale pseudonymeUniteLegale
    identifiantAssociationUniteLegale trancheEffectifsUniteLegale
    anneeEffectifsUniteLegale:number dateDernierTraitementUniteLegale:day_time
    nombrePeriodesUniteLegale:number categorieEntreprise anneeCategorieEntreprise:number
    dateDebut:date etatAdministratifUniteLegale nomUniteLegale nomUsageUniteLegale
    denominationUniteLegale denominationUsuelle1UniteLegale denominationUsuelle2UniteLegale
    denominationUsuelle3UniteLegale categorieJuridiqueUniteLegale:number
    activitePrincipaleUniteLegale nomenclatureActivitePrincipaleUniteLegale
    nicSiegeUniteLegale:number economieSocialeSolidaireUniteLegale societeMissionUniteLegale
    caractereEmployeurUniteLegale activitePrincipaleNAF25UniteLegale
    """
)

ESTABLISHMENTS = _schema(
    """
    siren nic siret statutDiffusionEtablissement dateCreationEtablissement:date
    trancheEffectifsEtablissement anneeEffectifsEtablissement:number
    activitePrincipaleRegistreMetiersEtablissement dateDernierTraitementEtablissement:day_time
    etablissementSiege:flag nombrePeriodesEtablissement:number complementAdresseEtablissement
    numeroVoieEtablissement indiceRepetitionEtablissement dernierNumeroVoieEtablissement
    indiceRepetitionDernierNumeroVoieEtablissement typeVoieEtablissement
    libelleVoieEtablissement codePostalEtablissement libelleCommuneEtablissement
    libelleCommuneEtrangerEtablissement distributionSpecialeEtablissement
    codeCommuneEtablissement codeCedexEtablissement libelleCedexEtablissement
    codePaysEtrangerEtablissement libellePaysEtrangerEtablissement
    identifiantAdresseEtablissement coordonneeLambertAbscisseEtablissement
    coordonneeLambertOrdonneeEtablissement complementAdresse2Etablissement
    numeroVoie2Etablissement indiceRepetition2Etablissement typeVoie2Etablissement
    libelleVoie2Etablissement codePostal2Etablissement libelleCommune2Etablissement
    libelleCommuneEtranger2Etablissement distributionSpeciale2Etablissement
    codeCommune2Etablissement codeCedex2Etablissement libelleCedex2Etablissement
    codePaysEtranger2Etablissement libellePaysEtranger2Etablissement dateDebut:date
    etatAdministratifEtablissement enseigne1Etablissement enseigne2Etablissement
    enseigne3Etablissement denominationUsuelleEtablissement activitePrincipaleEtablissement
    nomenclatureActivitePrincipaleEtablissement caractereEmployeurEtablissement
    activitePrincipaleNAF25Etablissement
    """
)

POSITIONS = _schema(
    """
    siret x:real y:real qualite_xy epsg plg_qp24 plg_iris plg_zus plg_qp15 plg_qva
    plg_code_commune distance_precision:real qualite_qp24 qualite_iris qualite_zus
    qualite_qp15 qualite_qva y_latitude:real x_longitude:real
    """
)
