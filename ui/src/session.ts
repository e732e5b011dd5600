// Sign-in: OIDC authorization code with PKCE. Tokens live in this page's memory only.
import {InMemoryWebStorage, UserManager, WebStorageStateStore, type User} from 'oidc-client-ts';

/** What the place that serves the page tells it, from /config.json. */
export interface Config {
  /** The OIDC provider. */
  issuer: string;
  clientId: string;
  /** Usual seconds between blocks, to turn prices per block into prices per hour. */
  blockSeconds: number;
}

/** Somebody who is signed in. */
export interface Session {
  name: string;
  token: string;
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json', {cache: 'no-store'});
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return (await response.json()) as Config;
}

export class SignIn {
  private readonly users: UserManager;

  constructor(config: Config) {
    this.users = new UserManager({
      authority: config.issuer,
      client_id: config.clientId,
      redirect_uri: `${location.origin}/`,
      post_logout_redirect_uri: `${location.origin}/`,
      response_type: 'code',
      scope: 'openid profile email',
      automaticSilentRenew: false,
      userStore: new WebStorageStateStore({store: new InMemoryWebStorage()}),
      // Only the PKCE verifier and the state of a sign-in under way; gone once it is over.
      stateStore: new WebStorageStateStore({store: sessionStorage}),
    });
  }

  /** Ends a sign-in that the provider just sent back; null if there is none. */
  async finish(): Promise<Session | null> {
    const query = new URLSearchParams(location.search);
    if (!query.has('state') || !(query.has('code') || query.has('error'))) return null;
    try {
      return sessionOf(await this.users.signinRedirectCallback());
    } finally {
      history.replaceState(null, '', `/${location.hash}`);
    }
  }

  begin(): Promise<void> {
    return this.users.signinRedirect();
  }

  /** Ends the session here and at the provider. */
  async end(): Promise<void> {
    try {
      await this.users.signoutRedirect();
    } catch {
      await this.users.removeUser();
      location.assign('/');
    }
  }
}

function sessionOf(user: User): Session {
  const {name, email, sub} = user.profile;
  return {name: name ?? email ?? sub, token: user.access_token};
}
