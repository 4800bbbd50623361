const names = { user: "footnote.user", token: "footnote.token" };

/**
 * Who this browser is. Without an account it is a name that nobody can guess, so that its conversations are its own;
 * signed in, it is the account's token, which ends with the browser's session.
 */
export const identity = {
  get user() {
    let user = localStorage.getItem(names.user);
    if (!user) {
      user = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      localStorage.setItem(names.user, user);
    }
    return user;
  },
  get token() {
    return sessionStorage.getItem(names.token);
  },
  set token(value) {
    if (value) sessionStorage.setItem(names.token, value);
    else sessionStorage.removeItem(names.token);
  },
};
