"""COMPONENTS by tag name: one function each, grouped by family in the modules of this package."""

from sitegen.render.components import (
    api,
    arranged,
    callouts,
    code,
    course,
    frameworks,
    inference,
    labels,
    media,
    notebooks,
    tabs,
)
from sitegen.render.components.registry import COMPONENTS, Component, Node, component

__all__ = ["COMPONENTS", "Component", "Node", "component"]

# Importing a family enters its components.
_FAMILIES = (
    *(api, arranged, callouts, code, course, frameworks),
    *(inference, labels, media, notebooks, tabs),
)
