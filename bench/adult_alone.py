"""One search of the Adult extract in a process of its own: read the file, search, say the loss and the megabytes."""

from __future__ import annotations

import resource
import sys

from adult_extract import adult

from bearwitness.disclosure.microdata_models import KAnonymity
from bearwitness.disclosure.microdata_search import optimal_generalisation

if __name__ == "__main__":
    found = optimal_generalisation(adult(), [KAnonymity(k=5)], suppression=float(sys.argv[1]))
    if found is None:
        raise SystemExit("no generalisation found")
    print(found.loss, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
