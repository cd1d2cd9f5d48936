"""The commands around a build: publish, verify, diff."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen.cli.completion import hosts, targets
from sitegen.cli.options import with_files
from sitegen.cli.printing import answer, answer_json, say, write
from sitegen.errors import EXIT_FINDINGS, EXIT_INTERRUPTED, EXIT_PUBLISH, ConfigError

if TYPE_CHECKING:
    from sitegen.publish import Outcome
    from sitegen.publish.verify import Verdict

_STATE = Path(".sitegen")
_RECORDS = _STATE / "published.json"
_PROJECT = re.compile(r"github\.com[/:]([\w-]+)/([\w.-]+?)(?:\.git)?(?:#.*)?$", re.IGNORECASE)
_FOLDER = click.Path(path_type=Path)


@click.command()
@click.argument("target", required=False, shell_complete=targets)
@click.option("--site", type=_FOLDER, help="The built site [build, or `output` of the config].")
@click.option("-n", "--dry-run", is_flag=True, help="Print what would be sent; send nothing.")
@click.option("--host", default="", shell_complete=hosts, help="Whose limits hold [the target's].")
@click.option("--adopt", is_flag=True, help="Publish beside files that sitegen did not publish.")
@click.option("--replace-newer", is_flag=True, help="Replace a site published from elsewhere.")
@click.option("--remove", is_flag=True, help="Delete the site there, and nothing else.")
@click.option("-m", "--message", default="", help="What the commit says [Publish the site].")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON on stdout.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@with_files
def publish(
    target: str | None,
    site: Path | None,
    *,
    extension_files: tuple[Path, ...],
    as_json: bool,
    quiet: bool,
    **flags: Any,
) -> None:
    """Send a built site to TARGET: only what differs, assets first, deletions last.

    TARGET: gh-pages:  git+https://host/repo.git#branch  s3://bucket/folder  gs://bucket/folder
    hf://spaces/owner/name  rsync+ssh://host/folder  file:///folder  zip:site.zip
    Behind a branch a colon names a folder of it, gh-pages:#gh-pages:preview

    Secrets come from the environment only.
    """
    from sitegen.cli.entered import enter  # noqa: PLC0415
    from sitegen.config.file import load_config  # noqa: PLC0415 - `--help` must not load the pipeline
    from sitegen.publish import Options  # noqa: PLC0415
    from sitegen.publish import publish as run  # noqa: PLC0415
    from sitegen.publish.versions import publish_versions  # noqa: PLC0415

    config = load_config()
    enter(config, extension_files, None)
    if not (target := target or config.publish.target):
        raise ConfigError("no target", help="sitegen publish TARGET, or set publish.target")
    host = flags["host"] or config.publish.host
    options = Options(Path.cwd() / _RECORDS, **{**flags, "host": host})
    whole = bool(config.versions) and site is None
    outcomes: list[Outcome] = []
    try:
        for outcome in (
            publish_versions(target, config, options)
            if whole
            else [run(target, site or config.output, options)]
        ):
            outcomes.append(outcome)
            if not as_json:
                _tell(outcome, dry_run=flags["dry_run"], quiet=quiet, named=whole)
    except KeyboardInterrupt:
        say("interrupted; publish again to complete what had begun")
        sys.exit(EXIT_INTERRUPTED)
    if as_json:
        plans = [_plan(outcome) for outcome in outcomes]
        answer_json({"format": 1, "sites": plans} if whole else plans[0])
    if not (quiet or flags["remove"] or config.base_url or config.publish.domain) and (
        note := without_address(outcomes[-1].place)
    ):
        say(note)


def _tell(outcome: Outcome, *, dry_run: bool, quiet: bool, named: bool) -> None:
    """Print what became of a site; of one of several it is said which."""
    site = f"{outcome.folder}: " if named else ""
    if dry_run:
        answer(f"{site}{outcome.plan}")
    if not quiet:
        say(f"{site}{_said(outcome, dry_run=dry_run)}")


def _said(outcome: Outcome, *, dry_run: bool) -> str:
    if outcome.plan.is_empty and outcome.plan.is_removal:
        return "nothing to remove: the target holds no site of sitegen"
    if outcome.plan.is_empty:
        return "nothing to send: the target holds this site"
    if dry_run:
        return "dry run: nothing was sent"
    return f"{outcome.plan.summary} -> {outcome.place}"


def without_address(place: str) -> str:
    """A word about a site that stands below a folder of its host and does not know it, or ""."""
    found = _PROJECT.search(place)
    if not found or found[2].lower() == f"{found[1].lower()}.github.io":
        return ""
    url = f"https://{found[1].lower()}.github.io/{found[2]}/"
    return (
        f"the site will be at {url} and does not know it: it has no sitemap and no canonical "
        f'addresses, and its page for what is not there needs a script.\nhelp: base_url = "{url}"'
    )


def _plan(outcome: Outcome) -> dict[str, Any]:
    plan = outcome.plan
    return {
        "format": 1,
        "place": outcome.place,
        "add": {path: plan.local[path].size for path in plan.added},
        "change": {path: plan.local[path].size for path in plan.changed},
        "delete": list(plan.deleted),
        "unchanged": plan.unchanged,
        "bytes": plan.bytes,
    }


@click.command()
@click.argument("url")
@click.option("--site", type=_FOLDER, help="A built site: the live one must be this build.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON on stdout.")
def verify(url: str, site: Path | None, *, as_json: bool) -> None:
    """Compare the live site at URL with what its build wrote, file by file.

    Exits with 5 when they differ.
    """
    from sitegen.publish.verify import verify as run  # noqa: PLC0415

    verdict = run(url, site)
    if as_json:
        answer_json(_verdict(verdict))
    else:
        for sign in ("missing", "refused", "changed"):
            for path in getattr(verdict, sign):
                answer(f"{sign}: {path}")
        if not verdict.is_whole:
            answer("the list of files is not that of build.json: a publish is not complete")
        if not verdict.is_ours:
            answer("the live site is another build than the local one")
    words = "as built" if verdict.is_good else "not as built"
    say(f"{verdict.checked:,} files fetched: the site is {words}")
    if not verdict.is_good:
        sys.exit(EXIT_PUBLISH)


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "format": 1,
        "good": verdict.is_good,
        "checked": verdict.checked,
        "missing": list(verdict.missing),
        "refused": list(verdict.refused),
        "changed": list(verdict.changed),
        "whole": verdict.is_whole,
        "same_build": verdict.is_ours,
    }


@click.command()
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print the difference as JSON on stdout.")
@click.option("--html", type=_FOLDER, help="Write the difference as one HTML page.")
@click.option(
    "--fail-over",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit with 3 when more of the chunks differ.",
)
def diff(old: str, new: str, *, as_json: bool, html: Path | None, fail_over: float | None) -> None:
    """Compare two datasets, OLD and NEW: pages and chunks, and what became of them."""
    from sitegen.config import Config  # noqa: PLC0415
    from sitegen.diff import compare, read_dataset  # noqa: PLC0415
    from sitegen.diff.report import as_html, as_object, as_text  # noqa: PLC0415
    from sitegen.read.remote.open import keep_in  # noqa: PLC0415
    from sitegen.record.whereabouts import Whereabouts  # noqa: PLC0415
    from sitegen.urls import is_remote  # noqa: PLC0415

    keep_in(Path.cwd() / _STATE)
    paths = [name if is_remote(name) else str(Path.cwd() / name) for name in (old, new)]
    with Whereabouts(Config(input=tuple(paths)), Path.cwd()).of_errors():
        difference = compare(*map(read_dataset, paths))
    if html is not None:
        write(html, as_html(difference))
    if as_json:
        answer_json(as_object(difference))
    else:
        answer(as_text(difference))
    say(difference.summary)
    if fail_over is not None and difference.percent > fail_over:
        sys.exit(EXIT_FINDINGS)
