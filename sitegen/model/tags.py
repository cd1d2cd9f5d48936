"""The one shape of the HTML of a body, on which all may rely who look for tags in it.

`<` stands nowhere but where a tag begins, neither in text nor in attributes, and each value is in
double quotes: what looks like a tag is one. The sanitiser sees to that.
"""

from __future__ import annotations

import re

START_TAG = re.compile(r'<([a-z][a-z0-9]*)((?: [a-z][a-z0-9-]*(?:="[^"<>]*")?)*)>')
"""A start tag, exactly: its name and its attributes."""

ATTRIBUTE = re.compile(r' ([a-z][a-z0-9-]*)="([^"<>]*)"')
"""An attribute that has a value, in a start tag: its name and the value, escaped."""
