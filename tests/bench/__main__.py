"""``python -m tests.bench [NAME…]``: the benchmarks, tables of ratios measured side by side in one run."""

import importlib
import sys

NAMES = ("start", "keys", "threads", "memory", "library", "refresh")

if __name__ == "__main__":
    for name in sys.argv[1:] or NAMES:
        if name not in NAMES:
            sys.exit(f"there is no benchmark {name}; there are {', '.join(NAMES)}")
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"tests.bench.{name}").main()
