#!/usr/bin/env python3
"""Compares the Unigram tokenizer with `tokenizers`, and writes the fixtures of its tests.

Run it from the root of the repository in an environment with tokenizers, sentencepiece and protobuf (and, to write,
torch, transformers and numpy), the comparison after `swift build -c release --product Benchmark`:

    unigram-reference.py FOLDER...           compare the ids of 40,000 texts with each tokenizer.json; all must agree
    unigram-reference.py FOLDER --texts 1000 --seed 7
    unigram-reference.py --write             train a small tokenizer and write it with what it gives for hard texts
"""

import argparse
import base64
import json
import random
import subprocess
import tempfile
from pathlib import Path

from tokenizers import Tokenizer

FIXTURE = Path("Tests/TransformerTests/Fixtures/unigram")

WRITTEN = [
    "", " ", "\n\t ", "  a  ", "a", "Hello, world!", "What is humanoid robotics?", "naïve café résumé", "query: how tall?",
    "e\u0301 vs \u00e9, n\u0303 vs \u00f1, \u1e69 vs s\u0323\u0307, \u0344\u0301x", "İstanbul ISPARTA ığdır", "ẞtraße groß ﬁne ﬂow",
    "日本語のテキストです。", "机器人学是一门交叉学科", "한국어 문장입니다", "\u1112\u1161\u11ab\u1100\u1173\u11af", "中文English混合text 123",
    "ﾊﾝｶｸ ｶﾀｶﾅ ｶﾞﾊﾟ", "𠀀𠀁 rare ideographs", "豈更車 compatibility", "🤖 robots 🦾 are 👍🏽 great 👨‍👩‍👧‍👦", "❤️‍🔥 🏳️‍🌈 🇩🇪 ™️ ©️",
    "zero\u200bwidth\u200djoin\ufeffbom", "soft\u00adhyphen", "العربية من اليمين إلى اليسار \u0600\u0661", "עברית מימין לשמאל \u202eoverride\u202c",
    "हिन्दी में एक वाक्य क्षत्रिय", "ภาษาไทยไม่มีช่องว่าง", "Ελληνικά ΣΊΣΥΦΟΣ", "Русский текст Ёлка", "Tiếng Việt có dấu",
    "control\x00\x01\x02\x1f\x7f\x85chars", "a\r\nb\rc\nd\r\u0301e", "line\u2028sep\u2029para\u00a0nbsp\u3000wide\u1680ogham",
    "<s> </s> <mask> <pad> <unk>", "a<s>b</s>c", "a  <mask>  b", "<mask><mask>", "＜s＞ ＜unk＞ ＜pad＞", "x<unk>y ＜unk＞z <mas", "▁a▁▁b ▁", "\u2581",
    "\ufffd replacement \ufffe", "def main():\n    return {'a': [1, 2.5e-3], \"b\": None}  # comment", "x = (a<<3)^~b && !c || d?e:f;",
    "https://example.org/a/b?c=d&e=%20#frag user@example.com", "3.14159 1,000,000 −5 ½ ½\u0301 ² ₃ Ⅷ ① ⑳", "∀x∈ℝ: ⌈x⌉ = −⌊−x⌋ ∧ α ⊕ β",
    "$100 €50 £20 ¥3000 ₿1", "“quotes” ‘single’ «guillemets» — – … ‰", "don't can't won't I'm it's", "antidisestablishmentarianism",
    "a" * 200, "é" * 120, "word " * 100, "robots and balance. " * 12, "." * 80, "日" * 90, "🤖" * 40, "\U000e0041\U000e0042 tags \U000f0000 private",
    "a\u0323\u0307\u0302\u031b b", "\u0958\u09cb\u0b94\u0dde", "\u302e\u302f 가\u302e각", "𝐁𝐨𝐥𝐝 𝒮𝒸𝓇𝒾𝓅𝓉 Ｆｕｌｌｗｉｄｔｈ", "ǅ ǈ ǋ titlecase",
    "Ａ\uff0c\uff0e fullwidth punctuation", "㍿ ㌔ ㎏ ﷺ ﷽", "ｶ\u3099 か\u3099 \u3131\u314f", "x\u0301\u0302\u0303\u0304\u0305y", "\u0301start", "a \u0301b",
]

PAIRS = [("What is it?", "A robot."), ("", "x"), ("x", ""), ("", ""), ("<s>", "</s>"), ("robots " * 30, "balance " * 5), ("a b", "c " * 60)]

BLOCKS = [
    (0x20, 0x7F), (0x20, 0x7F), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F), (0x590, 0x6FF), (0x900, 0xDFF),
    (0xE00, 0x10FF), (0x1100, 0x11FF), (0x1AB0, 0x1AFF), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x2000, 0x2BFF), (0x2E00, 0x33FF),
    (0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xA000, 0xABFF), (0xAC00, 0xD7A3), (0xF900, 0xFFFD), (0xFF00, 0xFFEF), (0x10000, 0x10FFF),
    (0x11000, 0x11FFF), (0x1D100, 0x1D7FF), (0x1E000, 0x1FAFF), (0x20000, 0x20100), (0x2F800, 0x2FA20), (0xE0000, 0xE01FF),
]
PARTS = [
    "<s>", "</s>", "<mask>", "<pad>", "<unk>", " <mask> ", "\n", "\t", "  ", "   ", "\r\n", "\u00a0", "\u200b", "\u200d", "\ufe0f", "\u3000", "▁", "▁▁",
    "\u0301", "\u0308", "\u0344", "\u3099", "\u094d", "\u0600", "＜s＞", "the ", "ing", "ﬁ", "™", "½", "é", "①", "日本", "한", "ภา", "ة", "🤖", "x", "Ab", "0",
]


def texts(count, seed, pieces):
    rng = random.Random(seed)
    made = list(WRITTEN)
    while len(made) < count:
        kind = rng.randrange(4)
        length = rng.choice([1, 2, 3, 5, 10, 20, 60, 150])
        if kind == 0:
            blocks = rng.sample(BLOCKS, rng.choice([1, 2, 3]))
            characters = [" " if rng.random() < 0.12 else chr(rng.randint(*rng.choice(blocks))) for _ in range(length)]
            made.append("".join(characters))
        elif kind == 1:
            blocks = rng.sample(BLOCKS, 2)
            made.append("".join(
                rng.choice(PARTS) if rng.random() < 0.5 else chr(rng.randint(*rng.choice(blocks))) for _ in range(length)))
        elif kind == 2:
            # What the vocabulary knows, joined and cut anywhere.
            words = "".join(rng.choice(pieces).replace("▁", rng.choice([" ", " ", "", "▁"])) for _ in range(length))
            made.append(words[rng.randrange(3):])
        else:
            characters = [chr(rng.choice([rng.randrange(0xD800), rng.randrange(0xE000, 0x110000)])) for _ in range(length)]
            made.append("".join(characters))
    return made


def compare(folder, options):
    tokenizer = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pieces = sorted(tokenizer.get_vocab(with_added_tokens=False))
    inputs = texts(options.texts, options.seed, pieces)
    expected = [encoding.ids for encoding in tokenizer.encode_batch(inputs)]
    run = subprocess.run(
        [options.program, "ids", str(folder)], input="\n".join(json.dumps(text) for text in inputs),
        capture_output=True, text=True, check=True)
    got = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(got) == len(inputs), f"{len(got)} answers for {len(inputs)} texts: {run.stderr}"
    wrong = [i for i in range(len(inputs)) if got[i] != expected[i]]
    for i in wrong[:10]:
        print(f"ids differ for {ascii(inputs[i][:80])}:\n  {expected[i][:20]}\n  {got[i][:20]}")
    print(f"{folder}: {len(inputs)} texts, {sum(map(len, expected))} tokens: ids differ in {len(wrong)}")
    return not wrong


def charsmap_rules(blob):
    """What a character map replaces, by walking its trie."""
    size = int.from_bytes(blob[:4], "little")
    units = [int.from_bytes(blob[i:i + 4], "little") for i in range(4, 4 + size, 4)]
    replacements = blob[4 + size:]
    rules, stack = {}, [(0, b"")]
    while stack:
        node, key = stack.pop()
        offset = node ^ (units[node] >> 10) << ((units[node] & 512) >> 6)
        if key and units[node] >> 8 & 1:
            start = units[offset] & (1 << 31) - 1
            rules[key.decode()] = replacements[start:replacements.index(0, start)].decode()
        for byte in range(1, 256):
            child = offset ^ byte
            if child < len(units) and units[child] & (1 << 31 | 255) == byte: stack.append((child, key + bytes([byte])))
    return rules


def trained():
    """Pieces with scores, and the part of SentencePiece's usual character map that the texts need."""
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2

    lines = [line.strip() for path in sorted(Path("corpus").glob("*.md"))[:6] for line in path.read_text().splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "sample.txt"
        sample.write_text("\n".join([line for line in lines if line] + [text.replace("\0", "") for text in WRITTEN] * 3))
        sentencepiece.SentencePieceTrainer.train(
            input=str(sample), model_prefix=folder + "/m", vocab_size=900, model_type="unigram",
            normalization_rule_name="nmt_nfkc", character_coverage=0.998, minloglevel=2)
        model = sentencepiece_model_pb2.ModelProto.FromString(Path(folder + "/m.model").read_bytes())
        letters = set("".join(WRITTEN + [text for pair in PAIRS for text in pair]))
        rules = charsmap_rules(model.normalizer_spec.precompiled_charsmap)
        kept = {old: new for old, new in rules.items() if set(old) <= letters}
        table = Path(folder) / "rules.tsv"
        code = lambda text: " ".join(f"{ord(c):X}" for c in text)
        table.write_text("".join(f"{code(old)}\t{code(new)}\n" for old, new in sorted(kept.items())))
        made = sentencepiece.SentencePieceNormalizer(rule_tsv=str(table))
        small = sentencepiece_model_pb2.ModelProto.FromString(made.serialized_model_proto())
    print(f"{len(kept)} of {len(rules)} rules")
    return ([[piece.piece, piece.score] for piece in model.pieces[3:]],
            base64.b64encode(small.normalizer_spec.precompiled_charsmap).decode())


def definitions():
    """The same vocabulary with the parts that different models' files have around it."""
    pieces, charsmap = trained()
    special = [["<s>", 0.0], ["<pad>", 0.0], ["</s>", 0.0], ["<unk>", 0.0]]
    mapped = {"type": "Precompiled", "precompiled_charsmap": charsmap}

    def added(vocabulary, **mask):
        ids = {piece: number for number, (piece, _) in enumerate(vocabulary)}
        plain = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
        return [{"id": ids[name], "content": name} | plain | (mask if name == "<mask>" else {})
                for name in ("<s>", "<pad>", "</s>", "<unk>", "<mask>")]

    def definition(vocabulary, bytes_too, mask, **parts):
        model = {"type": "Unigram", "unk_id": 3, "vocab": vocabulary, "byte_fallback": bytes_too}
        return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added(vocabulary, **mask)} | parts | {
            "decoder": None, "model": model}

    template = lambda *names: [
        {"Sequence": {"id": name, "type_id": 0}} if name in "AB" else {"SpecialToken": {"id": name, "type_id": 0}}
        for name in names]
    templates = {
        "type": "TemplateProcessing", "single": template("<s>", "A", "</s>"),
        "pair": template("<s>", "A", "</s>", "</s>", "B", "</s>"),
        "special_tokens": {n: {"id": n, "ids": [i], "tokens": [n]} for n, i in (("<s>", 0), ("</s>", 2))}}
    usual = special + pieces + [["<mask>", 0.0]]
    return {
        "xlm-roberta": definition(
            usual, False, {"lstrip": True}, normalizer=mapped, post_processor={
                "type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0], "trim_offsets": True,
                "add_prefix_space": True},
            pre_tokenizer={"type": "Sequence", "pretokenizers": [
                {"type": "WhitespaceSplit"}, {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True}]}),
        "bge-m3": definition(
            usual, False, {"lstrip": True, "normalized": True}, post_processor=templates, normalizer={
                "type": "Sequence", "normalizers": [
                    mapped, {"type": "Strip", "strip_left": False, "strip_right": True},
                    {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": "▁"}]},
            pre_tokenizer={"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}),
        "bytes": definition(
            special + [[f"<0x{byte:02X}>", -20.0] for byte in range(256)] + pieces + [["<mask>", 0.0]], True,
            {"lstrip": True, "rstrip": True}, post_processor=templates,
            normalizer={"type": "Replace", "pattern": {"String": "ro"}, "content": "RO"},
            pre_tokenizer={"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never", "split": False}),
    }


def write():
    for name, definition in definitions().items():
        folder = FIXTURE / name
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(definition, ensure_ascii=False, separators=(",", ":"))
        (folder / "tokenizer.json").write_text(text.replace('],["', '],\n["') + "\n")
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        sample = {"texts": [{"text": text, "ids": tokenizer.encode(text).ids} for text in WRITTEN], "pairs": []}
        for first, second in PAIRS:
            for most in (48, 12):
                tokenizer.enable_truncation(most, strategy="longest_first")
                sample["pairs"].append(
                    {"first": first, "second": second, "most": most, "ids": tokenizer.encode(first, second).ids})
        lines = json.dumps(sample, separators=(",", ":")).replace('},{', '},\n{')
        (folder / "reference.json").write_text(lines + "\n")
        unknown = sum(3 in line["ids"] for line in sample["texts"])
        print(f"wrote {len(WRITTEN)} texts, {unknown} of them with unknown characters, to {folder}")
    write_model(FIXTURE / "xlm-roberta")


def write_model(folder):
    """A model of random weights for the tokenizer in `folder`, with its vectors and scores."""
    import torch
    from safetensors.torch import save_file
    from transformers import XLMRobertaConfig, XLMRobertaForSequenceClassification

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    config = XLMRobertaConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=50, type_vocab_size=1, num_labels=1, layer_norm_eps=1e-5)
    torch.manual_seed(7)
    model = XLMRobertaForSequenceClassification(config).eval()
    with torch.no_grad():
        for name, tensor in model.named_parameters():
            scale = 0.25 if tensor.dim() == 1 else 1.2 / tensor.shape[-1] ** 0.5
            centre = 1.0 if name.endswith("LayerNorm.weight") else 0.0
            # Rounded to what is stored, so that both read the same numbers.
            tensor.copy_((torch.randn(tensor.shape) * scale + centre).half().float())
    save_file({name: tensor.half().contiguous() for name, tensor in model.named_parameters()}, folder / "model.safetensors")
    (folder / "config.json").write_text(config.to_json_string())
    sample = json.loads((folder / "reference.json").read_text())
    tokenizer.enable_truncation(48, strategy="longest_first")
    with torch.no_grad():
        for number, line in enumerate(sample["texts"]):
            # The literal <pad> has a position of its own, so that one text at a time goes through.
            states = model.roberta(torch.tensor([tokenizer.encode(line["text"]).ids])).last_hidden_state[0].mean(0)
            line["vector"] = [round(float(v), 5) for v in states / states.norm()] if number % 2 == 0 else []
        for line in sample["pairs"]:
            line["logit"] = (
                round(float(model(torch.tensor([line["ids"]])).logits[0, 0]), 6) if line["most"] == 48 else None)
    (folder / "reference.json").write_text(json.dumps(sample, separators=(",", ":")).replace("},{", "},\n{") + "\n")
    scores = [line["logit"] for line in sample["pairs"] if line["logit"] is not None]
    print(f"wrote a model to {folder}; its scores reach from {min(scores):.3f} to {max(scores):.3f}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="*")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--texts", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--program", default=".build/release/Benchmark")
    options = parser.parse_args()
    if options.write: return write()
    if not options.folders: parser.error("name folders, or --write")
    raise SystemExit(0 if all([compare(folder, options) for folder in options.folders]) else 1)


main()
