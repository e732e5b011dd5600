import {ok, type ApiClient} from '../api';
import {time} from '../parts/format';
import {useLoaded} from '../parts/hooks';

const REFRESH_MILLIS = 2_000;

/** An operation's steps as they happen. */
export function Steps({api, id}: {api: ApiClient; id: string}) {
  const loaded = useLoaded(
    async () => (await ok(api.GET('/v1/operations/{id}', {params: {path: {id}}}))).data,
    REFRESH_MILLIS,
    [api, id],
  );
  const operation = loaded.value;
  if (!operation) return loaded.error ? <p class="error" role="alert">{loaded.error}</p> : null;
  return (
    <section class="card" aria-label="Progress">
      <h2>Progress: <span class="state">{operation.state.toLowerCase()}</span></h2>
      <ol class="steps">
        {operation.steps.map((step, index) => (
          <li key={index} class={step.endedAt ? 'over' : 'now'} aria-current={step.endedAt ? undefined : 'step'}>
            {step.step} <small>{time(step.startedAt)}</small>
          </li>
        ))}
      </ol>
      {operation.problem && <p class="error">{operation.problem.message}</p>}
    </section>
  );
}
