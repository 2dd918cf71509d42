"""What the items of the study have to do with one another, both ways, and what is built for them."""

from importlib.resources import files

from essor.study.contents import study
from essor.study.items import Actor, Brake, Case, Change, Form, Lever, Recommendation, Tool

NOT_BUILT = "pas encore construit"


def of_lever(lever: Lever) -> list[Recommendation]:
    """Return the recommendations of a lever."""
    return [each for each in study().recommendations.values() if each.lever == lever.id]


def answering(problem: str) -> list[tuple[int, Recommendation]]:
    """Return the recommendations that answer a problem with their weights, main ones first."""
    found = [
        (each.answers[problem], each)
        for each in study().recommendations.values()
        if problem in each.answers
    ]
    return sorted(found, key=lambda pair: -pair[0])


def attached_to(problem: str) -> list[Recommendation]:
    """Return the recommendations that we attach to a problem that the study leaves unanswered."""
    return [each for each in study().recommendations.values() if problem in each.attached]


def unanswered() -> list[str]:
    """Return the problems that no recommendation of the study answers."""
    return [problem for problem in study().problems if not answering(problem)]


def heat_map() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return, by lever and brake, the recommendations of the one that answer the other."""
    return {
        (lever.id, brake.id): tuple(
            each.id for each in of_lever(lever) if strength(each, brake) > 0
        )
        for lever in study().levers.values()
        for brake in study().brakes.values()
    }


def heat(lever: Lever, brake: Brake) -> float:
    """Return how strongly a lever answers a brake: the mean of our weights over its recommendations, 0 to 3."""
    held = of_lever(lever)
    return sum(strength(each, brake) for each in held) / len(held)


def strength(recommendation: Recommendation, brake: Brake) -> int:
    """Return the greatest weight of a recommendation on a problem of a brake: 0 for none, to 3."""
    return max(recommendation.answers.get(each.id, 0) for each in brake.problems)


def tagged(case: Case) -> list[Recommendation]:
    """Return the recommendations of a case: the one under which the study tells it, then ours."""
    known = study().recommendations
    named = dict.fromkeys((case.box, *case.recommendations))
    return [known[each] for each in named if each in known]


def cases_of(recommendation: Recommendation) -> list[Case]:
    """Return the cases that illustrate a recommendation."""
    return [each for each in study().cases.values() if recommendation in tagged(each)]


def cases_of_brake(brake: Brake) -> list[Case]:
    """Return the cases that illustrate a recommendation which answers a brake."""
    return [each for each in study().cases.values() if brake in brakes_of(each)]


def brakes_of(case: Case) -> list[Brake]:
    """Return the brakes that the recommendations of a case answer."""
    return [
        brake
        for brake in study().brakes.values()
        if any(strength(each, brake) for each in tagged(case))
    ]


def cases_of_form(form: Form) -> list[Case]:
    """Return the cases that illustrate a form of cooperation."""
    return [each for each in study().cases.values() if form.id in each.forms]


def forms_of(recommendation: Recommendation) -> list[Form]:
    """Return the forms of cooperation that we attach to a recommendation."""
    return [each for each in study().forms.values() if recommendation.id in each.recommendations]


def cases_told_under(lever: Lever) -> list[Case]:
    """Return the cases that the study tells under a lever or one of its recommendations."""
    return [each for each in study().cases.values() if each.box.partition(".")[0] == lever.id]


def tools_of(recommendation: Recommendation) -> list[Tool]:
    """Return what Essor already does for a recommendation."""
    return [each for each in study().tools.values() if recommendation.id in each.recommendations]


def tools_of_brake(brake: Brake) -> list[Tool]:
    """Return what Essor does for the recommendations that answer a brake."""
    return [
        tool
        for tool in study().tools.values()
        if any(strength(study().recommendations[each], brake) for each in tool.recommendations)
    ]


def of_actor(actor: Actor) -> list[tuple[Recommendation, bool]]:
    """Return the recommendations addressed to an actor, each with whether that is inferred."""
    return [
        (each, actor.id in each.inferred)
        for each in study().recommendations.values()
        if actor.id in each.actors
    ]


def changes_of(recommendation: Recommendation) -> list[Change]:
    """Return what has changed since the study about a recommendation."""
    return [each for each in study().changes.values() if recommendation.id in each.recommendations]


def built_for(lever: Lever) -> list[str]:
    """Return the modules in the folder of a lever; none as long as it is not built."""
    folder = files("essor") / "levers" / lever.folder
    if not folder.is_dir():
        return []
    names = (each.name for each in folder.iterdir())
    return sorted(name[:-3] for name in names if name.endswith(".py") and name[0] != "_")
