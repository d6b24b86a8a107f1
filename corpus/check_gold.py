#!/usr/bin/env python3
"""Check the gold records of the article corpus against the raw pages.

    python3 corpus/check_gold.py [ARTICLES_DIR]

Reads ARTICLES_DIR/gold.jsonl and ARTICLES_DIR/raw/ (default: the folder
`articles` beside this script), prints one line a fault and ends with status 1
when there is any. Only the standard library is used.

Checked: fields and their types, closed word lists, ISO dates, order and
uniqueness of ids, that each raw file has its record, that every paragraph
stands in the raw page, that every quoted `text` stands in the title or the
body, that pairs name listed organisations (and a required pair required ones),
and that a count's number can be read from its quotation.

Gold is in Simplified characters. On a Traditional page a paragraph is looked
for up to script: only Han characters outside GB 2312 and a few shared forms may
differ. Scrambled pages cannot be compared this way and are left out.
"""

import html
import json
import re
import sys
from pathlib import Path

FIELDS = [
    "id", "file", "variant", "relevant", "title", "published", "outlet",
    "authors", "editors", "paragraphs", "supporters", "recipients", "pairs",
    "programmes", "dates", "specialties", "counts", "notes",
]
VARIANTS = {"as-is", "traditional", "scrambled"}
KINDS = {
    "hospital", "primary_care", "public_health", "authority", "team",
    "university", "company", "charity", "place", "other",
}
PROGRAMMES = {
    "对口支援", "对口帮扶", "东西部协作", "组团式帮扶", "援藏", "援疆", "援青", "援外",
    "医联体", "医共体", "专科联盟", "托管", "柔性援助", "健康扶贫", "乡村振兴帮扶",
    "抗疫支援", "救灾支援", "义诊", "捐赠", "定点帮扶", "城乡对口支援", "巡回医疗",
}
ROLES = {"event", "since", "period", "plan", "other"}
MEASURES = {
    "experts", "trainees", "sessions", "patients", "surgeries",
    "consultations", "techniques", "units", "institutions", "funds", "goods",
    "research", "change", "duration", "other",
}
APPROX = {None, "about", "over", "under", "at_least"}
DAY = r"(?:\d{4}(?:-\d{2}(?:-\d{2})?)?|--\d{2}(?:-\d{2})?)"
DATE = re.compile(rf"{DAY}(?:/(?:{DAY}|\.\.))?")
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
TAG = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.S | re.I)
SPACE = re.compile(r"\s+")

# The characters of GB 2312 that OpenCC's t2s, tw2s and hk2s change all the same.
SHARED_FORMS = set("么乾吒夥後徵拚捱摺於榘菸著薹袷醣麴麽")

# Words that are resolved to a name, never listed as one.
RESOLVED = {"我院", "该院", "本院", "贵院", "两院", "双方医院", "双方", "我校", "我县", "我旗", "我市"}

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
DIGITS.update({"〇": 0, "两": 2, "俩": 2, "廿": 20, "卅": 30})
SCALES = {"十": 10, "百": 100, "千": 1000}


def squeeze(text):
    """The text without any white space."""
    return SPACE.sub("", text)


def page_text(path):
    """What a reader sees of a raw page, without white space."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = html.unescape(TAG.sub("", text))
    return squeeze(text)


def may_become(theirs, ours):
    """Whether a character of a page may stand as another one in the gold.

    GB 2312 holds the Simplified characters and next to no Traditional ones, so
    a character outside it is one that conversion changes.
    """
    if theirs in SHARED_FORMS:
        return HAN.match(ours)
    return HAN.match(theirs) and HAN.match(ours) and not in_gb2312(theirs) and in_gb2312(ours)


def in_gb2312(character):
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def same_up_to_script(page, paragraph):
    """Whether the paragraph stands in the page in Traditional characters."""
    # Punctuation, digits and letters stay; they make the search fast.
    pattern = re.compile("".join("." if HAN.match(c) else re.escape(c) for c in paragraph))
    start = 0
    while hit := pattern.search(page, start):
        if all(a == b or may_become(a, b) for a, b in zip(hit.group(), paragraph)):
            return True
        start = hit.start() + 1
    return False


def chinese_number(text):
    """Value of a numeral in Chinese characters below ten thousand, or None."""
    if all(c in DIGITS and DIGITS[c] < 10 for c in text) and len(text) > 1:
        return int("".join(str(DIGITS[c]) for c in text))
    total = digit = 0
    for c in text:
        if c in DIGITS:
            digit = digit * 10 + DIGITS[c] if digit >= 20 else digit + DIGITS[c]
        elif c in SCALES:
            total += (digit or 1) * SCALES[c]
            digit = 0
        else:
            return None
    return total + digit


def readable_numbers(text):
    """All plain values that can be read from a quotation."""
    values = set()
    unit = {"": 1, "万": 10_000, "亿": 100_000_000, "百万": 1_000_000, "千万": 10_000_000}
    for digits, scale in re.findall(r"(\d[\d,，]*(?:\.\d+)?)[多余]?(百万|千万|万|亿)?", text):
        number = float(digits.replace(",", "").replace("，", ""))
        values |= {number, round(number * unit[scale], 2)}
    for numeral, scale in re.findall(r"([零〇一二三四五六七八九两俩十廿卅百千]+)[多余]?(万|亿)?", text):
        number = chinese_number(numeral)
        if number is not None:
            values |= {number, number * unit[scale]}
        for pair in re.findall(r"[一二三四五六七八九]{2}", numeral):
            # 三四十: both ends of a spoken range.
            rest = numeral.replace(pair, "", 1)
            for digit in pair:
                value = chinese_number(digit + rest) or 0
                values |= {value, value * unit[scale]}
    for tenths in re.findall(r"([\d一二三四五六七八九])成", text):
        values.add(10 * (int(tenths) if tenths.isdigit() else DIGITS[tenths]))
    for times in list(values):
        values |= {times * 100}  # 增长1.2倍 is 120 %
    if re.search("首[个例次台批]", text):
        values.add(1)
    if "一半" in text:
        values.add(50)
    if "半" in text:
        values |= {0.5} | {v + 0.5 for v in values}
    if re.search(r"翻了?一番|一倍", text):
        values.add(100)
    for word, value in (("十", 10), ("百", 100), ("千", 1000), ("万", 10_000), ("亿", 100_000_000)):
        if re.search(rf"[上数几近逾过]{word}|{word}余|{word}多", text):
            values.add(value)
    for many, one in re.findall(r"[上数几近逾过]([百千])([万亿])", text):
        values.add(SCALES[many] * unit[one])
    return values


def check_organisations(row, say):
    names = {}
    for side in ("supporters", "recipients"):
        names[side] = set()
        for item in row[side]:
            if set(item) != {"name", "alt", "kind", "optional"}:
                say(f"{side}: fields of {item.get('name')} are {sorted(item)}")
                continue
            if item["kind"] not in KINDS:
                say(f"{side}: unknown kind {item['kind']} of {item['name']}")
            forms = [item["name"], *item["alt"]]
            if len(set(forms)) != len(forms):
                say(f"{side}: a form of {item['name']} is listed twice")
            if RESOLVED & set(forms):
                say(f"{side}: {sorted(RESOLVED & set(forms))} is no form of {item['name']}")
            if names[side] & set(forms):
                say(f"{side}: {sorted(names[side] & set(forms))} belong to two entries")
            names[side] |= set(forms)
    listed = {side: {i["name"] for i in row[side]} for side in names}
    doubtful = {side: {i["name"] for i in row[side] if i["optional"]} for side in names}
    seen = set()
    for pair in row["pairs"]:
        supporter, recipient = pair[:2]
        if supporter not in listed["supporters"]:
            say(f"pair: {supporter} is no supporter's name")
        if recipient not in listed["recipients"]:
            say(f"pair: {recipient} is no recipient's name")
        if len(pair) > 3 or (len(pair) == 3 and pair[2] != {"optional": True}):
            say(f"pair: malformed {pair}")
        if len(pair) == 2 and (
            supporter in doubtful["supporters"] or recipient in doubtful["recipients"]
        ):
            say(f"pair: {supporter} > {recipient} is required, but a party is optional")
        if (supporter, recipient) in seen:
            say(f"pair: {supporter} > {recipient} is listed twice")
        seen.add((supporter, recipient))


def check_programmes_and_specialties(row, say):
    for item in row["programmes"]:
        name = item["name"] if isinstance(item, dict) else item
        if name not in PROGRAMMES:
            say(f"programme: {name} is not in the list")
    names = [i["name"] for i in row["specialties"]]
    if len(set(names)) != len(names):
        say("specialties: a name is listed twice")
    for item in row["specialties"]:
        if not {"name", "optional"} <= set(item) <= {"name", "optional", "alt"}:
            say(f"specialty: fields of {item.get('name')} are {sorted(item)}")


def check_dates(row, body, say):
    for item in row["dates"]:
        if not {"value", "role", "text"} <= set(item) <= {"value", "role", "text", "optional"}:
            say(f"date: fields are {sorted(item)}")
            continue
        if not DATE.fullmatch(item["value"]):
            say(f"date: {item['value']} is not ISO 8601")
        if item["role"] not in ROLES:
            say(f"date: unknown role {item['role']}")
        if squeeze(item["text"]) not in body:
            say(f"date: “{item['text']}” is not in the article")


def check_counts(row, body, say):
    for item in row["counts"]:
        required = {"unit", "measure", "approx", "text", "optional"}
        if not required <= set(item) <= required | {"value", "min", "max"}:
            say(f"count: fields are {sorted(item)}")
            continue
        if item["measure"] not in MEASURES:
            say(f"count: unknown measure {item['measure']}")
        if item["approx"] not in APPROX:
            say(f"count: unknown approx {item['approx']}")
        if squeeze(item["text"]) not in body:
            say(f"count: “{item['text']}” is not in the article")
        bounds = [item.get(k) for k in ("value", "min", "max")]
        if bounds[0] is None and bounds[1] is None or bounds[0] is not None and any(
            b is not None for b in bounds[1:]
        ):
            say(f"count: “{item['text']}” needs either value or min")
        readable = readable_numbers(item["text"])
        for bound in bounds:
            if bound is not None and not any(abs(bound - r) < 1e-6 for r in readable):
                say(f"count: {bound} cannot be read from “{item['text']}”")


def check_row(row, raw_dir, say):
    if list(row) != FIELDS:
        say(f"fields are {list(row)}")
        return
    if row["variant"] not in VARIANTS:
        say(f"unknown variant {row['variant']}")
    if row["published"] is not None and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["published"]):
        say(f"published {row['published']} is no day")
    path = raw_dir / row["file"]
    if not path.is_file():
        say(f"{path} is missing")
        return
    body = squeeze("\n".join([row["title"], *row["paragraphs"]]))
    page = page_text(path)
    if row["variant"] != "scrambled":
        for number, paragraph in enumerate(row["paragraphs"], 1):
            wanted = squeeze(paragraph)
            if wanted not in page and not same_up_to_script(page, wanted):
                say(f"paragraph {number} is not in the page: {paragraph[:20]}…")
    facts = ("supporters", "recipients", "pairs", "programmes", "dates", "specialties", "counts")
    if not row["relevant"] and any(row[f] for f in facts):
        say("an irrelevant article has no facts")
    if row["relevant"] and not (row["supporters"] and row["recipients"]):
        say("a relevant article has supporters and recipients")
    check_organisations(row, say)
    check_programmes_and_specialties(row, say)
    check_dates(row, body, say)
    check_counts(row, body, say)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "articles"
    faults = []
    ids, files = [], set()
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            faults.append(f"line {number}: no JSON ({error})")
            continue
        name = row.get("id", f"line {number}")
        ids.append(name)
        files.add(row.get("file"))
        check_row(row, folder / "raw", lambda text, name=name: faults.append(f"{name}: {text}"))
    if ids != sorted(set(ids)):
        faults.append("gold.jsonl: ids are not sorted and unique")
    for path in sorted((folder / "raw").iterdir()):
        if path.name not in files:
            faults.append(f"{path.name}: no gold record")
    for fault in faults:
        print(fault)
    print(f"{len(lines)} records, {len(faults)} faults", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
