// A client of Berth, typed by its OpenAPI document.
import createClient, {type Client} from 'openapi-fetch';
import type {components, paths} from './openapi.js';

/** Every path of the API with what it takes and answers. */
export type {paths};

/** What the API's documents are made of, by name: `Schemas['Deployment']`. */
export type Schemas = components['schemas'];

/** What the API says when it says no. */
export type Problem = Schemas['Error'];

/** The API, one method per HTTP method: `berth.GET('/v1/deployments/{dseq}', {params: {path: {dseq}}})`. */
export type Berth = Client<paths>;

/** The API said no. */
export class BerthError extends Error {
  /**
   * @param status the HTTP status
   * @param problem the answer's body; undefined if what answered was not Berth
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
 * A client that acts with an API key.
 *
 * @param url where Berth answers, without `/v1`
 */
export function createBerth({url, apiKey}: {url: string; apiKey: string}): Berth {
  return createClient<paths>({baseUrl: url, headers: {'x-api-key': apiKey}});
}

/** A body as JSON, where the API would tell it as text too. */
type Json<T> = [Exclude<T, string>] extends [never] ? T : Exclude<T, string>;

/** The answer's body; throws a {@link BerthError} unless it is a success. */
export async function ok<T>(answer: Promise<{data?: T; error?: unknown; response: Response}>): Promise<Json<T>> {
  const {data, error, response} = await answer;
  if (response.ok) return data as Json<T>;
  throw new BerthError(response.status, isProblem(error) ? error : undefined);
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'problem' in error && 'message' in error;
}
