"""``python -m tests.bench [NAME…]``: the benchmarks, tables of ratios measured side by side in one run."""

import importlib
import sys

NAMES = ("start", "keys", "threads", "memory", "library", "refresh", "busy")

if __name__ == "__main__":
    names = sys.argv[1:] or NAMES
    # each reads arguments of its own, and these are none of them
    del sys.argv[1:]
    for name in names:
        if name not in NAMES:
            sys.exit(f"there is no benchmark {name}; there are {', '.join(NAMES)}")
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"tests.bench.{name}").main()
