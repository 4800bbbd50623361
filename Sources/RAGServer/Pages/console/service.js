import { Service } from "../parts/api.js";

const name = "footnote.admin";

/** The server as the console uses it. The key or token stays in this tab. */
export class ConsoleService extends Service {
  constructor() {
    super(() => sessionStorage.getItem(name));
  }

  get isSignedIn() {
    return sessionStorage.getItem(name) !== null;
  }

  async enter(key) {
    sessionStorage.setItem(name, key);
    try {
      await this.call("GET", "/api/usage?days=1");
    } catch (error) {
      this.leave();
      throw error;
    }
  }

  async signIn(email, password) {
    const { token } = await this.call("POST", "/api/auth/login", { email, password });
    await this.enter(token);
  }

  leave() {
    sessionStorage.removeItem(name);
  }
}
