/** Random bytes that nobody can guess, in hexadecimal. */
export const randomName = (bytes = crypto.getRandomValues(new Uint8Array(16))) =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * The id of a new conversation, a random UUID: without one, all questions of a `user_id` join its one thread. Pages
 * without TLS have no `crypto.randomUUID`.
 */
export function newConversationID() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return randomName(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
