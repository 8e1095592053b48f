"""What a process may no longer do once it has set its own bounds, as far as the system offers them.

Each bound is asked of the system without any right of an administrator. Those it refuses are not counted as held.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from typing import Final, Literal

Bound = Literal["memory", "processor", "no_writing", "no_core", "few_files", "no_network", "no_changes", "no_programs"]

_NEW_USER: Final = 0x10000000
_NEW_NETWORK: Final = 0x40000000
_NO_NEW_RIGHTS: Final = 38
# Landlock (Linux 5.13 and later): the same numbers on every kind of processor.
_CREATE_RULESET: Final = 444
_RESTRICT_SELF: Final = 446
_ASK_VERSION: Final = 1
_EXECUTE: Final = 1 << 0
_CHANGES: Final = 1 << 1 | sum(1 << at for at in range(4, 13))
# From which version of Landlock on: moves, cutting files short, orders to devices.
_LATER_CHANGES: Final = {2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
_NET_FROM: Final = 4
_ALL_TCP: Final = 0b11
_SCOPE_FROM: Final = 6
_ALL_SCOPES: Final = 0b11
_MOST_FILES: Final = 128


def set_bounds(*, memory_bytes: int, cpu_seconds: int) -> frozenset[Bound]:
    """Bind this process; what is set cannot be taken back by it.

    Parameters
    ----------
    memory_bytes : int
        The most memory it may ask for, in bytes.
    cpu_seconds : int
        The most seconds of a processor it may use.

    Returns
    -------
    frozenset of Bound
        Those that hold. Nothing is raised where the system has none of them: Windows has no such limits.
    """
    held = _limit(memory_bytes, cpu_seconds)
    if sys.platform.startswith("linux"):
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_NEW_USER | _NEW_NETWORK) == 0:
            held.add("no_network")
        if _restrict(libc):
            held |= {"no_changes", "no_programs"}
    return frozenset(held)


def _limit(memory_bytes: int, cpu_seconds: int) -> set[Bound]:
    held: set[Bound] = set()
    try:
        import resource
    except ImportError:
        return held
    limits: tuple[tuple[Bound, int, int], ...] = (
        ("memory", resource.RLIMIT_AS, memory_bytes),
        ("processor", resource.RLIMIT_CPU, cpu_seconds),
        ("no_writing", resource.RLIMIT_FSIZE, 0),
        ("no_core", resource.RLIMIT_CORE, 0),
        ("few_files", resource.RLIMIT_NOFILE, _MOST_FILES),
    )
    for name, which, most in limits:
        with contextlib.suppress(OSError, ValueError):
            hard = resource.getrlimit(which)[1]
            bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(which, (bound, bound))
            held.add(name)
    return held


def _restrict(libc: ctypes.CDLL) -> bool:
    """Make, change, remove or run no file; connect to no network and no other process."""
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION))
    if version < 1:
        return False
    files = _EXECUTE | _CHANGES | sum(bit for since, bit in _LATER_CHANGES.items() if version >= since)
    asked = [files]
    if version >= _NET_FROM:
        asked.append(_ALL_TCP)
    if version >= _SCOPE_FROM:
        asked.append(_ALL_SCOPES)
    rules = (ctypes.c_uint64 * len(asked))(*asked)
    handle = libc.syscall(_CREATE_RULESET, rules, ctypes.c_size_t(ctypes.sizeof(rules)), ctypes.c_uint32(0))
    if handle < 0 or libc.prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.syscall(_RESTRICT_SELF, handle, ctypes.c_uint32(0)) == 0)
