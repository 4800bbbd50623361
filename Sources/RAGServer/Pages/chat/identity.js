import { randomName } from "../parts/identifiers.js";

const names = { user: "footnote.user", token: "footnote.token", conversations: "footnote.conversations" };

/**
 * Who this browser is. Without an account it is a name that nobody can guess, so that its conversations are its own;
 * signed in, it is the account's token, which ends with the browser's session.
 */
export const identity = {
  get user() {
    let user = localStorage.getItem(names.user);
    if (!user) {
      user = randomName();
      localStorage.setItem(names.user, user);
    }
    return user;
  },
  /** Conversations without an account, latest first: `[{id, title}]`. */
  get conversations() {
    try {
      return JSON.parse(localStorage.getItem(names.conversations)) ?? [];
    } catch {
      return [];
    }
  },
  set conversations(all) {
    localStorage.setItem(names.conversations, JSON.stringify(all.slice(0, 200)));
  },
  get token() {
    return sessionStorage.getItem(names.token);
  },
  set token(value) {
    if (value) sessionStorage.setItem(names.token, value);
    else sessionStorage.removeItem(names.token);
  },
};
