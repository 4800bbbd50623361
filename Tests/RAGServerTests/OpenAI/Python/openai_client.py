"""Asks a running server through the official client; any surprise ends it with a traceback."""

import sys

import openai

QUESTION = "How far does the knee joint bend the leg?"
ANSWER = "It bends by 120 degrees [1], they say."

client = openai.OpenAI(base_url=sys.argv[1], api_key="unused", max_retries=0)
messages = [{"role": "user", "content": QUESTION}]

names = [model.id for model in client.models.list()]
assert names[:2] == ["footnote", "extractive"], names
assert client.models.retrieve("footnote").id == "footnote"
try:
    client.models.retrieve("gpt-9")
    raise SystemExit("an unknown model was found")
except openai.NotFoundError as error:
    assert error.code == "model_not_found" and error.param == "model", error

completion = client.chat.completions.create(model="footnote", messages=messages)
choice = completion.choices[0]
assert choice.message.content == ANSWER and choice.message.role == "assistant", completion
assert choice.finish_reason == "stop" and completion.object == "chat.completion", completion
assert completion.usage.total_tokens == 12, completion.usage
citation = completion.model_extra["citations"][0]
assert citation["quote"] == "The knee joint bends the leg by 120 degrees.", citation

stream = client.chat.completions.create(
    model="footnote", messages=messages, stream=True, stream_options={"include_usage": True}
)
chunks = list(stream)
assert chunks[0].choices[0].delta.role == "assistant", chunks[0]
text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
assert text == ANSWER, text
assert chunks[-1].choices == [] and chunks[-1].usage.completion_tokens == 3, chunks[-1]
assert chunks[-2].choices[0].finish_reason == "stop", chunks[-2]
assert all(chunk.usage is None for chunk in chunks[:-1])

with client.chat.completions.stream(model="footnote", messages=messages) as events:
    events.until_done()
    assert events.get_final_completion().choices[0].message.content == ANSWER

parts = [{"role": "user", "content": [{"type": "text", "text": QUESTION}]}]
assert client.chat.completions.create(model="extractive", messages=parts).choices[0].message.content.endswith("[1]")

cut = client.chat.completions.create(model="extractive", messages=messages, max_completion_tokens=4)
assert cut.choices[0].finish_reason == "length" and cut.usage.completion_tokens <= 4, cut
assert cut.model_extra["citations"] == [], cut
stopped = client.chat.completions.create(model="extractive", messages=messages, stop=[" degrees"])
assert stopped.choices[0].finish_reason == "stop", stopped
assert stopped.choices[0].message.content.endswith("by 120"), stopped

for extra, parameter in [({"n": 2}, "n"), ({"temperature": 5}, "temperature")]:
    try:
        client.chat.completions.create(model="footnote", messages=messages, **extra)
        raise SystemExit(f"{extra} was taken")
    except openai.BadRequestError as error:
        assert error.param == parameter and error.type == "invalid_request_error", error

embedding_model = names[-1]
# The client asks for base64 unless it is told otherwise.
packed = client.embeddings.create(model=embedding_model, input=["the knee", "an elbow"])
plain = client.embeddings.create(model=embedding_model, input="the knee", encoding_format="float")
assert [entry.index for entry in packed.data] == [0, 1] and len(packed.data[0].embedding) == 512
assert max(abs(a - b) for a, b in zip(packed.data[0].embedding, plain.data[0].embedding)) < 1e-6
assert packed.usage.total_tokens > 0
try:
    client.embeddings.create(model=embedding_model, input=[1, 2, 3])
    raise SystemExit("tokens were embedded")
except openai.BadRequestError as error:
    assert error.param == "input", error
