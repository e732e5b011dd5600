import {ok, type ApiClient} from '../api';
import {Failure} from '../parts/Failure';
import {useLoaded} from '../parts/hooks';
import {State} from '../parts/State';
import {When} from '../parts/When';

const LIVE_REFRESH_MILLIS = 2_000;
const REFRESH_MILLIS = 60_000;

const TITLES = {
  create_deployment: 'Create the deployment',
  choose_bids: 'Wait for bids and choose',
  create_leases: 'Lease',
  send_manifests: 'Send the manifest',
  await_ready: 'Wait until it runs',
  release_leases: 'Give leases back',
  close_deployment: 'Close the deployment',
};

/** An operation's steps as they happen. */
export function Steps({api, id, live}: {api: ApiClient; id: string; live: boolean}) {
  const loaded = useLoaded(
    async () => (await ok(api.GET('/v1/operations/{id}', {params: {path: {id}}}))).data,
    live ? LIVE_REFRESH_MILLIS : REFRESH_MILLIS,
    [api, id],
  );
  const operation = loaded.value;
  return (
    <>
      <Failure error={loaded.error} onRetry={loaded.reload} />
      {operation && (
        <section class="card" aria-label="Progress">
          <div class="title"><h2>Progress</h2><State state={operation.state} /></div>
          <ol class="steps">
            {operation.steps.map((step, index) => (
              <li key={index} class={step.endedAt ? 'over' : 'now'} aria-current={step.endedAt ? undefined : 'step'}>
                {TITLES[step.step as keyof typeof TITLES] ?? step.step} <small><When at={step.endedAt ?? step.startedAt} /></small>
              </li>
            ))}
          </ol>
          {operation.problem && <p class="error">{operation.problem.message}</p>}
          {operation.warnings.map((warning) => <p key={warning} class="notice">{warning}</p>)}
        </section>
      )}
    </>
  );
}
