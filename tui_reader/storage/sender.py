"""Who is sending a reply: a process, told apart from all others, that may live or be gone."""

import os
from contextlib import suppress
from pathlib import Path


def this_process() -> str:
    """A name for this process that no other on this machine has or gets."""
    pid = os.getpid()
    return f"{pid}/{_started(pid)}@{os.uname().nodename}"


def may_be_running(sender: str) -> bool:
    """Whether the process may still be there: surely not, only when it is one of this machine and gone."""
    process, _, machine = sender.partition("@")
    pid, _, started = process.partition("/")
    if machine != os.uname().nodename or not pid.isdecimal():
        return True
    try:
        # another user's is there as well: its start tells whether it is the same
        with suppress(PermissionError):
            os.kill(int(pid), 0)
    except (ProcessLookupError, OverflowError):
        return False
    return started == _started(int(pid))


def _started(pid: int) -> str:
    """When the process began, in the kernel's ticks; empty where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # the name, in brackets, may itself hold blanks and brackets (proc(5))
    fields = status.rpartition(")")[2].split()
    return fields[19] if len(fields) > 19 else ""
