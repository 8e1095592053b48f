"""Who could be found from a text together with everything already public, and the least that must change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bearwitness.services.assess import assess as assess
    from bearwitness.services.rewrite import rewrite as rewrite

__version__ = "0.1.0"
__all__ = ["__version__", "assess", "rewrite"]


def __getattr__(name: str) -> Any:
    # Loaded on first use, so that ``import bearwitness`` and ``--version`` stay quick.
    if name in ("assess", "rewrite"):
        from importlib import import_module

        return getattr(import_module(f"bearwitness.services.{name}"), name)
    raise AttributeError(f"module 'bearwitness' has no attribute {name!r}")
