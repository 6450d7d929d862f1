"""What a new guide can begin with: the parts that readers look for in a text of its kind."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class PageTemplate(NamedTuple):
    """A beginning: what it is called, what it is for, and its text."""

    name: Any
    purpose: Any
    text: Any


PAGE_TEMPLATES: Mapping[str, PageTemplate] = {
    "how-to": PageTemplate(
        _("How-to"),
        _("One task, step by step."),
        _(
            "What you have at the end, and about how long it takes.\n\n"
            "## What you need\n\n- Ray 2.x\n- \n\n"
            "## Steps\n\n1. \n2. \n3. \n\n"
            "## How to see that it works\n\n```console\n$ \n```\n\n"
            "## What can go wrong\n\n| What you see | What it means | What to do |\n|---|---|---|\n|  |  |  |\n\n"
            "## Where to go next\n\n- \n"
        ),
    ),
    "concept": PageTemplate(
        _("Concept"),
        _("What something is, and how to think of it."),
        _(
            "What it is, in two sentences.\n\n"
            "## Why it is there\n\n\n\n"
            "## How it works\n\n\n\n"
            "## A small example\n\n```python\n\n```\n\n"
            "## Limits and common mistakes\n\n- \n\n"
            "## Read on\n\n- \n\n{{resources tag=a-tag limit=5}}\n"
        ),
    ),
    "migration": PageTemplate(
        _("Migration"),
        _("From one thing to another, and back."),
        _(
            "Who should move, and who should not.\n\n"
            "## What changes\n\n| Before | After |\n|---|---|\n|  |  |\n\n"
            "## Before you begin\n\n- \n\n"
            "## Step by step\n\n1. \n2. \n\n"
            "## The way back\n\n\n\n"
            "## What it costs\n\n\n\n"
            "## Where to go next\n\n- \n"
        ),
    ),
    "troubleshooting": PageTemplate(
        _("Troubleshooting"),
        _("What one sees when it breaks, and what helps."),
        _(
            "For whom this is, and with which versions it was seen.\n\n"
            "## What you see\n\n```text\n\n```\n\n"
            "## What causes it\n\n\n\n"
            "## What helps\n\n1. \n2. \n\n"
            "## How to prevent it\n\n- \n\n"
            "## If it does not help\n\nWhat to collect before you ask: \n"
        ),
    ),
}
"""The word in an address (?template=how-to) → the beginning."""
