import {ok, type ApiClient} from '../api';
import {costOf} from '../money';
import {Failure} from '../parts/Failure';
import {duration, usdPerHour} from '../parts/format';
import {useLoaded} from '../parts/hooks';
import {Runway} from '../parts/Runway';
import {State} from '../parts/State';
import {Balance} from './Usage';

const REFRESH_MILLIS = 15_000;

export function Deployments({api, blockSeconds}: {api: ApiClient; blockSeconds: number}) {
  const deployments = useLoaded(async () => (await ok(api.GET('/v1/deployments'))).data.deployments, REFRESH_MILLIS, [api]);
  return (
    <>
      <div class="title"><h1>Deployments</h1></div>
      <Balance api={api} />
      <Failure error={deployments.error} onRetry={deployments.reload} />
      {deployments.value === undefined ? (
        !deployments.error && <p class="empty" role="status">Loading deployments…</p>
      ) : deployments.value.length === 0 ? (
        <p class="empty">
          Nothing is deployed. <a href="#/api-keys">Create an API key</a> and send your first SDL to <code>POST /v1/deployments</code>.
        </p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-label="Deployments">
          <table class="stacked">
            <thead>
              <tr>
                <th scope="col">Deployment</th><th scope="col">State</th><th scope="col">Leases</th><th scope="col">Age</th>
                <th scope="col">Cost</th><th scope="col">Runway</th>
              </tr>
            </thead>
            <tbody>
              {deployments.value.map((listed) => {
                const {dseq} = listed.deployment.id;
                const cost = costOf(listed, blockSeconds);
                return (
                  <tr key={dseq}>
                    <th scope="row"><a href={`#/deployments/${dseq}`}>{dseq}</a></th>
                    <td data-label="State"><State state={listed.deployment.state} /></td>
                    <td data-label="Leases">{listed.leases.filter((lease) => lease.state === 'active').length}</td>
                    {/* Berth's dseq is the millisecond at which the deployment was asked for. */}
                    <td data-label="Age">{duration(Date.now() - Number(dseq))}</td>
                    <td data-label="Cost">{usdPerHour(cost.perHour)}</td>
                    <td data-label="Runway"><Runway cost={cost} /></td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
