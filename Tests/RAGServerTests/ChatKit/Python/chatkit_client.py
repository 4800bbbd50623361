"""Speaks the ChatKit protocol with a running server in the types of the official package; any surprise ends it."""

import json
import sys
import urllib.error
import urllib.request

from chatkit import types
from pydantic import TypeAdapter

QUESTION = "How far does the knee joint bend the leg?"
ANSWER = "It bends by 120 degrees [1]. Penguins live in the cold seas of the south."

base = sys.argv[1]
requests = TypeAdapter(types.ChatKitReq)
events_of = TypeAdapter(types.ThreadStreamEvent)


def post(path, body, secret=None):
    headers = {"Content-Type": "application/json"}
    if secret:
        headers["Authorization"] = f"Bearer {secret}"
    request = urllib.request.Request(base + path, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as response:
        return response.headers.get_content_type(), response.read().decode()


def send(operation, **params):
    body = {"type": operation, "params": params}
    # What is sent is what the package would have sent.
    requests.validate_python(body)
    return post("/chatkit", body, secret)


def ask(operation, **params):
    content_type, text = send(operation, **params)
    assert content_type == "text/event-stream", content_type
    blocks = [block for block in text.split("\n\n") if block]
    assert all(block.startswith("data: ") and "\n" not in block for block in blocks), text
    return [events_of.validate_json(block[6:]) for block in blocks]


def call(operation, model, **params):
    content_type, text = send(operation, **params)
    assert content_type == "application/json", content_type
    return TypeAdapter(model).validate_json(text)


secret = json.loads(post("/api/chatkit/session", {})[1])["client_secret"]
message = {"content": [{"type": "input_text", "text": QUESTION}], "attachments": [], "inference_options": {}}

events = ask("threads.create", input=message)
created, user = events[0], events[1]
assert isinstance(created, types.ThreadCreatedEvent) and created.thread.title == QUESTION, created
assert isinstance(user.item, types.UserMessageItem) and user.item.content[0].text == QUESTION, user
assert events[2].stream_options.allow_cancel, events[2]
thread = created.thread.id

updates = [event for event in events if isinstance(event, types.ThreadItemUpdatedEvent)]
text = "".join(
    event.update.delta
    for event in updates
    if isinstance(event.update, types.AssistantMessageContentPartTextDelta)
)
assert text == ANSWER, text
notices = [event for event in events if isinstance(event, types.NoticeEvent)]
assert [notice.level for notice in notices] == ["info"], "one sentence rests on no source"
added = [e.update for e in updates if isinstance(e.update, types.AssistantMessageContentPartAnnotationAdded)]
answer = events[-1].item
assert isinstance(answer, types.AssistantMessageItem) and answer.content[0].text == ANSWER, answer
annotations = answer.content[0].annotations
assert [update.annotation for update in added] == annotations and len(annotations) == 1, annotations
source = annotations[0].source
assert isinstance(source, types.FileSource) and source.filename == "docs/leg.md" and source.title == "Leg", source
assert ANSWER[annotations[0].index :].startswith("[1]"), annotations

events = ask("threads.add_user_message", thread_id=thread, input=message)
assert isinstance(events[0].item, types.UserMessageItem), events[0]
events = ask("threads.retry_after_item", thread_id=thread, item_id=user.item.id)
assert isinstance(events[0], types.StreamOptionsEvent), events[0]

whole = call("threads.get_by_id", types.Thread, thread_id=thread)
assert [item.type for item in whole.items.data] == ["user_message", "assistant_message"], whole
assert whole.items.data[1].content[0].annotations == annotations, whole
items = call("items.list", types.Page[types.ThreadItem], thread_id=thread, limit=1, order="asc")
assert items.has_more and items.after == user.item.id, items
listed = call("threads.list", types.Page[types.Thread])
assert [entry.id for entry in listed.data] == [thread] and not listed.has_more, listed
assert call("threads.update", types.Thread, thread_id=thread, title="Knees").title == "Knees"
assert send("items.feedback", thread_id=thread, item_ids=[events[-1].item.id], kind="positive")[1] == "{}"
assert send("threads.delete", thread_id=thread)[1] == "{}"
assert call("threads.list", types.Page[types.Thread]).data == []

try:
    send("attachments.create", name="a.pdf", size=3, mime_type="application/pdf")
    raise SystemExit("an attachment was taken")
except urllib.error.HTTPError as error:
    assert error.code == 400 and json.load(error)["error"]["code"] == "attachments_not_supported"
