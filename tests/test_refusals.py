"""Every way the services say no has its status, its page, and its place in the one table."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from markupsafe import escape

import webapp
from tests.scenes import Scene
from webapp.problems import HTTP_PROBLEMS, PROBLEMS, Problem
from webapp.remedies import REMEDIES
from webapp.services.refusals import Refusal

ALL_PROBLEMS = [*PROBLEMS.values(), *HTTP_PROBLEMS.values()]


def kinds(of: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every subclass of the refusal, and theirs."""
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_every_kind_of_refusal_is_in_the_table() -> None:
    for module in pkgutil.walk_packages(webapp.__path__, "webapp."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    ours = {kind for kind in kinds() if kind.__module__.startswith("webapp.")}
    assert len(ours) > 10
    assert ours == PROBLEMS.keys()


def test_every_refusal_is_a_no_of_the_askers_making_or_for_later() -> None:
    for refusal, problem in PROBLEMS.items():
        assert 400 <= problem.status < 500 or problem.status == 503, refusal


def test_a_slug_means_one_thing() -> None:
    assert len({problem.slug for problem in PROBLEMS.values()}) == len(PROBLEMS)
    statuses: dict[str, set[int]] = {}
    for problem in ALL_PROBLEMS:
        statuses.setdefault(problem.slug, set()).add(problem.status)
    assert all(len(found) == 1 for found in statuses.values()), statuses


@pytest.mark.parametrize("problem", ALL_PROBLEMS, ids=lambda problem: f"{problem.status} {problem.slug}")
def test_every_problem_has_a_page_that_says_what_it_means(scene: Scene, problem: Problem) -> None:
    assert problem.title
    assert problem.description.endswith(".")
    page = scene.browser().get(f"/problems/{problem.slug}")
    assert page.status_code == 200
    assert problem.title in page.text
    assert f"<code>{problem.slug}</code>" in page.text
    assert str(problem.status) in page.text
    assert escape(problem.remedy.split("`")[0]) in page.text


def test_every_problem_is_listed_and_has_what_to_do(scene: Scene) -> None:
    slugs = {problem.slug for problem in ALL_PROBLEMS}
    assert slugs == REMEDIES.keys()
    assert all(remedy.endswith(".") for remedy in REMEDIES.values())
    page = scene.browser().get("/problems/").text
    assert set(re.findall(r'href="/problems/([a-z-]+)"', page)) == slugs


def test_a_problem_that_nobody_has_is_not_found(scene: Scene) -> None:
    assert scene.browser().get("/problems/gremlins").status_code == 404
