// Who is signed in, and what their requests carry. It is in this page's memory only: a reload forgets it.
import {InMemoryWebStorage, UserManager, WebStorageStateStore, type User} from 'oidc-client-ts';
import {apiClient, ApiError, ok} from './api';

/** What the place that serves the page tells it, from /config.json. */
export interface Config {
  /** Usual seconds between blocks, to turn prices per block into prices per hour. */
  blockSeconds: number;
  /** Who vouches for people; null where they come with an API key. */
  identityProvider: {issuer: string; clientId: string} | null;
}

/** Somebody who is signed in. */
export interface Session {
  name: string;
  /** What each request to the API carries to say whose it is. */
  credentials: Readonly<Record<string, string>>;
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json', {cache: 'no-store'});
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return (await response.json()) as Config;
}

/** A session by one of the user's API keys; the API is asked whether it takes the key. */
export async function byApiKey(key: string): Promise<Session> {
  const credentials = {'x-api-key': key};
  try {
    await ok(apiClient(credentials, () => {}).GET('/v1/users/api-keys'));
  } catch (failure) {
    if (failure instanceof ApiError && failure.status === 401) throw new Error('Berth does not know this key.');
    throw failure;
  }
  return {name: 'Account', credentials};
}

/** Sign-in with an identity provider: OpenID Connect's authorization code with PKCE. */
export class SignIn {
  private readonly users: UserManager;

  constructor({issuer, clientId}: NonNullable<Config['identityProvider']>) {
    this.users = new UserManager({
      authority: issuer,
      client_id: clientId,
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

  /** Ends a sign-in that the provider just sent back, and registers whoever is new; null if there is none. */
  async finish(): Promise<Session | null> {
    const query = new URLSearchParams(location.search);
    if (!query.has('state') || !(query.has('code') || query.has('error'))) return null;
    try {
      return await registered(await this.users.signinRedirectCallback());
    } finally {
      history.replaceState(null, '', `/${location.hash}`);
    }
  }

  /** Goes to the provider. */
  begin(): Promise<void> {
    return this.users.signinRedirect();
  }

  /** @param expired called when the provider's word is no longer good */
  onExpired(expired: () => void): void {
    this.users.events.addAccessTokenExpired(expired);
  }

  /** Forgets who it was, here and at the provider. */
  end(): Promise<void> {
    const {client_id, post_logout_redirect_uri} = this.users.settings;
    // The last two are Cognito's names for what OpenID Connect calls post_logout_redirect_uri.
    return this.users.signoutRedirect({
      extraQueryParams: {client_id, logout_uri: post_logout_redirect_uri ?? ''},
    });
  }
}

/** The ID token is what is sent: it is meant for this client, and says whether the e-mail address is verified. */
async function registered(user: User): Promise<Session> {
  const {name, email, sub} = user.profile;
  const credentials = {authorization: `Bearer ${user.id_token}`};
  await ok(apiClient(credentials, () => {}).POST('/v1/register-user', {body: {wantedUsername: name ?? null}}));
  return {name: name ?? email ?? sub, credentials};
}
