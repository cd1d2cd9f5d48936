"""Planning: gathered documents -> the plan of their site, of which no page is rendered yet."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from sitegen.config import Config
from sitegen.limits.memory import give_back_now
from sitegen.pipeline.documents import Ground, agree, plan_site
from sitegen.pipeline.gathered import Gathered
from sitegen.pipeline.lots import tickets
from sitegen.pipeline.rendering import Jobs
from sitegen.plan.planned import Plan
from sitegen.restore import Evidence
from sitegen.store.recall import Store

FORGOTTEN = 10_000
"""Documents after which what they looked up is let go of: those that follow look up other names."""


class Planned(Struct, frozen=True):
    """A plan with its documents as jobs, and what they agree upon."""

    plan: Plan
    jobs: Jobs
    ground: Ground


def plan_gathered(  # noqa: PLR0913 - one for each thing that may be known already
    config: Config,
    gathered: Gathered,
    store: Store,
    evidence: Evidence | None = None,
    before: Jobs | None = None,
    *,
    between: Callable[[], None] | None = None,
) -> Planned:
    """Take all steps from gathered documents, which are let go of, to a plan.

    What is as it was in the jobs of ``before`` is shared with them. Between documents ``between``
    is called, as by `gather`.

    Raises:
        SitegenError: as `agree` and `plan_site`.
    """
    ground = agree(config, gathered, store, evidence=evidence)
    if gathered.documents.is_large:
        give_back_now()
    jobs = Jobs(gathered.documents.folder, before)
    for number, _ in enumerate(tickets(gathered.documents, ground, store, jobs), 1):
        if between:
            between()
        if number % FORGOTTEN == 0:
            ground.references.forget()
    ground.references.forget()  # of a large site much, and a preview asks for few pages
    jobs.end()
    return Planned(plan_site(config, ground, jobs), jobs, ground)
