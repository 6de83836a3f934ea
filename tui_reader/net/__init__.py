"""HTTP with limits, deadlines and manners."""

import sys

# httpx's own command line brings rich and click along, a tenth of a second start; httpx does without where
# it is not there
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
