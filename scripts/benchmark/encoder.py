#!/usr/bin/env python3
"""Times the local embedding model beside sentence-transformers, ONNX Runtime and OpenVINO, in interleaved rounds.

Called by `scripts/benchmark.sh encoder` with the model's directory. All contenders take texts and give unit
vectors, on the same two threads; a round runs each of them once, and the median of the rounds counts.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import onnxruntime
import openvino
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

MODEL = sys.argv[1]
THREADS = min(2, os.cpu_count() or 1)
ROUNDS = int(os.environ.get("ROUNDS", "5"))
WORDS = (
    "robot balance gait actuator sensor torque kinematics dynamics the of and a to in is for with that on as by vision "
    "language model policy reward simulator controller manipulation perception safety standard ethics learning neural "
    "network battery motor gear drive foot ankle hip zero moment point"
).split()

torch.set_num_threads(THREADS)
reference = SentenceTransformer(MODEL, device="cpu")
tokenizer = Tokenizer.from_file(str(Path(MODEL) / "tokenizer.json"))
tokenizer.enable_truncation(reference.max_seq_length)
tokenizer.enable_padding()


class Ours:
    """The Benchmark program: a line of texts in, the seconds it took out."""

    def __init__(self, precision):
        command = [".build/release/Benchmark", "encoder", MODEL, precision]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.precision = precision

    def seconds(self, texts):
        self.process.stdin.write(json.dumps(texts) + "\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline().split()[0])

    def vectors(self, texts):
        lines = "\n".join(json.dumps(text) for text in texts)
        command = [".build/release/Benchmark", "embed", MODEL, self.precision]
        output = subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout
        return np.array([json.loads(line)["vector"] for line in output.splitlines()])


class Peer:
    def __init__(self, vectors):
        self.vectors = vectors

    def seconds(self, texts):
        start = time.perf_counter()
        self.vectors(texts)
        return time.perf_counter() - start


def sentence_transformers(texts):
    return reference.encode(texts, batch_size=32, normalize_embeddings=True, show_progress_bar=False)


def padded(run):
    """Unit vectors of texts: the longest first, 16 at a time, mean over the tokens of what `run` gives."""

    def vectors(texts):
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        rows = [None] * len(texts)
        for start in range(0, len(order), 16):
            part = order[start : start + 16]
            encoded = tokenizer.encode_batch([texts[i] for i in part])
            mask = np.array([e.attention_mask for e in encoded], dtype=np.int64)
            hidden = run(
                {
                    "input_ids": np.array([e.ids for e in encoded], dtype=np.int64), "attention_mask": mask,
                    "token_type_ids": np.array([e.type_ids for e in encoded], dtype=np.int64),
                }
            )
            pooled = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
            for i, row in zip(part, pooled / np.linalg.norm(pooled, axis=1, keepdims=True)):
                rows[i] = row
        return np.array(rows)

    return vectors


def onnx(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return padded(lambda inputs: session.run(None, inputs)[0])


def openvino_model(path, precision):
    options = {"INFERENCE_NUM_THREADS": THREADS, "INFERENCE_PRECISION_HINT": precision, "PERFORMANCE_HINT": "LATENCY"}
    model = openvino.Core().compile_model(path, "CPU", options)
    return padded(lambda inputs: np.array(model(inputs)[0], dtype=np.float32))


def export(folder):
    class Encoder(torch.nn.Module):
        def __init__(self):
            super().__init__()
            module = reference[0]
            self.bert = getattr(module, "auto_model", None) or module.model

        def forward(self, input_ids, attention_mask, token_type_ids):
            return self.bert(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            ).last_hidden_state

    names = ["input_ids", "attention_mask", "token_type_ids"]
    sample = tuple(torch.ones(2, 8, dtype=torch.int64) for _ in names)
    path = f"{folder}/model.onnx"
    torch.onnx.export(
        Encoder().eval(), sample, path, input_names=names, output_names=["hidden"], opset_version=18, dynamo=False,
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in [*names, "hidden"]},
    )
    quantize_dynamic(path, f"{folder}/int8.onnx", weight_type=QuantType.QInt8, per_channel=True)
    return path, f"{folder}/int8.onnx"


def main():
    contenders = {f"Footnote {precision}": Ours(precision) for precision in ("int8", "bf16", "f32")}
    contenders["sentence-transformers f32"] = Peer(sentence_transformers)
    with tempfile.TemporaryDirectory() as folder:
        plain, quantized = export(folder)
        contenders["ONNX Runtime f32"] = Peer(onnx(plain))
        contenders["ONNX Runtime int8"] = Peer(onnx(quantized))
        contenders["OpenVINO f32"] = Peer(openvino_model(plain, "f32"))
        contenders["OpenVINO bf16"] = Peer(openvino_model(plain, "bf16"))

    source = random.Random(1)

    def texts(count, words):
        return [" ".join(source.choice(WORDS) for _ in range(words)) for _ in range(count)]

    workloads = {"200-token chunks": texts(32, 190), "64-token chunks": texts(64, 59), "12-token question": texts(1, 9)}
    sample = workloads["200-token chunks"][:16] + workloads["64-token chunks"][:16]
    exact = sentence_transformers(sample)
    print(f"{THREADS} threads, {ROUNDS} interleaved rounds, medians; cosine to sentence-transformers in f32")
    for workload, inputs in workloads.items():
        rounds = ROUNDS if len(inputs) > 1 else ROUNDS * 40
        times = {name: [] for name in contenders}
        for number in range(rounds + 1):
            for name, contender in contenders.items():
                seconds = contender.seconds(inputs)
                if number > 0:
                    times[name].append(seconds)
        medians = {name: statistics.median(values) for name, values in times.items()}
        best = min(seconds for name, seconds in medians.items() if not name.startswith("Footnote"))
        print(f"\n{workload} ({len(tokenizer.encode(inputs[0]).ids)} tokens)")
        for name, seconds in medians.items():
            cosine = float((contenders[name].vectors(sample) * exact).sum(1).mean())
            rate = f"{seconds * 1e3:8.2f} ms" if len(inputs) == 1 else f"{len(inputs) / seconds:8.1f}/s"
            print(f"  {name:28} {rate}   {best / seconds:5.2f} x best peer   cosine {cosine:.5f}")


main()
