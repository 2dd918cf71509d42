"""The method of a report and its limits, in words that need no statistician."""

from essor.observatory.perspective import Perimeter
from essor.observatory.typography import FINE_SPACE, SPACE

_QUESTION = f"{FINE_SPACE}?"
_SEMICOLON = f"{FINE_SPACE};"

_WHO = {
    Perimeter.P1: (
        "Les personnes morales actives d’une famille de l’économie sociale et solidaire dont "
        "l’activité principale est industrielle (sections B à E de la NAF rév. 2), situées par "
        "leur siège (périmètre P1). La famille vient de la forme juridique, d’une liste "
        "officielle, de ce que l’unité déclare à Sirene ou, à défaut, de son nom"
        f"{_SEMICOLON} le fondement est dit pour chacune."
    ),
    Perimeter.P2: (
        "Les personnes morales actives, conventionnées ou agréées, dont une structure déclare une "
        "activité industrielle, quelle que soit leur activité principale (périmètre P2)."
    ),
}


def method(perimeter: Perimeter, *, has_contours: bool) -> tuple[tuple[str, str], ...]:
    """Return the questions a reader may ask of the report, and their answers."""
    map_answer = (
        "Les contours sont simplifiés et ne valent que pour la carte."
        if has_contours
        else "Cette version ne contient pas de contours : la carte montre les centres des communes."
    )
    return (
        (f"Qui est compté{_QUESTION}", _WHO[perimeter]),
        (f"Pourquoi des bornes{_QUESTION}", _BOUNDS),
        (f"Pourquoi des valeurs masquées{_QUESTION}", _SECRECY),
        (f"Pourquoi P1 et P2 séparés{_QUESTION}", _PERIMETERS),
        (f"Qu’est-ce qu’une spécialisation, une grappe{_QUESTION}", _CLUSTERS),
        (f"Que ne sait-on pas{_QUESTION}", f"{_UNKNOWN} {map_answer}"),
    )


_BOUNDS = (
    "Sirene ne publie pas l’effectif mais une tranche (par exemple 20 à 49 salariés). Chaque "
    "effectif est la somme des milieux, entre la somme des minimums et celle des maximums. La "
    f"dernière tranche n’a pas de maximum{_SEMICOLON} sa borne haute est un minimum."
)
_SECRECY = (
    "Un effectif qui repose sur moins de trois unités, ou dont une unité fait plus de 85"
    f"{SPACE}%, n’est pas montré, ni ce qui permettrait de le retrouver par différence. Le nombre "
    "d’unités reste public. Les organisations à diffusion partielle sont comptées, jamais nommées."
)
_PERIMETERS = (
    "P1 repose sur l’activité principale de l’unité légale, P2 sur l’activité que déclare une "
    "structure conventionnée (EI, ETTI, EA, ESAT, GEIQ…), souvent enregistrée sous un autre code. "
    "Une même organisation peut être dans les deux : ils ne s’additionnent jamais."
)
_CLUSTERS = (
    "Le quotient de localisation rapporte le poids d’une activité dans l’emploi d’ici à son poids "
    f"dans l’emploi de la France. On lui ajoute 200{SPACE}emplois de structure nationale pour que "
    "quelques emplois ne fassent pas un record. À partir de 1,25, avec 50 salariés et 5 "
    "établissements employeurs, c’est une spécialisation. Des intercommunalités voisines "
    "spécialisées dans la même industrie forment une grappe."
)
_UNKNOWN = (
    "L’effectif d’une unité légale est compté à son siège, même s’il travaille ailleurs. Une "
    "information non publiée reste inconnue : elle n’est jamais comptée comme un non. Les dates "
    "des sources diffèrent ; chacune est donnée."
)
