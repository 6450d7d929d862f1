"""git, as a program: the only way in which the house reads and writes repositories."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from django.utils.translation import gettext as _

GIT_SECONDS = 120


class BadRepository(ValueError):
    """A folder or bundle that cannot serve; the message says what to do."""


def git(arguments: list[str], cwd: Path, *, given: bytes = b"", environment: Mapping[str, str] | None = None) -> bytes:
    """Runs git without the hooks and the configuration of the repository's owner; returns what it prints.

    Raises BadRepository with git's last line where it fails.
    """
    settings = ["-c", "safe.directory=*", "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgsign=false"]
    try:
        done = subprocess.run(  # noqa: S603  # a fixed program, no shell
            ["git", *settings, *arguments],  # noqa: S607  # wherever the operator has it
            cwd=cwd,
            input=given,
            capture_output=True,
            check=True,
            timeout=GIT_SECONDS,
            env=os.environ | dict(environment or {}),
        )
    except FileNotFoundError:
        raise BadRepository(_("git is not installed. Install it to read a repository.")) from None
    except subprocess.TimeoutExpired:
        raise BadRepository(_("git took too long to read the repository.")) from None
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode("utf-8", "replace").strip().splitlines() or ["?"]
        raise BadRepository(_("git cannot read the repository: %s") % lines[-1]) from None
    return done.stdout
