import {ok, type ApiClient, type ClusterEvent} from '../api';
import {Failure} from '../parts/Failure';
import {useLoaded} from '../parts/hooks';
import {When} from '../parts/When';

const LIVE_REFRESH_MILLIS = 5_000;
const REFRESH_MILLIS = 60_000;
const MOST_SHOWN = 100;

/** What the providers' clusters say of the deployment, the newest first. */
export function Events({api, dseq, live}: {api: ApiClient; dseq: string; live: boolean}) {
  const loaded = useLoaded(
    async () => (await ok(api.GET('/v1/deployments/{dseq}/events', {params: {path: {dseq}}}))).data.events,
    live ? LIVE_REFRESH_MILLIS : REFRESH_MILLIS,
    [api, dseq],
  );
  const events = loaded.value;
  return (
    <section class="card" aria-label="Events">
      <h2>Events</h2>
      <Failure error={loaded.error} onRetry={loaded.reload} />
      {!events && !loaded.error && <p class="empty" role="status">Loading events…</p>}
      {events?.length === 0 && <p class="empty">The provider has reported nothing yet.</p>}
      {events && events.length > 0 && (
        <div class="scroll short" tabIndex={0} role="region" aria-label="List of events">
          <table>
            <thead>
              <tr><th scope="col">First seen</th><th scope="col">What</th><th scope="col">Of</th><th scope="col">Details</th></tr>
            </thead>
            <tbody>{newest(events).map((event, index) => <Row key={index} event={event} />)}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function newest(events: ClusterEvent[]): ClusterEvent[] {
  return events.slice(-MOST_SHOWN).reverse();
}

function Row({event}: {event: ClusterEvent}) {
  return (
    <tr class={event.type === 'Warning' ? 'warning' : undefined}>
      <td><When at={event.firstSeen} /></td>
      <td>{event.type === 'Warning' ? `Warning: ${event.reason}` : event.reason}</td>
      <td>{event.service || event.object.kind}</td>
      <td>{event.note}</td>
    </tr>
  );
}
