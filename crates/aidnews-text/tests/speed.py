#!/usr/bin/env python3
"""Measures OpenCC (C++, through its Python package) on the texts that `examples/throughput.rs` measures.

    pip install opencc==1.4.2
    python3 crates/aidnews-text/tests/speed.py TEXT...

The same texts are converted one by one, repeated to 32 MB a run; the best of several runs counts, in CPU time. Run both
programs at the same time of day on the same core (`taskset -c 1`) and compare ratios.
"""

import pathlib
import sys
import time

try:
    import opencc
except ImportError:
    print("skipped: the package `opencc` is not installed")
    sys.exit(0)

SIZE = 32 << 20
RUNS = 3


def main():
    texts = []
    for path in map(pathlib.Path, sys.argv[1:]):
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        texts += [file.read_bytes().decode("utf-8", "replace") for file in files]
    size = sum(len(text.encode()) for text in texts)
    rounds = max(1, SIZE // size)
    print(f"{len(texts)} texts, {size} bytes, {rounds} times")
    for name in ["t2s", "tw2s", "hk2s", "tw2sp"]:
        converter = opencc.OpenCC(name)
        best = float("inf")
        for _ in range(RUNS):
            start = time.process_time()
            for _ in range(rounds):
                for text in texts:
                    converter.convert(text)
            best = min(best, time.process_time() - start)
        print(f"  convert {name:6} {size * rounds / best / 1e6:8.0f} MB/s")


if __name__ == "__main__":
    main()
