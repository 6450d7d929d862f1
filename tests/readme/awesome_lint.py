"""Runs awesome-lint on a README. It is installed once, into var/, by the machine's npm."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

VERSION = "2.3.0"
HOME = Path(__file__).resolve().parents[2] / "var" / "awesome-lint"
MESSAGE = re.compile(r"^\s*([✖⚠])\s+(?:(\d+):\d+\s+)?(.*?)\s+(?:remark-lint:)?([\w:-]+)\s*$")
REMEDY = "Node 20 and npm, and a registry that npm can reach, to run awesome-lint"


@dataclass(frozen=True)
class Complaint:
    """One message; `line` is 0 where it concerns the whole file."""

    is_error: bool
    line: int
    message: str
    rule: str


@cache
def find_awesome_lint() -> Path | None:
    """The program, installed where it is missing; None on a machine that cannot."""
    program = HOME / "node_modules" / ".bin" / "awesome-lint"
    if program.exists():
        return program
    npm = shutil.which("npm")
    if npm is None or shutil.which("git") is None or node_version() < 20:
        return None
    HOME.mkdir(parents=True, exist_ok=True)
    (HOME / "package.json").write_text("{}", encoding="utf-8")
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(HOME), f"awesome-lint@{VERSION}"]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    return program if program.exists() else None


def node_version() -> int:
    """The major version of Node, 0 where there is none."""
    node = shutil.which("node")
    if node is None:
        return 0
    answer = subprocess.run([node, "--version"], check=False, capture_output=True, text=True, timeout=30).stdout
    match = re.match(r"v(\d+)", answer)
    return int(match[1]) if match else 0


def complaints(program: Path, readme: str, folder: Path) -> list[Complaint]:
    """What awesome-lint says of a README in a repository of its own in `folder`, beside a contributing.md."""
    (folder / "README.md").write_text(readme, encoding="utf-8", newline="")
    (folder / "contributing.md").write_text("# Contributing\n\nPlease do.\n", encoding="utf-8")
    for arguments in (
        ["init", "-q", "-b", "main"],
        ["remote", "add", "origin", "https://github.com/example/awesome-example.git"],
        ["config", "branch.main.remote", "origin"],
        ["add", "-A"],
        ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", "A list."],
    ):
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, timeout=60)
    result = subprocess.run([program], cwd=folder, check=False, capture_output=True, text=True, timeout=120)
    found = [match for line in result.stdout.splitlines() if (match := MESSAGE.match(line))]
    if result.returncode and not found:
        raise AssertionError(f"awesome-lint failed: {result.stdout}{result.stderr}")
    return [Complaint(match[1] == "✖", int(match[2] or 0), match[3], match[4]) for match in found]
