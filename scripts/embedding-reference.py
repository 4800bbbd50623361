#!/usr/bin/env python3
"""Compares the local embedding model with `tokenizers` and `sentence-transformers`.

Run it from the root of the repository in an environment with both packages, after
`swift build -c release --product Benchmark`:

    embedding-reference.py MODEL             compare on all texts: ids equal, cosine 0.9999 or better
    embedding-reference.py MODEL --write     also rewrite the committed sample of the tests
    embedding-reference.py MODEL --precision int8 --least 0.99
"""

import argparse
import json
import random
import subprocess
import unicodedata
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

SAMPLE = Path("Tests/TransformerTests/Fixtures/minilm-reference.json")

WRITTEN = [
    "", " ", "\n\t ", "a", "Hello, world!", "What is humanoid robotics?", "naïve café résumé", "Ångström façade ÜBER",
    "e\u0301 vs \u00e9, n\u0303 vs \u00f1, \u1e69 vs s\u0323\u0307", "İstanbul ISPARTA ığdır", "ẞtraße groß ﬁne ﬂow",
    "日本語のテキストです。", "机器人学是一门交叉学科", "한국어 문장입니다", "中文English混合text 123", "ﾊﾝｶｸ ｶﾀｶﾅ", "𠀀𠀁 rare ideographs",
    "豈更車 compatibility", "🤖 robots 🦾 are 👍🏽 great 👨‍👩‍👧‍👦", "❤️‍🔥 🏳️‍🌈 🇩🇪", "zero\u200bwidth\u200djoin\ufeffbom", "soft\u00adhyphen",
    "العربية من اليمين إلى اليسار", "עברית מימין לשמאל \u202eoverride\u202c", "हिन्दी में एक वाक्य", "ภาษาไทยไม่มีช่องว่าง", "Ελληνικά ΣΊΣΥΦΟΣ",
    "Русский текст Ёлка", "Tiếng Việt có dấu", "control\x00\x01\x02\x1f\x7f\x85chars", "line\u2028sep\u2029para\u00a0nbsp\u3000wide",
    "[CLS] [SEP] [MASK] [PAD] [UNK]", "a[SEP]b [sep] [ MASK ] [[MASK]]", "##ing ##s token", "\ufffd replacement \ufffe",
    "def main():\n    return {'a': [1, 2.5e-3], \"b\": None}  # comment", "x = (a<<3)^~b && !c || d?e:f;", "SELECT * FROM t WHERE a='x''y';",
    "MHD_start_daemon --no-serve -Wl,-rpath=$ORIGIN", "https://example.org/a/b?c=d&e=%20#frag user@example.com",
    "3.14159 1,000,000 −5 ½ ² ₃ Ⅷ ①", "∀x∈ℝ: ⌈x⌉ = −⌊−x⌋ ∧ α ⊕ β", "$100 €50 £20 ¥3000 ₿1", "“quotes” ‘single’ «guillemets» — – … ‰",
    "don't can't won't I'm it's", "supercalifragilisticexpialidocious antidisestablishmentarianism", "a" * 99, "a" * 100, "a" * 101,
    "é" * 100, "é" * 101, "word " * 400, "long sentence about robots and balance. " * 60, "." * 300, "日" * 300, "🤖" * 120,
    "\U0001d165\U0001d16d\U0001d158 \U0001d15f \U0001d1c0 music", "a\u0323\u0307\u0302\u031b b", "\u0344\u0958\u09cb\u0b94\u0dde", "\u302e\u302f 가\u302e각",
    "𝐁𝐨𝐥𝐝 𝒮𝒸𝓇𝒾𝓅𝓉 Ｆｕｌｌｗｉｄｔｈ", "ǅ ǈ ǋ titlecase", "ᏣᎳᎩ ꭰ Cherokee", "Ａ\uff0c\uff0e fullwidth punctuation", "\U000e0041\U000e0042 tags \U000f0000 private",
]

WORDS = (
    "robot balance gait actuator sensor torque kinematics dynamics the of and a to in is for with that on as by vision "
    "language model policy reward simulator controller humanoid gripper manipulation perception safety standard ethics "
    "learning neural network battery motor gear harmonic drive encoder inertia foot ankle hip zero moment point"
).split()


def texts():
    rng = random.Random(20240521)
    result = list(WRITTEN)
    for _ in range(160):
        count = rng.choice([3, 8, 12, 30, 60, 120, 200, 300])
        words = [rng.choice(WORDS) for _ in range(count)]
        for i in range(0, count, 7):
            words[i] = words[i].capitalize() if rng.random() < 0.5 else words[i] + rng.choice(".,;:!?")
        result.append(" ".join(words))
    blocks = [
        (0x20, 0x7F), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F), (0x590, 0x6FF), (0x900, 0xDFF),
        (0xE00, 0x10FF), (0x1100, 0x11FF), (0x1AB0, 0x1AFF), (0x1E00, 0x1FFF), (0x2000, 0x2BFF), (0x2E00, 0x33FF),
        (0x4E00, 0x4FFF), (0xA000, 0xABFF), (0xAC00, 0xD7A3), (0xF900, 0xFFFD), (0x10000, 0x10FFF), (0x11000, 0x11FFF),
        (0x1D100, 0x1D7FF), (0x1E000, 0x1FAFF), (0x20000, 0x20100), (0x2F800, 0x2FA20), (0xE0000, 0xE01FF),
    ]
    for _ in range(340):
        mixed = rng.sample(blocks, rng.choice([1, 1, 2, 3]))
        characters = []
        for _ in range(rng.choice([5, 20, 60, 200])):
            low, high = rng.choice(mixed)
            characters.append(" " if rng.random() < 0.15 else chr(rng.randint(low, high)))
        result.append("".join(characters))
    for _ in range(60):
        characters = [chr(rng.choice([rng.randrange(0xD800), rng.randrange(0xE000, 0x110000)])) for _ in range(80)]
        result.append("".join(characters))
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--precision", default="f32")
    parser.add_argument("--least", type=float, default=0.9999)
    options = parser.parse_args()
    inputs = texts()

    reference = SentenceTransformer(options.model, device="cpu")
    tokenizer = Tokenizer.from_file(str(Path(options.model) / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(reference.max_seq_length)
    ids = [encoding.ids for encoding in tokenizer.encode_batch(inputs)]
    vectors = reference.encode(inputs, batch_size=16, normalize_embeddings=True)

    ours = subprocess.run(
        [".build/release/Benchmark", "embed", options.model, options.precision],
        input="\n".join(json.dumps(text) for text in inputs), capture_output=True, text=True, check=True,
    )
    lines = [json.loads(line) for line in ours.stdout.splitlines()]
    assert len(lines) == len(inputs), f"{len(lines)} answers for {len(inputs)} texts"
    wrong = [i for i, line in enumerate(lines) if line["ids"] != ids[i]]
    for i in wrong[:10]:
        print(f"ids differ for {inputs[i][:60]!r}:\n  {ids[i][:20]}\n  {lines[i]['ids'][:20]}")
    mine = np.array([line["vector"] for line in lines], dtype=np.float64)
    cosines = (mine * vectors).sum(1) / np.linalg.norm(mine, axis=1) / np.linalg.norm(vectors, axis=1)
    print(f"{len(inputs)} texts, {sum(map(len, ids))} tokens: ids differ in {len(wrong)}")
    print(f"cosine least {cosines.min():.7f} mean {cosines.mean():.7f} (Unicode {unicodedata.unidata_version})")

    if options.write:
        chosen = list(range(len(WRITTEN))) + list(range(len(WRITTEN) + 160, len(inputs), 16))
        # Whole vectors for some, and ids alone for texts that are only hard to tokenize. The pieces that occur
        # suffice as a vocabulary: longer matches than those of the whole vocabulary cannot arise.
        sample = [
            {"text": inputs[i], "ids": ids[i], "vector": [round(float(v), 5) for v in vectors[i]] if n % 2 == 0 else []}
            for n, i in enumerate(chosen)
        ]
        used = sorted({id for line in sample for id in line["ids"]} | {0, 100, 101, 102, 103})
        vocabulary = {tokenizer.id_to_token(id): id for id in used}
        SAMPLE.parent.mkdir(parents=True, exist_ok=True)
        lines = ",\n".join(json.dumps(line, separators=(",", ":")) for line in sample)
        SAMPLE.write_text(f'{{"vocabulary":{json.dumps(vocabulary)},\n"texts":[\n{lines}\n]}}\n')
        print(f"wrote {len(sample)} texts to {SAMPLE}")
    raise SystemExit(1 if wrong or cosines.min() < options.least else 0)


main()
