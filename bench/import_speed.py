"""A list of 3,000 items in and out through the commands: seconds and memory of each process.

Uses the largest real list where one lies beside the project, else one that is made up.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "data" / "lists" / "rust-unofficial__awesome-rust.md"

MEASURED = """
import resource, sys
from django.core.management import execute_from_command_line
sys.argv[0] = "manage.py"
try:
    execute_from_command_line(sys.argv)
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)
"""


def made_up(items: int = 3_000) -> str:
    """A list of `items` items in sections of 50."""
    lines = ["# Awesome Numbers", "", "Numbers that somebody chose.", ""]
    for number in range(items):
        if number % 50 == 0:
            lines += ["", f"## Section {number // 50}", ""]
        lines.append(
            f"- [Item {number}](https://example.org/item/{number}) - Says *what* number {number} is `good` for."
        )
    return "\n".join(lines) + "\n"


def timed(name: str, environment: dict[str, str], *arguments: str) -> None:
    """Runs one command and prints its seconds and its largest memory."""
    start = time.perf_counter()
    command = [sys.executable, "-c", MEASURED, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    print(f"{name:24} {seconds:6.2f} s  {done.stderr.split()[-1]:>4} MB")


def main() -> None:
    """Prints one line per command."""
    with tempfile.TemporaryDirectory() as folder:
        source = REAL if REAL.exists() else Path(folder) / "README.md"
        if not REAL.exists():
            source.write_text(made_up())
        environment = os.environ | {"RAYHUB_DATA": folder, "DJANGO_SETTINGS_MODULE": "rayhub.settings"}
        environment.pop("DATABASE_URL", None)
        timed("an empty command", environment, "check")
        timed("migrate", environment, "migrate", "--verbosity", "0")
        timed("import", environment, "import_readme", str(source))
        timed("import again", environment, "import_readme", str(source))
        timed("export classic", environment, "export_readme", "--output", str(Path(folder) / "classic.md"))
        timed("export faithful", environment, "export_readme", "--style", "faithful", "--output", f"{folder}/same.md")
        print("faithful is identical:", (Path(folder) / "same.md").read_bytes() == source.read_bytes())


if __name__ == "__main__":
    main()
