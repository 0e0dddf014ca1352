"""Makes the machine ready for the tests: a Chromium and a Chinese font, through the system's package manager where it may, and the solver.

Run by `make test`. Where nothing may be installed it says exactly what to install and ends with status 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The Chromium without a window of its own draws the same with a third less work, but not every system has a package of it.
PACKAGES = ("chromium-headless-shell", "chromium")


def browser() -> str | None:
    """The Chromium to test with: what CEXUN_CHROMIUM names, else the first that is installed."""
    named = os.environ.get("CEXUN_CHROMIUM")
    return named or next((found for name in BROWSERS if (found := shutil.which(name))), None)


def has_chinese_font() -> bool:
    """Whether this machine can draw Chinese."""
    if sys.platform in ("darwin", "win32"):
        return True
    listed = shutil.which("fc-list")
    return listed is not None and bool(subprocess.run([listed, ":lang=zh"], capture_output=True, text=True, check=False).stdout.strip())


def missing(package: str = "chromium") -> list[str]:
    """The Debian packages that are missing, `package` for the browser."""
    return ([] if browser() else [package]) + ([] if has_chinese_font() else ["fontconfig", "fonts-noto-cjk"])


def compile_the_solver() -> None:
    """Once, before several test processes would do the same."""
    subprocess.run([sys.executable, "-c", "from core.schedule.solving import warm_up; warm_up()"], check=False)


def _apt(*arguments: str) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", *arguments], env=quiet, check=False, stdout=subprocess.DEVNULL)


def main() -> int:
    """Install what is missing, or say what is."""
    compile_the_solver()
    wanted = missing()
    if not wanted:
        return 0
    may_install = shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0
    if may_install:
        print(f"Installing {' '.join(wanted)} ...", flush=True)
        _apt("update", "-qq")
        for package in PACKAGES:
            if wanted := missing(package):
                _apt("install", "-y", "-qq", "--no-install-recommends", *wanted)
        wanted = missing()
    if wanted:
        print("The tests need a Chromium and a Chinese font. Please install:", file=sys.stderr)
        print(f"  Debian/Ubuntu: sudo apt-get install {' '.join(wanted)}", file=sys.stderr)
        print("  Elsewhere: Chrome or Chromium (name it in CEXUN_CHROMIUM if it is not on the PATH) and Noto Sans CJK.", file=sys.stderr)
    return 1 if wanted else 0


if __name__ == "__main__":
    sys.exit(main())
