#!/usr/bin/env python3
"""Compares every conversion of this crate with OpenCC itself, byte for byte.

    pip install opencc==1.4.2
    cargo build --release -p aidnews-text --example convert
    python3 crates/aidnews-text/tests/differential.py target/release/examples/convert TEXT...

TEXT are files or folders; what is in them is converted as it is and after OpenCC's own conversions to OpenCC's,
Taiwan's and Hong Kong's Traditional. Random strings of dictionary keys, neighbouring characters, description sequences
and compatibility ideographs are added. Without the package `opencc` the script says so and exits with 0.
"""

import pathlib
import random
import subprocess
import sys

try:
    import opencc
except ImportError:
    print("skipped: the package `opencc` is not installed")
    sys.exit(0)

TABLES = pathlib.Path(__file__).parent.parent / "lexicon" / "opencc"
CONVERSIONS = ["t2s", "tw2s", "hk2s", "tw2sp"]


def texts(paths):
    for path in map(pathlib.Path, paths):
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            yield file.read_bytes().decode("utf-8", "replace").replace("\0", "")


def fuzz(size, seed=20240531):
    """Random strings of everything the tables know, and of what stands next to it."""
    rng = random.Random(seed)
    keys = []
    for table in sorted(TABLES.glob("*.txt")):
        for line in table.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                key, _, values = line.partition("\t")
                keys += [key, *values.split(" ")]
    characters = sorted({c for key in keys for c in key})
    odd = [chr(c) for c in range(0x2FF0, 0x3000)] + ["\u31ef", "\n", " ", "a", "，", "\U0002f800", "\ufe00"]
    out, length = [], 0
    while length < size:
        kind = rng.random()
        if kind < 0.5:
            piece = rng.choice(keys)
        elif kind < 0.7:
            piece = rng.choice(keys)[: rng.randint(1, 3)]
        elif kind < 0.93:
            piece = rng.choice(characters)
        else:
            piece = rng.choice(odd)
        out.append(piece)
        length += len(piece.encode())
    return "".join(out)


def main():
    binary, *paths = sys.argv[1:]
    base = "\n".join(texts(paths))
    variants = {"as it is": base, "fuzz": fuzz(6_000_000)}
    for forward in ["s2t", "s2tw", "s2hk"]:
        variants[forward] = opencc.OpenCC(forward).convert(base)
    failures = 0
    for name, text in variants.items():
        data = text.encode("utf-8")
        for conversion in CONVERSIONS:
            wanted = opencc.OpenCC(conversion).convert(text)
            run = subprocess.run([binary, conversion], input=data, stdout=subprocess.PIPE, check=True)
            got = run.stdout.decode("utf-8")
            same = got == wanted
            print(f"{name:10} {len(data) / 1e6:6.1f} MB {conversion:6} {'equal' if same else 'DIFFERENT'}")
            if not same:
                failures += 1
                at = next((i for i, (a, b) in enumerate(zip(got, wanted)) if a != b), min(len(got), len(wanted)))
                print(f"  at character {at}: ours {got[at - 10:at + 20]!r}, OpenCC {wanted[at - 10:at + 20]!r}")
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
