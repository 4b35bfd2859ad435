"""Compile the forms by which places are found in texts, from the tables that ``hromadkit.places`` ships.

    PYTHONPATH=src python scripts/compile_gazetteer.py

Run it after ``compile_places.py``. Two runs write the same bytes. A line holds a role, the codes that bear the name,
the paradigms of its words, and its keys in Latin letters.
"""

import gzip
import hashlib
import io
import json
from collections import defaultdict
from pathlib import Path

from hromadkit.places import Kind, Unit, former_names, search_key, transliterate, unit, units
from hromadkit.places._declension import Paradigm, decline, decline_adjective
from hromadkit.places._latin import latin_key

TABLE = "gazetteer.tsv.gz"
DATA = Path(__file__).parent.parent / "src" / "hromadkit" / "places" / "data"
ROLE = {
    Kind.OBLAST: "o", Kind.RAION: "r", Kind.HROMADA: "h",
    Kind.SPECIAL_CITY: "s", Kind.CITY: "s", Kind.SETTLEMENT: "s", Kind.VILLAGE: "s",
}  # fmt: skip

# Regions as people call them; codes by the first two digits.
REGIONS = {
    "вінниччина": "05", "волинь": "07", "дніпропетровщина": "12", "січеславщина": "12", "донеччина": "14",
    "житомирщина": "18", "закарпаття": "21", "запоріжчина": "23",
    "івано-франківщина": "26", "прикарпаття": "26", "франківщина": "26", "київщина": "32", "кіровоградщина": "35",
    "луганщина": "44", "львівщина": "46", "миколаївщина": "48", "одещина": "51", "полтавщина": "53",
    "рівненщина": "56", "сумщина": "59", "тернопільщина": "61", "харківщина": "63", "херсонщина": "65",
    "хмельниччина": "68", "черкащина": "71", "буковина": "73", "чернівеччина": "73", "чернігівщина": "74",
    "крим": "01",
}  # fmt: skip

# Cities that are a community and a region in one.
ADJECTIVES = {"Київ": "київська", "Севастополь": "севастопольська"}


def words_of(name: str, role: str) -> list[Paradigm]:
    words = name.split()
    if role in "hro":
        # The last word tells what it is (Степанівська Перша has two adjectives).
        return [decline_adjective(word) for word in words]
    return [decline(word) for word in words]


def entry(each: Unit, centres: set[str | None], former: str = "") -> str:
    """Write code, marks and population; the marks: kind of council or settlement, `!` a centre, `f` a former name."""
    population = each.population or 0
    if each.kind is Kind.HROMADA and each.centre:
        population = unit(each.centre).population or 0
    kind = "c" if each.kind is Kind.SPECIAL_CITY else (each.council or each.kind)[0]
    centre = "!" if each.code in centres or each.kind is Kind.SPECIAL_CITY else ""
    return f"{each.code}:{kind}{centre}{former}:{population}"


def rows() -> dict[tuple[str, str], set[str]]:
    """Names by role with the codes that bear them."""
    centres = {u.centre for u in units() if u.kind is Kind.HROMADA}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in units():
        role = ROLE.get(each.kind)
        if role is None or each.name == "Автономна Республіка Крим":
            continue
        found[role, search_key(each.name)].add(entry(each, centres))
        if each.kind is Kind.SPECIAL_CITY:
            found["h", ADJECTIVES[each.name]].add(f"{each.code}:u!:{each.population or 0}")
    for former in former_names():
        each = unit(former.code)
        role = ROLE[each.kind]
        key = search_key(former.name)
        if not any(code.startswith(each.code) for code in found.get((role, key), ())):
            found[role, key].add(entry(each, centres, former="f"))
    by_digits = {each.code[2:4]: each.code for each in units() if each.kind is Kind.OBLAST}
    for name, digits in REGIONS.items():
        found["n", name].add(f"{by_digits[digits]}:o:0")
    return found


def latin(name: str, role: str, codes: set[str]) -> set[str]:
    keys = {latin_key(transliterate(name))}
    if role in "ro":
        # "Dnipro Raion", "Vinnytsia Oblast": the short English name.
        keys |= {latin_key(unit(code[:19]).name_en) for code in codes if "f:" not in code}
    return {key.replace(" ", "_") for key in keys}


def main() -> None:
    classes: dict[tuple[str, ...], int] = {}
    lines = []
    for (role, name), codes in sorted(rows().items()):
        words = [
            ",".join(f"{stem}/{classes.setdefault(tuple(endings), len(classes))}" for stem, endings in paradigm)
            for paradigm in words_of(name, role)
        ]
        lines.append(
            f"{role}\t{' '.join(sorted(codes))}\t{'|'.join(words)}\t{' '.join(sorted(latin(name, role, codes)))}"
        )
    head = [";".join(" ".join(ending or "-" for ending in endings) for endings in classes)]
    text = "\n".join(head + lines) + "\n"
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, compresslevel=9) as packed:
        packed.write(text.encode())
    (DATA / TABLE).write_bytes(buffer.getvalue())
    _tell(rows=len(lines), content=buffer.getvalue())
    print(len(lines), "names,", len(classes), "classes,", len(text), "characters,", len(buffer.getvalue()), "bytes")


def _tell(*, rows: int, content: bytes) -> None:
    """Write the table's line of the manifest; the other lines stay."""
    path = DATA / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    line = {
        "file": TABLE, "rows": rows, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(),
        "compiled_from": ["units.tsv.gz", "former_names.tsv.gz"],
    }  # fmt: skip
    manifest["tables"] = [table for table in manifest["tables"] if table["file"] != TABLE] + [line]
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
