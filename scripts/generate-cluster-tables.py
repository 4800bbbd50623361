#!/usr/bin/env python3
"""Writes the character tables by which the Unigram tokenizer finds grapheme clusters.

The reference is the `tokenizers` package, whose normalizer by a character map replaces a cluster of less than six bytes
as a whole by what its beginning maps to. Every Unicode character is put into clusters with characters that are mapped,
and what is left of these says whether it belongs to them. Run it in an environment that has `tokenizers`,
`sentencepiece` and `protobuf`, from the root of the repository.
"""

import tempfile
from pathlib import Path

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import normalizers

from ctables import head, ranges, table

TARGET = Path("Sources/CLibraries/CTransformerKernels/cluster_tables.c")
ACUTE, CIRCUMFLEX = "\u0301", "\u0302"


def character_map(rules):
    """A character map in SentencePiece's format, by its own builder."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.write("".join(f"{ord(a):X}\t{ord(b):X}\n" for a, b in rules.items()))
        file.flush()
        made = sentencepiece.SentencePieceNormalizer(rule_tsv=file.name)
        model = sentencepiece_model_pb2.ModelProto.FromString(made.serialized_model_proto())
    return model.normalizer_spec.precompiled_charsmap


normalize = normalizers.Precompiled(character_map({"a": "X", CIRCUMFLEX: "Z"})).normalize_str

classes = {"extending": [], "prepended": [], "control": []}
for code in range(0x110000):
    if 0xD800 <= code < 0xE000 or chr(code) in "a" + CIRCUMFLEX:
        continue
    character = chr(code)
    # It goes with what stands before it.
    if normalize("a" + character) == "X":
        classes["extending"].append(code)
    # What stands after goes with it, so that no cluster begins there.
    if normalize(character + "a" + ACUTE).endswith(ACUTE):
        classes["prepended"].append(code)
    # Not even marks go with it.
    if normalize(character + CIRCUMFLEX + ACUTE) == character + "Z":
        classes["control"].append(code)
classes["extending"] = sorted(classes["extending"] + [ord(CIRCUMFLEX)])

tables = [table("fn_range", f"{name}_ranges", ranges(codes)) for name, codes in classes.items()]
TARGET.write_text(head("generate-cluster-tables.py") + "\n".join(tables))
print({name: len(codes) for name, codes in classes.items()})
