#!/usr/bin/env python3
"""Writes the character tables of the WordPiece tokenizer.

The reference is the `tokenizers` package: every Unicode character goes through its BERT normalizer and
pre-tokenizer, and what comes out is written as ranges. The classes are those of several Unicode versions
(marks and punctuation of 8.0, lower case of the newest), so no single version of the Unicode data gives
them. Run it in an environment that has `tokenizers`, from the root of the repository.
"""

import unicodedata
from pathlib import Path

from tokenizers import normalizers, pre_tokenizers

from ctables import head, ranges, table

FOLDER = Path("Sources/CLibraries/CTransformerKernels")
HANGUL = range(0xAC00, 0xD7A4)


def normalizer(**flags):
    settings = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    return normalizers.BertNormalizer(**(settings | flags)).normalize_str


clean, strip = normalizer(clean_text=True), normalizer(strip_accents=True)
lower, ideographs = normalizer(lowercase=True), normalizer(handle_chinese_chars=True)
split = pre_tokenizers.BertPreTokenizer().pre_tokenize_str

classes = {name: [] for name in ("removed", "mark", "punctuation", "space", "ideograph", "reordered")}
decompositions, lowercase = {}, {}
for code in range(0x110000):
    if 0xD800 <= code < 0xE000:
        continue
    character = chr(code)
    if clean(character) == "":
        classes["removed"].append(code)
    if ideographs(character) != character:
        classes["ideograph"].append(code)
    pieces = len(split("a" + character + "b"))
    if pieces == 3:
        classes["punctuation"].append(code)
    elif pieces == 2:
        classes["space"].append(code)
    plain = strip(character)
    if plain == "":
        classes["mark"].append(code)
    elif plain != character and code not in HANGUL:
        decompositions[code] = plain
    if plain == character and unicodedata.combining(character):
        classes["reordered"].append(code)
    small = lower(character)
    if small != character and len(small) == 1:
        lowercase[code] = ord(small) - code


def shifts(mapping):
    found, left = [], dict(mapping)
    for code in sorted(mapping):
        if code not in left:
            continue
        delta = left[code]
        runs = {}
        for step in (1, 2):
            last = code
            while left.get(last + step) == delta:
                last += step
            runs[step] = last
        step = 1 if runs[1] - code >= (runs[2] - code) // 2 else 2
        for taken in range(code, runs[step] + 1, step):
            del left[taken]
        found.append("{0x%X, 0x%X, %d, %d}" % (code, runs[step], step, delta))
    return found


start = head("generate-wordpiece-tables.py")
parts = [table("fn_range", f"{name}_ranges", ranges(codes)) for name, codes in classes.items()]
parts.append(table("fn_shift", "lowercase_shifts", shifts(lowercase)))
(FOLDER / "wordpiece_tables.c").write_text(start + "\n".join(parts))
entries = [
    "{0x%X,{%s}}" % (code, ",".join("0x%X" % ord(c) for c in plain)) for code, plain in decompositions.items()
]
(FOLDER / "wordpiece_decompositions.c").write_text(start + table("fn_replacement", "decompositions", entries))
