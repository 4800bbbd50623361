import Answering
import HTTPServer
import Models

extension APIDescription {
  static let chatOperations = [
    APIOperation(
      .post, "/api/chat", "chat", tag: "Chat", "Ask a question", description: streaming,
      body: [
        .json(
          Schema.object([
            "message": Schema.string("The question."),
            "user_id?": Schema.string(
              "Whose conversation it is, at most 200 characters; anonymous by default."),
            "conversation_id?": Schema.string("The conversation that it belongs to; a new one by default."),
            "stream?": stream, "filter?": filter,
          ]))
      ], replies: [answered]),
    APIOperation(
      .post, "/api/chat/sessions", "beginSession", tag: "Chat", "Begin a conversation",
      body: [.json(Schema.anyObject())], isBodyRequired: false,
      replies: [
        .ok(
          "The session.",
          Schema.object([
            "session_id": Schema.string(), "created_at": Schema.string(format: "date-time"),
          ]))
      ]),
    APIOperation(
      .post, "/api/chat/chat", "chatInSession", tag: "Chat", "Ask a question in a session",
      description: streaming,
      body: [
        .json(
          Schema.object([
            "session_id": Schema.string(), "message": Schema.string("The question."),
            "user_id?": Schema.string(), "stream?": stream, "filter?": filter,
          ]))
      ], replies: [answered]),
    APIOperation(
      .post, "/chat", "chatByCookie", tag: "Chat", "Ask a question in the conversation of a cookie",
      description: "The cookie is signed, and set at the first message. " + streaming,
      body: [
        .json(
          Schema.object([
            "prompt": Schema.string("The question."), "model?": Schema.string("Chat model."),
            "stream?": stream, "filter?": filter,
          ]))
      ], replies: [answered]),
    APIOperation(
      .post, "/api/feedback", "rate", tag: "Chat", "Say whether an answer helped",
      body: [
        .json(
          Schema.object([
            "message_id": Schema.string("Of the answer."),
            "rating": ["enum": ["up", "down", 1, -1]], "comment?": Schema.string(),
          ]))
      ],
      replies: [
        .ok("It is kept.", Schema.object(["status": Schema.string(), "message_id": Schema.string()]))
      ]),
    APIOperation(
      .get, "/api/conversations", "listConversations", tag: "Chat", "List one's own conversations",
      parameters: [
        .query("after", Schema.string("Id of the last conversation of the page before.")),
        .query("limit", Schema.integer("", 1...500, default: 50)),
      ],
      replies: [
        .ok(
          "Latest first.",
          Schema.object([
            "conversations": Schema.array(Schema.named("Conversation")),
            "next": ["type": ["string", "null"], "description": "For 'after'."],
          ]))
      ]),
    APIOperation(
      .get, "/api/conversations/{id}", "getConversation", tag: "Chat", "Read a conversation",
      parameters: [
        .query("user_id", Schema.string()), .query("limit", Schema.integer("", 1...10_000, default: 1000)),
      ], replies: [.ok("With its messages.", Schema.named("Conversation"))]),
    APIOperation(
      .delete, "/api/conversations/{id}", "removeConversation", tag: "Chat", "Remove a conversation",
      description: "What the report of gaps holds of its questions goes with it, and ratings of its answers.",
      parameters: [.query("user_id", Schema.string())],
      replies: [
        .ok("It is gone.", Schema.object(["id": Schema.string(), "deleted": Schema.boolean()]))
      ]),
    APIOperation(
      .get, "/api/conversations/export", "exportConversations", tag: "Chat", "Read everybody's conversations",
      access: .administrator,
      replies: [
        .ok(
          "By user, oldest first.",
          Schema.map(
            Schema.array(
              Schema.object([
                "user?": Schema.string(), "bot?": Schema.string(), "timestamp": Schema.string(),
              ]))))
      ]),
    APIOperation(
      .get, "/api/suggestions", "suggest", tag: "Chat", "Questions that the corpus is likely to answer",
      parameters: [.query("after", Schema.string("A question: what to ask next is suggested."))],
      replies: [.ok("A few questions.", Schema.object(["suggestions": Schema.array([:])]))]),
    APIOperation(
      .get, "/api/passage", "getPassage", tag: "Search", "Read the text around a citation",
      parameters: [
        .init(name: "source", schema: Schema.string("Of the citation."), isRequired: true),
        .query("start", Schema.integer()), .query("end", Schema.integer()),
      ], replies: [.ok("The stored text.", Schema.anyObject())]),
  ]

  private static let streaming = """
    With "stream": true the reply is a stream of events: start names the conversation, delta carries text, replace \
    takes the place of all of it, citations lists what the numbers mean, and done is the whole reply; error stands in \
    its place where there is none.
    """

  private static let stream = Schema.boolean("Whether the answer is sent as it is written.")

  private static let answered = APIOperation.Reply(
    status: 200, description: "The answer with its footnotes.",
    contents: [.json(Schema.named("ChatReply")), .other("text/event-stream")])

  static let chatSchemas: KeyValuePairs<String, JSONValue> = [
    "ChatReply": Schema.object([
      "answer": Schema.string("With [1] and the like where a citation belongs."),
      "response": Schema.string("The same text."), "conversation_id": Schema.string(),
      "session_id?": Schema.string("The same id."),
      "message_id?": Schema.string("Of the answer; POST /api/feedback takes it."),
      "created_at?": Schema.string("When the answer was stored.", format: "date-time"),
      "citations": Schema.array(
        Schema.named("Citation"), "In the order of their numbers; empty for a refusal."),
      "tool_calls": Schema.array(Schema.named("ToolCall"), "Tools that were used, in order."),
      "answered": Schema.boolean(
        "Whether a reply is given; false where the documents are said not to answer the question."),
      "confidence": Schema.number(
        """
        How sure it is that this reply holds the answer: a probability, fitted to replies of which that was known. A \
        refusal has at most 0.2; a greeting's reply has 1.
        """, 0...1),
      "low_confidence": Schema.boolean(
        """
        Whether readers should be told that the documents may not answer: a reply was given, and its confidence is \
        below \(Answer.lowConfidence). The gap report counts such questions.
        """),
      "milliseconds": Schema.number("Time that the answer took, retrieval included."),
      "model?": Schema.string("Chat model that wrote it; absent where the documents' own sentences answer."),
      "usage?": Schema.anyObject("Tokens that the providers counted, and searches that a reranker bills."),
      "cost?": Schema.number(
        "United States dollars by the providers' price lists, as far as they are known."),
      "degraded?": Schema.boolean(
        "Whether the documents' own sentences, or a search by words alone, had to do."),
      "degraded_reason?": Schema.anyObject(
        "What failed, and what to do about it: code, message, hint, and part: search where words alone were searched for."
      ),
      "hint?": Schema.string(
        """
        What readers should know besides, and what to do about it: of a refusal or an answer of low confidence why \
        the documents may say more, as where they are in another language than the question; of an answer why it was not \
        checked in full.
        """
      ),
      "reranking?": Schema.named("Reranking"),
      "rewritten_question?": Schema.string("What was searched for, where that is not what was asked."),
      "sentences?": Schema.array(
        Schema.named("GroundedSentence"), "Each sentence of a chat model and how far the sources support it."),
      "dropped_sentences?": Schema.integer("Sentences left out, because no source supports them."),
    ]),
    "GroundedSentence": Schema.object(
      [
        "start": Schema.integer("First code point in the answer."),
        "end": Schema.integer("Code point after the last."),
        "support": [
          "type": ["number", "null"],
          "description":
            "Probability that the sources say it; null where there is nothing to look up, or unchecked.",
        ],
        "supported": Schema.boolean("Whether that is enough for the sentence to stand unmarked."),
        "unchecked?": Schema.boolean(
          """
          True where only its numbers and names were looked up: the sources are in another language, and the embedding \
          model tells nothing across languages.
          """),
        "citations": Schema.array(Schema.integer(), "Numbers of its citations."),
        "misquoted?": Schema.array(
          Schema.string(), "What it gave as a quotation and no source holds; its marks were taken away."),
      ], "A sentence of an answer, held against the sources."),
    "Citation": Schema.object(
      [
        "number": Schema.integer("In the answer, from 1."),
        "document": Schema.string("Short name of the document."),
        "source": Schema.string("Path or URL of the document."),
        "title?": Schema.string("The document's own title."),
        "heading_path": Schema.array(Schema.string(), "Headings above the quotation, outermost first."),
        "page?": Schema.integer("From 1, where the original has pages."),
        "anchor?": Schema.string("Fragment that links into the original."),
        "url?": Schema.string("Where it is on the web, anchor included."),
        "start": Schema.integer("First code point of the stored text."),
        "end": Schema.integer("Code point after the last."),
        "quote": Schema.string("The stored text between them."),
      ], "Where a sentence of an answer can be checked."),
    "ToolCall": Schema.object([
      "tool": Schema.string("Name of the tool."), "arguments": ["description": "What it was called with."],
      "result": ["description": "What it returned, or {\"error\": …}."],
    ]),
    "Conversation": Schema.object([
      "id": Schema.string(), "conversation_id?": Schema.string("The same id."),
      "title?": ["type": ["string", "null"], "description": "The beginning of its first message."],
      "created_at": Schema.string(format: "date-time"),
      "updated_at": Schema.string("When its last message came.", format: "date-time"),
      "message_count?": Schema.integer("Questions and answers."),
      "messages?": Schema.array(
        Schema.object([
          "id": Schema.string(), "role": Schema.choice(["user", "assistant"]), "content": Schema.string(),
          "created_at": Schema.string(format: "date-time"),
          "answered?": Schema.boolean("As in ChatReply, of which answers have the other members too."),
          "confidence?": Schema.number("As in ChatReply.", 0...1),
          "low_confidence?": Schema.boolean("As in ChatReply; of answers."),
          "citations?": Schema.array(Schema.named("Citation")),
          "stopped?": Schema.boolean("Whether the reader left before the answer was whole."),
        ]), "Oldest first."),
    ]),
  ]

  static let openAIOperations = [
    APIOperation(
      .post, "/v1/chat/completions", "createChatCompletion", tag: "OpenAI", "Answer as OpenAI does",
      description:
        "As in OpenAI's reference; citations, answered, confidence and low_confidence, as in ChatReply, are further members.",
      body: [
        .json(
          Schema.object([
            "model": Schema.string(), "messages": Schema.array(Schema.anyObject()),
            "stream?": Schema.boolean(), "filter?": filter,
          ]))
      ],
      replies: [
        APIOperation.Reply(
          status: 200, description: "A chat completion, or its chunks.",
          contents: [.json(Schema.anyObject()), .other("text/event-stream")])
      ]),
    APIOperation(
      .post, "/v1/responses", "createResponse", tag: "OpenAI", "Answer as OpenAI's Responses API does",
      description: """
        As in OpenAI's reference; citations, answered, confidence and low_confidence, as in ChatReply, are further \
        members, and the marks of the text are its annotations: url_citation for documents on the web, file_citation \
        for others. Responses are not stored: the whole conversation is sent in input.
        """,
      body: [
        .json(
          Schema.object([
            "model": Schema.string(),
            "input": ["anyOf": [Schema.string("The question."), Schema.array(Schema.anyObject())]],
            "instructions?": Schema.string("What the chat model is told besides."),
            "stream?": Schema.boolean(), "max_output_tokens?": Schema.integer("", 16...Int(Int32.max)),
            "temperature?": Schema.number("", 0...2), "top_p?": Schema.number("", 0...1),
            "metadata?": Schema.map(Schema.string()), "filter?": filter,
          ]))
      ],
      replies: [
        APIOperation.Reply(
          status: 200, description: "A response, or the events of its making.",
          contents: [.json(Schema.anyObject()), .other("text/event-stream")])
      ]),
    APIOperation(
      .get, "/v1/models", "listModels", tag: "OpenAI", "List models",
      replies: [.ok("A list of models.", Schema.anyObject())]),
    APIOperation(
      .get, "/v1/models/{id}", "getModel", tag: "OpenAI", "Describe a model",
      replies: [.ok("The model.", Schema.anyObject())]),
    APIOperation(
      .get, "/v1/models/{owner}/{id}", "getOwnersModel", tag: "OpenAI",
      "Describe a model with a slash in its name",
      replies: [.ok("The model.", Schema.anyObject())]),
    APIOperation(
      .post, "/v1/embeddings", "createEmbedding", tag: "OpenAI", "Embed texts with the corpus's model",
      body: [
        .json(
          Schema.object([
            "input": ["anyOf": [Schema.string(), Schema.array(Schema.string())]], "model?": Schema.string(),
            "encoding_format?": Schema.choice(["float", "base64"]),
          ]))
      ], replies: [.ok("A list of embeddings.", Schema.anyObject())]),
  ]
}
