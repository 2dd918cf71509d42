"""The reference pages of the law as Essor applies it: one a rule, one of the thresholds, one of the structures."""

from collections.abc import Iterator, Mapping
from datetime import date

from essor.rules.facts import FactType, FactValue, vocabulary
from essor.rules.registry import RULES, rule_of
from essor.rules.rule import Case, Citation, Condition, Join, Requirement, Rule, Status, Version
from essor.rules.structures import Structure, absence, structures
from essor.rules.thresholds import Period, Threshold, ThresholdUnit, thresholds
from essor.rules.verdict import Verdict

FOLDER = "regles"
JOINS = {Join.ALL: "toutes", Join.ANY: "une au moins", Join.NOT: "le contraire"}
VERDICTS = {Verdict.MET: "oui", Verdict.NOT_MET: "non", Verdict.UNKNOWN: "on ne sait pas"}
VALUES = {
    ThresholdUnit.EUR: lambda value: f"{value:,.0f}".replace(",", "\u202f") + "\u00a0€",
    ThresholdUnit.SHARE: lambda value: f"{100 * value:g}\u00a0%".replace(".", ","),
    ThresholdUnit.TIMES: lambda value: f"{value:g}\u00a0×".replace(".", ","),
}


def rule_pages() -> dict[str, tuple[str, list[str]]]:
    """Return the title and the lines of each page, by its name under `docs/reference`."""
    rules = [rule_of(code) for code in RULES]
    pages = {f"{FOLDER}/{rule.code}.md": (rule.title, list(_rule(rule))) for rule in rules}
    pages[f"{FOLDER}/README.md"] = ("Règles de droit", list(_index(rules)))
    pages[f"{FOLDER}/seuils.md"] = ("Seuils de la commande publique", list(_thresholds()))
    pages[f"{FOLDER}/structures.md"] = ("Catégories de structures", list(_structures()))
    return pages


def _index(rules: list[Rule]) -> Iterator[str]:
    yield (
        "Trois réponses : oui, non, on ne sait pas. Un fait que personne n’a publié n’est jamais tenu pour faux.\n"
        "« À vérifier » signale un point du droit qui n’a pas été relu dans un texte officiel ; « raisonné », une\n"
        "conclusion qui est la nôtre. Pour appliquer une règle : `essor eligible RÈGLE --siren SIREN`.\n"
    )
    yield "| règle | titre | versions | points à vérifier |\n|---|---|---|---|"
    for rule in rules:
        unsure = sum(1 for condition in _conditions(rule) if condition.status is Status.TO_CHECK)
        spans = ", ".join(_span(v.since, v.until) for v in rule.versions)
        yield f"| [`{rule.code}`]({rule.code}.md) | {rule.title} | {spans} | {unsure} |"
    yield "\nVoir aussi les [seuils](seuils.md) et les [catégories de structures](structures.md).\n"
    yield "## Faits\n\nCe que les règles regardent, et comment une personne le sait.\n"
    yield "| fait | question | valeur | comment le savoir |\n|---|---|---|---|"
    types = {
        FactType.SET: "ensemble",
        FactType.TEXT: "texte",
        FactType.FLAG: "oui ou non",
        FactType.SHARE: "part de 0 à 1",
        FactType.NUMBER: "nombre",
    }
    for fact in vocabulary().values():
        yield f"| `{fact.name}` | {fact.label} | {types[fact.type]} | {fact.how} |"


def _conditions(rule: Rule) -> Iterator[Condition]:
    for version in rule.versions:
        yield from version.conditions.values()


def _rule(rule: Rule) -> Iterator[str]:
    yield f"{rule.summary.strip()}\n"
    for version in rule.versions:
        yield from _version(version)
    yield "## Cas\n\n| cas | jour | faits | réponse |\n|---|---|---|---|"
    for case in rule.cases:
        yield f"| {case.name} | {case.day:%d/%m/%Y} | {_facts(case)} | {VERDICTS[case.verdict]} |"


def _version(version: Version) -> Iterator[str]:
    yield f"## En vigueur {_span(version.since, version.until)}\n"
    if version.note:
        yield f"{version.note}\n"
    yield from _requirement(version.requires, version, 0)
    clause = version.groupement
    cited = _cited(clause.citation, clause.checked_on, clause.status)
    yield f"\nGroupement : {clause.text[0].lower()}{clause.text[1:]} ({cited}).\n"


def _requirement(part: Requirement, version: Version, depth: int) -> Iterator[str]:
    indent = "  " * depth
    yield f"{indent}- {JOINS[part.join]} :"
    for inner in part.parts:
        if isinstance(inner, Requirement):
            yield from _requirement(inner, version, depth + 1)
            continue
        condition = version.conditions[inner]
        cited = _cited(condition.citation, condition.checked_on, condition.status)
        yield f"{indent}  - {condition.text} (`{condition.fact}` ; {cited})"


def _cited(citation: Citation, checked_on: date, status: Status) -> str:
    return f"[{citation.article}]({citation.source}), {status.label}, {checked_on:%d/%m/%Y}"


def _span(since: date, until: date | None) -> str:
    if until is None:
        return f"depuis le {since:%d/%m/%Y}"
    return f"du {since:%d/%m/%Y} au {until:%d/%m/%Y}"


def _facts(case: Case) -> str:
    members = [_listed(facts) for facts in case.members]
    if len(members) == 1:
        return members[0]
    return " ; ".join(f"membre {rank} : {said}" for rank, said in enumerate(members, 1))


def _listed(facts: Mapping[str, FactValue]) -> str:
    said = [f"`{name}` = {_value(value)}" for name, value in facts.items()]
    return ", ".join(said) or "aucun"


def _value(value: FactValue) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "aucun"
    if isinstance(value, bool):
        return "oui" if value else "non"
    return value if isinstance(value, str) else f"{value:g}".replace(".", ",")


def _thresholds() -> Iterator[str]:
    yield "Montants hors taxe. Un jour qu’aucune période ne couvre est un jour dont on ne sait rien.\n"
    yield "| seuil | valeur | en vigueur | source | état |\n|---|---|---|---|---|"
    for threshold in thresholds().values():
        for period in threshold.periods:
            yield _period(threshold, period)


def _period(threshold: Threshold, period: Period) -> str:
    value = VALUES[threshold.unit](period.value)
    note = f" ({threshold.note.rstrip('.').lower()})" if threshold.note else ""
    source = f"[{threshold.citation.article}]({threshold.citation.source})"
    return (
        f"| {threshold.label} (`{threshold.kind}`) | {value} | {_span(period.since, period.until)} "
        f"| {source} | {period.status.label}, {threshold.checked_on:%d/%m/%Y}{note} |"
    )


def _structures() -> Iterator[str]:
    yield (
        f"Ne pas figurer sur une liste vaut « non » si elle est entière et date de {absence().speaks_for_years} ans\n"
        "au plus (raisonné) ; sinon, on ne sait pas. Un statut attesté vaut jusqu’à la fin publiée ou, à défaut,\n"
        "pour la durée la plus longue qu’il peut avoir ; ensuite, on ne sait plus.\n"
    )
    for structure in structures().values():
        yield from _structure(structure)


def _structure(structure: Structure) -> Iterator[str]:
    lists = ", ".join(f"`{name}`" for name in structure.lists)
    counts = (
        f"[{structure.counts_for}]({structure.counts_for}.md)"
        if structure.counts_for
        else "aucune ; « structure équivalente » au mieux, ce que l’acheteur apprécie"
    )
    lasts = structure.lasts
    yield f"## `{structure.kind}` : {structure.label}\n"
    yield f"{structure.definition}\n"
    yield f"- Texte : {_cited(structure.citation, structure.checked_on, structure.status)}"
    yield f"- Attesté par : {structure.attested_by}"
    yield f"- Listes : {lists}"
    years = f"{lasts.held}, {lasts.years} an{'s' if lasts.years > 1 else ''}"
    yield f"- Durée au plus : {years} ; {_cited(lasts.citation, lasts.checked_on, lasts.status)}"
    yield f"- Réserve dont le texte la nomme : {counts}\n"
