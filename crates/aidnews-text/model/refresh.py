#!/usr/bin/env python3
"""Writes news.txt: titles and paragraphs of the corpus articles that are plain Simplified text.

Run in this folder; needs Python's standard library only.
"""
import json
import pathlib

HERE = pathlib.Path(__file__).parent
GOLD = HERE / "../../../corpus/articles/gold.jsonl"


def main():
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    lines = []
    for row in rows:
        if row["variant"] == "as-is":
            lines += filter(None, [row["title"], *row["paragraphs"]])
    lines = [line.replace("\n", " ").strip() for line in lines]
    (HERE / "news.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
