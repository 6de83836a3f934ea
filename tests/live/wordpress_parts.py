"""Where the parts of a WordPress are on this machine, and how to get those that are only unpacked.

    python tests/live/wordpress_parts.py

downloads Debian's packages of WordPress, its themes and its translations and unpacks them into a cache
folder. Nothing is installed, so that no web server and no system service comes along; root is not needed.
The programs (PHP, MariaDB) are installed ones: `.ci/apt-packages` lists them.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGES = (
    "wordpress",
    "wordpress-l10n",
    "wordpress-theme-twentytwentyone",
    "wordpress-theme-twentytwentythree",
)
PROGRAMS = ("php", "mariadbd", "mariadb-install-db", "my_print_defaults")
EXTENSIONS = ("mysqli", "mbstring", "dom", "gd")


def cache() -> Path:
    """Where the unpacked WordPress is kept from one run to the next."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "tui_reader-tests" / "wordpress"


def sources() -> tuple[Path, ...]:
    """Folders that may hold a WordPress, the most wanted first."""
    chosen = os.environ.get("TUI_READER_WORDPRESS")
    return (Path(chosen),) if chosen else (cache(), Path("/usr/share/wordpress"))


def find() -> Path | str:
    """The WordPress to copy, or what is missing, as a reason to skip."""
    missing = [name for name in PROGRAMS if program(name) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    loaded = subprocess.run(["php", "-m"], capture_output=True, text=True, check=False).stdout.lower().split()
    absent = [name for name in EXTENSIONS if name not in loaded]
    if absent:
        return f"PHP has no {', '.join(absent)}"
    for folder in sources():
        if (folder / "wp-load.php").is_file():
            return folder
    return "no WordPress here: `python tests/live/wordpress_parts.py` downloads one"


def program(name: str) -> str | None:
    """The path of a program, also of one that only administrators have on their path."""
    return shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")


def fetch() -> Path:
    """Downloads and unpacks the packages, unless that was done before."""
    target = cache()
    if (target / "wp-load.php").is_file():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        work = Path(folder)
        # apt gives up root for a download and must be able to write here
        work.chmod(0o755)
        subprocess.run(
            ["apt-get", "download", "-q", "-o", "APT::Sandbox::User=root", *PACKAGES], cwd=work, check=True
        )
        for package in sorted(work.glob("*.deb")):
            subprocess.run(["dpkg-deb", "-x", package, work / "all"], check=True)
        (work / "all/usr/share/wordpress").rename(target)
    return target


if __name__ == "__main__":
    sys.stdout.write(f"{fetch()}\n")
