// Berth's API, typed by docs/openapi.yaml.
import createClient, {type Client} from 'openapi-fetch';
import type {components, paths} from '../target/generated/openapi';

export type ApiKey = components['schemas']['ApiKey'];
export type Scope = components['schemas']['Scope'];
export type Deployment = components['schemas']['Deployment'];
export type ListedDeployment = components['schemas']['ListedDeployment'];
export type ClusterEvent = components['schemas']['DeploymentEvents']['events'][number];
export type LogLine = components['schemas']['DeploymentLogs']['lines'][number];
export type Lease = Deployment['leases'][number];
export type ApiClient = Client<paths>;

/** What the API said no with. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * A client that acts for a session.
 *
 * @param onExpired called when the API no longer takes the session's credentials
 */
export function apiClient(credentials: Readonly<Record<string, string>>, onExpired: () => void): ApiClient {
  const client = createClient<paths>({headers: credentials});
  client.use({
    onResponse({response}) {
      if (response.status === 401) onExpired();
    },
  });
  return client;
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer's body; throws an {@link ApiError} in the API's own words unless it is a success. */
export async function ok<T>(answer: Promise<Answer<T>>): Promise<T> {
  const {data, error, response} = await answer;
  if (response.ok) return data as T;
  throw new ApiError(response.status, messageOf(error) ?? `The request failed (${response.status}).`);
}

function messageOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined;
  const issues = 'data' in error && Array.isArray(error.data) ? (error.data as {message?: unknown}[]) : [];
  const details = issues.map((issue) => issue.message).filter((text) => typeof text === 'string');
  return details.length > 0 ? details.join(' ') : String(error.message);
}
