"""Quantities as they are written in French: « 15 000 PC par an », « 2,5 M€ », « 12 ETP »."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SPACES = " \u00a0\u202f\u2009"
_NUMBER = rf"[0-9]{{1,3}}(?:[{_SPACES}.'’][0-9]{{3}})+(?:,[0-9]{{1,6}})?|[0-9]{{1,15}}(?:[.,][0-9]{{1,6}})?"
_ROUGHLY = {
    "dizaine": 10.0,
    "douzaine": 12.0,
    "quinzaine": 15.0,
    "vingtaine": 20.0,
    "trentaine": 30.0,
    "quarantaine": 40.0,
    "cinquantaine": 50.0,
    "soixantaine": 60.0,
    "centaine": 100.0,
    "millier": 1000.0,
}
_SCALES = {
    "k": 1e3,
    "mille": 1e3,
    "milliers": 1e3,
    "m": 1e6,
    "million": 1e6,
    "md": 1e9,
    "milliard": 1e9,
}

# Written form (a pattern), unit it is counted in, how many of that unit one is.
_UNITS: tuple[tuple[str, str, float], ...] = (
    (r"€|euros?|eur", "EUR", 1),
    (r"kilotonnes?|kt", "t", 1000),
    (r"tonnes?|t|to", "t", 1),
    (r"quintau?x|quintal", "t", 0.1),
    (r"kilos?|kilogrammes?|kgs?", "t", 0.001),
    (r"m[²2]|mètres?[\s-]+carrés?|metres?[\s-]+carres?", "m2", 1),
    (r"hectares?|ha", "m2", 10_000),
    (r"m[³3]|mètres?[\s-]+cubes?|metres?[\s-]+cubes?", "m3", 1),
    (r"hectolitres?|hl", "m3", 0.1),
    (r"litres?|l", "m3", 0.001),
    (r"kilomètres?|kilometres?|km", "m", 1000),
    (r"mètres?(?:[\s-]+linéaires?)?|metres?(?:[\s-]+lineaires?)?|ml|m", "m", 1),
    (r"mwh", "kWh", 1000),
    (r"kwh", "kWh", 1),
    (r"mwc?", "kW", 1000),
    (r"kwc?", "kW", 1),
    (r"etp|équivalents?[\s-]+temps[\s-]+pleins?|equivalents?[\s-]+temps[\s-]+pleins?", "ETP", 1),
    (r"heures?|h(?![0-9])", "heure", 1),
    (r"jours?|journées?", "jour", 1),
    (
        r"personnes?|salariée?s?|collaborat(?:eur|rice)s?|opérat(?:eur|rice)s?|agents?|intérimaires?",
        "personne",
        1,
    ),
    (r"postes?(?:\s+de\s+travail)?|emplois?", "poste", 1),
    (r"pc|ordinateurs?|portables?|unités?\s+centrales?", "ordinateur", 1),
    (r"téléphones?|telephones?|smartphones?|mobiles?", "telephone", 1),
    (r"pièces?|pieces?|pcs|unités?|unites?|exemplaires?|ex", "piece", 1),
    (r"palettes?", "palette", 1),
    (r"fenêtres?|fenetres?|menuiseries", "fenetre", 1),
    (r"portes", "porte", 1),
    (r"vélos?|velos?|cycles?|bicyclettes?", "velo", 1),
    (r"véhicules?|vehicules?|voitures?|camions?|vhu", "vehicule", 1),
    (r"repas|couverts?|plateaux[\s-]+repas", "repas", 1),
    (r"colis|cartons?|boîtes?|boites?", "colis", 1),
    (r"sachets?|blisters?|flacons?|bouteilles?|bocaux|échantillons?", "contenant", 1),
    (r"courriers?|plis|enveloppes?|lettres?", "pli", 1),
    (r"pages?|feuilles?|documents?", "page", 1),
    (r"vêtements?|vetements?|tenues?|chemises?|blouses?", "vetement", 1),
    (r"chaises?|fauteuils?|sièges?|bureaux|tables?|meubles?|lits?|matelas", "meuble", 1),
    (r"batteries?", "batterie", 1),
    (r"cartouches?|toners?", "cartouche", 1),
    (r"logements?", "logement", 1),
    (r"bacs?|bennes?|conteneurs?", "conteneur", 1),
    (r"%|pour[\s-]?cents?", "%", 1),
)
_PERIODS: tuple[tuple[str, str], ...] = (
    (r"an|année|annuelle?s?|annuellement", "an"),
    (r"semestre|semestrielle?s?", "semestre"),
    (r"trimestre|trimestrielle?s?", "trimestre"),
    (r"mois|mensuelle?s?|mensuellement", "mois"),
    (r"semaine|hebdomadaires?|sem", "semaine"),
    (r"jour|j|quotidiens?|quotidiennes?|journalièr?e?s?", "jour"),
    (r"heure|h|horaires?", "heure"),
)

_UNIT = re.compile("|".join(f"(?:{form})" for form, _, _ in _UNITS), re.IGNORECASE)
_UNIT_FORMS = tuple((re.compile(form, re.IGNORECASE), unit, size) for form, unit, size in _UNITS)
_PERIOD_FORMS = tuple((re.compile(form, re.IGNORECASE), period) for form, period in _PERIODS)
_ANY_PERIOD = "|".join(form for form, _ in _PERIODS)
# « par an », « /an », « l'an », « chaque semaine », « annuels », after a few words on what is counted.
_PERIOD = re.compile(
    rf"(?:[{_SPACES}]+[^\s\d.,;:!?/]{{1,25}}){{0,5}}?[{_SPACES}]*"
    rf"(?:(?:/|par|chaque|à\s+l['’]|l['’])[{_SPACES}]*|(?=(?:annuel|mensuel|hebdo|quotidien|journali|semestriel|trimestriel)))"
    rf"(?P<period>{_ANY_PERIOD})(?!\w)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    rf"(?<![\w.,/+-])(?:(?P<low>{_NUMBER})[{_SPACES}]*(?:à|et|-|–|ou)[{_SPACES}]*)?"
    rf"(?:(?P<number>{_NUMBER})|une?[{_SPACES}]+(?P<roughly>{'|'.join(_ROUGHLY)}))"
    rf"[{_SPACES}]*(?:(?P<scale>milliards?|millions?|milliers|mille|md|[km](?=[{_SPACES}]?€|[{_SPACES}]?euros?\b))[{_SPACES}]*)?"
    rf"(?:d['’]|de[{_SPACES}]+)?"
    rf"(?P<unit>{_UNIT.pattern})(?!\w)",
    re.IGNORECASE,
)
# Numbers that count nothing: they are blanked before reading.
_NOT_COUNTS = re.compile(
    r"(?:\+33|\b0)[ .\-\u00a0]?[1-9](?:[ .\-\u00a0]?[0-9]{2}){4}\b"  # a telephone
    r"|\bsire[nt]\b[^0-9\n]{0,6}[0-9][0-9 \u00a0\u202f]{7,18}"  # SIREN, SIRET
    r"|\b[0-9]{2}\.[0-9]{1,2}[A-Z]\b"  # a NAF code
    r"|\b(?:[LRD]\.?[ \u00a0]?|articles?[ \u00a0]+(?:[LRD]\.?[ \u00a0]?)?)[0-9]+(?:-[0-9]+)*"  # an article
    r"|\b[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}\b"  # a date
    r"|\b(?:en|depuis|année|exercice|dès|fin|début)[ \u00a0]+(?:19|20)[0-9]{2}\b"  # a year
    r"|\b[0-9]{1,2}[ \u00a0]?h[ \u00a0]?[0-9]{2}\b|\bà[ \u00a0][0-9]{1,2}[ \u00a0]?h\b",  # a time of day
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of things, with its unit in a single form: masses in t, surfaces in m2, amounts in EUR.

    `period` is an, semestre, trimestre, mois, semaine, jour or heure; None when the text says none.
    `value` is the upper bound of a range, `low` its lower bound (None outside a range).
    """

    value: float
    unit: str
    period: str | None
    text: str
    low: float | None = None


def quantities_of(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of `text`, in order; numbers that count nothing are left aside."""
    return tuple(_read(text))


def _read(text: str) -> Iterator[Quantity]:
    """Yield the quantities of the text; article numbers, years, telephones… are blanked first."""
    readable = _NOT_COUNTS.sub(lambda found: "¤" * len(found.group()), text)
    for found in _AMOUNT.finditer(readable):
        unit, size = _unit(found["unit"])
        size *= _scale(found["scale"])
        value = _ROUGHLY[found["roughly"].lower()] if found["roughly"] else _number(found["number"])
        low = _number(found["low"]) * size if found["low"] else None
        period = _PERIOD.match(readable, found.end())
        end = period.end() if period else found.end()
        yield Quantity(
            value=round(value * size, 6),
            unit=unit,
            period=_period(period["period"]) if period else None,
            text=text[found.start() : end],
            low=None if low is None else round(low, 6),
        )


def _number(written: str) -> float:
    """Return the number written in French: spaces or dots between thousands, a decimal comma."""
    plain = re.sub(rf"[{_SPACES}'’]", "", written)
    if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?", plain):
        plain = plain.replace(".", "")
    return float(plain.replace(",", "."))


def _scale(written: str | None) -> float:
    if not written:
        return 1.0
    word = written.lower()
    return _SCALES.get(word) or _SCALES[word.rstrip("s")]


def _unit(written: str) -> tuple[str, float]:
    """Return the unit a written form counts in, and how many of them it is."""
    for form, unit, size in _UNIT_FORMS:
        if form.fullmatch(written):
            return unit, float(size)
    return written.casefold(), 1.0


def _period(written: str) -> str | None:
    for form, period in _PERIOD_FORMS:
        if form.fullmatch(written):
            return period
    return None
