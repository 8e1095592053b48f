"""``python -m bearwitness``: the same as the command ``bearwitness``."""

from bearwitness.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
