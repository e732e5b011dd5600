// Who is signed in, and what their requests carry. It is in this page's memory only: a reload forgets it.
import {apiClient, ApiError, ok} from './api';

/** What the place that serves the page tells it, from /config.json. */
export interface Config {
  /** Usual seconds between blocks, to turn prices per block into prices per hour. */
  blockSeconds: number;
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
