"""The same retrieval behind FastAPI and uvicorn: all-MiniLM-L6-v2 by sentence-transformers, a numpy matrix of the
chunks of a Footnote corpus, and an answer made of the best passage's sentence nearest to the question.

    server_peer.py CORPUS MODEL PORT
"""

import re
import sqlite3
import sys

import numpy
import torch
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from sentence_transformers import SentenceTransformer

corpus, folder, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
torch.set_num_threads(2)
model = SentenceTransformer(folder, device="cpu")

database = sqlite3.connect(corpus)
rows = database.execute(
    """
    SELECT chunks.text, documents.name, chunks.start, chunks."end", embeddings.vector
    FROM chunks JOIN documents ON documents.id = document_id JOIN embeddings ON embeddings.hash = chunks.hash
    WHERE model_id = (SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'model')
    """
).fetchall()
texts = [row[0] for row in rows]
vectors = numpy.stack([numpy.frombuffer(row[4], dtype=numpy.float32) for row in rows])
database.close()

app = FastAPI()


class Search(BaseModel):
    query: str
    k: int = 10


class Chat(BaseModel):
    message: str


def nearest(question: str, k: int):
    vector = model.encode(question, normalize_embeddings=True, show_progress_bar=False)
    scores = vectors @ vector
    best = numpy.argpartition(scores, -k)[-k:]
    return vector, [(int(i), float(scores[i])) for i in best[numpy.argsort(scores[best])[::-1]]]


@app.get("/health")
async def health():
    return {"status": "ok"}


@app.post("/api/search")
def search(body: Search):
    _, hits = nearest(body.query, body.k)
    return {
        "query": body.query,
        "passages": [
            {"document": rows[i][1], "start": rows[i][2], "end": rows[i][3], "text": texts[i], "score": score}
            for i, score in hits
        ],
    }


@app.post("/api/chat")
def chat(body: Chat):
    vector, hits = nearest(body.message, 5)
    sentences = [s for i, _ in hits[:2] for s in re.split(r"(?<=[.!?])\s+", texts[i]) if s]
    encoded = model.encode(sentences, normalize_embeddings=True, show_progress_bar=False)
    best = int((encoded @ vector).argmax())
    return {"answer": sentences[best] + " [1]", "citations": [{"document": rows[hits[0][0]][1]}]}


uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
