#!/usr/bin/env python3
"""Compares the local cross-encoder with `transformers`, by accuracy and by speed.

Run it from the root of the repository in an environment with torch and transformers, the comparisons after
`swift build -c release --product Benchmark`:

    cross-encoder-reference.py --write             rewrite the tiny model and its scores that the tests use
    cross-encoder-reference.py MODEL               compare the scores of the model in a folder
    cross-encoder-reference.py --random            the same with a model of MiniLM-L6's size and random weights
    cross-encoder-reference.py --random --speed    time 50 passages of about 200 tokens, ours and theirs in turn
"""

import argparse
import json
import random
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import torch
from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

FIXTURE = Path("Tests/TransformerTests/Fixtures/cross-encoder")

WORDS = (
    "robot balance gait actuator sensor torque the of and a to in is for how why which does what keep walk run motor "
    "gear foot ankle knee hip arm hand leg point moment zero camera lens battery charge learning policy simulator"
).split()
PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS, *".,?!-'"]
PIECES += [*"abcdefghijklmnopqrstuvwxyz0123456789"] + ["##" + c for c in "abcdefghijklmnopqrstuvwxyz0123456789"]

QUERIES = ["How does a robot keep its balance?", "knee torque", "", "What is the zero moment point, and why?"]
DOCUMENTS = [
    "The knee motor gives a torque of 120 Nm.", "", "A camera looks through a lens.", "Balance is kept by the ankle.",
    "Zero moment point: the point at which the moment is zero. " * 6, "été [SEP] naïve 日本", "the " * 100,
]


def made(folder, config, vocabulary, dtype):
    """A model with random weights, large enough that its scores differ."""
    torch.manual_seed(7)
    model = BertForSequenceClassification(config).eval()
    with torch.no_grad():
        for name, tensor in model.named_parameters():
            scale = 0.25 if tensor.dim() == 1 else 1.2 / tensor.shape[-1] ** 0.5
            centre = 1.0 if name.endswith("LayerNorm.weight") else 0.0
            # Rounded to what is stored, so that both read the same numbers.
            tensor.copy_((torch.randn(tensor.shape) * scale + centre).to(dtype).float())
    folder.mkdir(parents=True, exist_ok=True)
    model.to(dtype).save_pretrained(folder)
    (folder / "config.json").write_text(config.to_json_string())
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n")
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"do_lower_case": True, "model_max_length": config.max_position_embeddings}) + "\n")


def theirs(model, tokenizer, query, documents, limit):
    inputs = tokenizer(
        [query] * len(documents), documents, padding=True, truncation="longest_first", max_length=limit,
        return_tensors="pt")
    with torch.no_grad():
        return model(**inputs).logits.numpy()


def loaded(folder):
    model = BertForSequenceClassification.from_pretrained(folder, dtype=torch.float32).eval()
    return model, BertTokenizerFast.from_pretrained(folder, do_lower_case=True)


def write():
    config = BertConfig(
        vocab_size=len(PIECES), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=48, num_labels=1)
    made(FIXTURE, config, PIECES, torch.float16)
    model, tokenizer = loaded(FIXTURE)
    cases = [
        {"query": query, "documents": DOCUMENTS,
         "logits": [round(float(v), 6) for v in theirs(model, tokenizer, query, DOCUMENTS, 48)[:, 0]]}
        for query in QUERIES
    ]
    (FIXTURE / "reference.json").write_text(json.dumps(cases, ensure_ascii=False, indent=1) + "\n")
    print(f"wrote {sum(len(case['documents']) for case in cases)} scores to {FIXTURE}")


def ours(folder, precision, cases):
    text = "\n".join(json.dumps(case) for case in cases)
    run = subprocess.run(
        [".build/release/Benchmark", "rerank", str(folder), precision], input=text, capture_output=True, text=True,
        check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def passages(vocabulary, count, words, seed):
    rng = random.Random(seed)
    return [" ".join(rng.choice(vocabulary) for _ in range(words)) for _ in range(count)]


def compare(folder, options):
    model, tokenizer = loaded(folder)
    words = [w for w in tokenizer.get_vocab() if w.isalpha() and len(w) > 2] or WORDS
    cases = [
        {"query": " ".join(passages(words, 1, 8, seed)), "documents": passages(words, 20, 10 + 20 * seed, seed + 100)}
        for seed in range(8)
    ]
    limit = model.config.max_position_embeddings
    answers = ours(folder, options.precision, cases)
    expected = [theirs(model, tokenizer, case["query"], case["documents"], limit)[:, -1] for case in cases]
    got = np.array([line["logits"] for line in answers])
    expected = np.array(expected)
    worst = float(np.abs(got - expected).max())
    ranks = np.mean([np.corrcoef(a.argsort().argsort(), b.argsort().argsort())[0, 1] for a, b in zip(got, expected)])
    print(f"{got.size} pairs, {options.precision}: logits differ by {worst:.6f} at most, spread {expected.std():.3f}, "
          f"rank correlation {ranks:.4f}")
    if options.speed: speed(folder, options, words, model, tokenizer)
    raise SystemExit(1 if worst > options.most else 0)


def speed(folder, options, words, model, tokenizer):
    cases = [
        {"query": " ".join(passages(words, 1, 8, n)), "documents": passages(words, 50, 190, n)} for n in range(6)]
    for threads in (1, 2):
        torch.set_num_threads(threads)
        times = []
        for case in cases:
            start = time.perf_counter()
            theirs(model, tokenizer, case["query"], case["documents"], 512)
            times.append(time.perf_counter() - start)
        print(f"transformers, {threads} threads: {1000 * float(np.median(times)):.0f} ms for 50 passages")
    for precision in ("f32", "bf16", "int8"):
        seconds = [line["seconds"] for line in ours(folder, precision, cases)]
        print(f"ours, {precision}: {1000 * float(np.median(seconds)):.0f} ms for 50 passages")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model", nargs="?")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--random", action="store_true")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--precision", default="f32")
    parser.add_argument("--most", type=float, default=1e-3)
    options = parser.parse_args()
    if options.write: return write()
    if options.model: return compare(Path(options.model), options)
    if not options.random: parser.error("name a model, or --write or --random")
    with tempfile.TemporaryDirectory() as folder:
        config = BertConfig(
            vocab_size=30522, hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536,
            max_position_embeddings=512, num_labels=1)
        rng = random.Random(3)
        vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
        while len(vocabulary) < config.vocab_size:
            word = "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randint(3, 7)))
            vocabulary.append(word)
            if len(vocabulary) % 1000 == 0: vocabulary = list(dict.fromkeys(vocabulary))
        made(Path(folder), config, list(dict.fromkeys(vocabulary)), torch.float32)
        compare(Path(folder), options)


main()
