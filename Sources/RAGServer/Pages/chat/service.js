import { Service } from "../parts/api.js";
import { identity } from "./identity.js";

/** The server as the chat page uses it. */
export class ChatService extends Service {
  constructor() {
    super(() => identity.token);
  }

  /** Somebody with an account is known by it; everybody else gives their name. */
  get who() {
    return identity.token ? {} : { user_id: identity.user };
  }

  get query() {
    return identity.token ? "" : `?user_id=${identity.user}`;
  }

  ask(message, conversation, signal) {
    return this.stream("/api/chat", { message, stream: true, conversation_id: conversation,
      ...this.who }, { signal });
  }

  /**
   * An account's conversations, as the server lists them. A name without proof may open conversations but not list
   * them, so that this browser keeps a list of its own.
   */
  async conversations() {
    return identity.token ? (await this.call("GET", "/api/conversations")).conversations : identity.conversations;
  }

  /** Keeps a conversation in this browser's list, at its top, under its first question. */
  remember({ id, title }) {
    if (identity.token) return;
    const known = identity.conversations.find((each) => each.id === id);
    identity.conversations = [known ?? { id, title: title.slice(0, 80) },
      ...identity.conversations.filter((each) => each.id !== id)];
  }

  forget(id) {
    identity.conversations = identity.conversations.filter((each) => each.id !== id);
  }

  conversation(id) {
    return this.call("GET", `/api/conversations/${encodeURIComponent(id)}${this.query}`);
  }

  async remove(id) {
    await this.call("DELETE", `/api/conversations/${encodeURIComponent(id)}${this.query}`);
    this.forget(id);
  }

  rate(message, rating, comment) {
    return this.call("POST", "/api/feedback", { message_id: message, rating, comment, ...this.who });
  }

  async suggestions() {
    return (await this.call("GET", "/api/suggestions")).suggestions;
  }

  async next(question) {
    return (await this.call("GET",
      `/api/suggestions?${new URLSearchParams({ after: question })}`)).suggestions.map((each) => each.question);
  }

  async nearest(query) {
    const { passages } = await this.call("POST", "/api/search", { query, k: 3 });
    return passages.map((passage) => ({ ...passage, quote: passage.text }));
  }

  /** The stored text of the cited document between two code points. */
  text(citation, start, end) {
    const query = new URLSearchParams({ source: citation.source, start, end });
    return this.call("GET", `/api/passage?${query}`);
  }

  async signIn(email, password) {
    identity.token = (await this.call("POST", "/api/auth/login", { email, password })).token;
  }

  async signOut() {
    await this.call("POST", "/api/auth/logout").catch(() => {});
    identity.token = null;
  }
}
