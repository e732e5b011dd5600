// A client of Berth, typed by its OpenAPI document.
import createClient, {type Client} from 'openapi-fetch';
import type {components, paths} from './openapi.js';

/** The paths of the API with their requests and responses. */
export type {paths};

/** The schemas of the API by name: `Schemas['Deployment']`. */
export type Schemas = components['schemas'];

/** The body of an error response. */
export type Problem = Schemas['Error'];

/** A client with one method per HTTP method: `berth.GET('/v1/deployments/{dseq}', {params: {path: {dseq}}})`. */
export type Berth = Client<paths>;

/** A request failed. */
export class BerthError extends Error {
  /**
   * @param status the HTTP status
   * @param problem the body of the response; undefined if the response is not from Berth
   */
  constructor(
    readonly status: number,
    readonly problem: Problem | undefined,
  ) {
    super(problem?.message ?? `The request failed (${status}).`);
    this.name = 'BerthError';
  }
}

/**
 * Returns a client that authenticates with an API key.
 *
 * @param url Berth's URL, without `/v1`
 */
export function createBerth({url, apiKey}: {url: string; apiKey: string}): Berth {
  return createClient<paths>({baseUrl: url, headers: {'x-api-key': apiKey}});
}

/** The JSON form of a body that the API can also return as text. */
type Json<T> = [Exclude<T, string>] extends [never] ? T : Exclude<T, string>;

/** Returns the body of a response; throws a {@link BerthError} if the request failed. */
export async function ok<T>(answer: Promise<{data?: T; error?: unknown; response: Response}>): Promise<Json<T>> {
  const {data, error, response} = await answer;
  if (response.ok) return data as Json<T>;
  throw new BerthError(response.status, isProblem(error) ? error : undefined);
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'problem' in error && 'message' in error;
}
