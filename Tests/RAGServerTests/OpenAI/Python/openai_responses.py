"""Asks a running server for responses through the official client; any surprise ends it with a traceback."""

import asyncio
import sys

import openai
from openai.types.responses import Response

QUESTION = "How far does the knee joint bend the leg?"
ANSWER = "It bends by 120 degrees [1], they say."
QUOTE = "The knee joint bends the leg by 120 degrees."
ORDER = [
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.content_part.added",
    "response.output_text.delta",
    "response.output_text.annotation.added",
    "response.output_text.done",
    "response.content_part.done",
    "response.output_item.done",
    "response.completed",
]

client = openai.OpenAI(base_url=sys.argv[1], api_key="unused", max_retries=0)


def check(response, text=ANSWER):
    # The client itself does not compare what it gets with its types.
    Response.model_validate(response.to_dict())
    assert response.output_text == text and response.status == "completed", response
    assert response.error is None and response.object == "response", response
    assert response.usage.total_tokens == 12 and response.usage.input_tokens_details.cached_tokens == 4, response
    (annotation,) = response.output[0].content[0].annotations
    assert annotation.type == "file_citation" and annotation.filename == "docs/leg.md", annotation
    where = annotation.model_extra
    assert text[where["start_index"] : where["end_index"]] == "[1]", annotation
    assert response.model_extra["citations"][0]["quote"] == QUOTE, response


def order(events):
    types = []
    for event in events:
        if not types or types[-1] != event.type:
            types.append(event.type)
    return types


check(client.responses.create(model="footnote", input=QUESTION))
messages = [
    {"role": "developer", "content": "Be brief."},
    {"role": "user", "content": [{"type": "input_text", "text": QUESTION}]},
]
first = client.responses.create(
    model="footnote", input=messages, instructions="Be kind.", metadata={"order": "7"}, temperature=0.5, top_p=0.9
)
check(first)
assert first.instructions == "Be kind." and first.metadata == {"order": "7"}, first
assert first.temperature == 0.5 and first.top_p == 0.9, first

# A conversation goes on with what the client was given.
messages += first.output
messages.append({"role": "user", "content": QUESTION})
check(client.responses.create(model="footnote", input=messages, store=False, include=["reasoning.encrypted_content"]))

events = list(client.responses.create(model="footnote", input=QUESTION, stream=True))
assert order(events) == ORDER, order(events)
assert [event.sequence_number for event in events] == list(range(len(events)))
assert "".join(event.delta for event in events if event.type == "response.output_text.delta") == ANSWER
check(events[-1].response)

with client.responses.stream(model="footnote", input=QUESTION) as stream:
    assert order(stream) == ORDER
    check(stream.get_final_response())

extractive = client.responses.create(model="extractive", input=QUESTION)
Response.model_validate(extractive.to_dict())
assert extractive.output_text.startswith(QUOTE + " [1]"), extractive
assert extractive.usage.output_tokens > 5, extractive
refused = client.responses.create(model="extractive", input="Who won the 2014 world cup?")
assert refused.model_extra["answered"] is False and refused.output[0].content[0].annotations == [], refused


def refusal(kind, **arguments):
    try:
        client.responses.create(**{"model": "footnote", "input": QUESTION, **arguments})
    except kind as error:
        return error
    raise SystemExit(f"{arguments} was taken")


for name, value in [
    ("previous_response_id", "resp_1"),
    ("conversation", "conv_1"),
    ("store", True),
    ("background", True),
    ("temperature", 5),
    ("max_output_tokens", 3),
]:
    error = refusal(openai.BadRequestError, **{name: value})
    assert error.param == name and error.type == "invalid_request_error", error
assert "in 'input'" in refusal(openai.BadRequestError, previous_response_id="resp_1").message
assert refusal(openai.NotFoundError, model="gpt-9").code == "model_not_found"
image = [{"role": "user", "content": [{"type": "input_image", "detail": "auto", "image_url": "https://e.org/a.png"}]}]
assert refusal(openai.BadRequestError, input=image).param == "input[0].content[0].type"
try:
    client.responses.retrieve("resp_1")
    raise SystemExit("a response was kept")
except openai.NotFoundError:
    pass


async def asynchronous():
    client = openai.AsyncOpenAI(base_url=sys.argv[1], api_key="unused", max_retries=0)
    check(await client.responses.create(model="footnote", input=QUESTION))
    async with client.responses.stream(model="footnote", input=QUESTION) as stream:
        types = order([event async for event in stream])
        assert types == ORDER, types
        check(await stream.get_final_response())
    await client.close()


asyncio.run(asynchronous())
