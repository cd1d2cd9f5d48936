"""COMPONENTS by tag name: one function each, grouped by family in the modules of this package."""

from sitegen.components import api, callouts, media, tabs
from sitegen.components.registry import COMPONENTS, Component, Node, component

__all__ = ["COMPONENTS", "Component", "Node", "component"]

_FAMILIES = (api, callouts, media, tabs)  # importing a family enters its components
