"""Result: what the stages of a build found -> what it says of itself."""

from __future__ import annotations

from sitegen.errors import as_record
from sitegen.feeds.report import restored_counts
from sitegen.pipeline.finish import Found
from sitegen.plan.planned import Plan
from sitegen.record.result import FILES, Result
from sitegen.write.output import Written


def result_of(plan: Plan, found: Found, written: Written) -> Result:
    """All that a build has to say, for the command line and for machines."""
    links, diagnostics = found
    pages = plan.site.pages
    by_page = {p.document.id: restored_counts([p]) for p in pages if p.document.restored}
    return Result(
        {
            "format": 1,
            "pages": len(pages),
            "chunks": plan.chunks,
            "links": {"checked": links.checked, "missing": links.missing},
            "restored": restored_counts(pages),
            "restored_by_page": by_page,
            "files": {what: getattr(written, what) for what in (*FILES, "bytes")},
            "diagnostics": [as_record(found) for found in diagnostics],
        }
    )
