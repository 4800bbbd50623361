import FoundationEssentials
import Models
import State

/// A moment and those after it, in seconds.
func moment(_ seconds: Double) -> Date { Date(timeIntervalSince1970: 1_800_000_000 + seconds) }

func sampleConversation(
  _ id: String, _ owner: Owner = .named("anonymous"), at seconds: Double = 0
) -> Conversation {
  Conversation(id: id, owner: owner, createdAt: moment(seconds))
}

func sampleMessage(
  _ id: String, _ role: StoredMessage.Role = .user, at seconds: Double = 1, detail: JSONValue = .null
) -> StoredMessage {
  StoredMessage(id: id, role: role, text: "Text of \(id).", createdAt: moment(seconds), detail: detail)
}

func sampleRecord(
  _ id: String, _ kind: String = "event", owner: Owner? = nil, at seconds: Double = 0,
  subject: String? = nil, content: JSONValue = ["n": 1]
) -> Record {
  Record(id: id, kind: kind, owner: owner, createdAt: moment(seconds), subject: subject, content: content)
}

func sampleAccount(_ id: String, _ email: String) -> Account {
  Account(
    id: id, email: email, name: "A. Person", passwordHash: "scrypt$1$2$3", createdAt: moment(0),
    tokensValidAfter: moment(0.125))
}
