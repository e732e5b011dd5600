import {ok, type ApiClient} from '../api';
import {costOf} from '../money';
import {ageOf, usdPerHour} from '../parts/format';
import {useLoaded} from '../parts/hooks';
import {Runway} from '../parts/Runway';
import {Balance} from './Usage';

const REFRESH_MILLIS = 15_000;

export function Deployments({api, blockSeconds}: {api: ApiClient; blockSeconds: number}) {
  const deployments = useLoaded(async () => (await ok(api.GET('/v1/deployments'))).data.deployments, REFRESH_MILLIS, [api]);
  return (
    <>
      <div class="title"><h1>Deployments</h1></div>
      <Balance api={api} />
      {deployments.error && (
        <p class="error" role="alert">{deployments.error} <button onClick={() => void deployments.reload()}>Try again</button></p>
      )}
      {deployments.value === undefined ? (
        !deployments.error && <p role="status">Loading deployments…</p>
      ) : deployments.value.length === 0 ? (
        <p class="empty">
          Nothing is deployed. <a href="#/api-keys">Create an API key</a> and send your first SDL to <code>POST /v1/deployments</code>.
        </p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-label="Deployments">
          <table>
            <thead>
              <tr>
                <th scope="col">Deployment</th><th scope="col">State</th><th scope="col">Age</th><th scope="col">Cost</th>
                <th scope="col">Runway</th>
              </tr>
            </thead>
            <tbody>
              {deployments.value.map((deployment) => {
                const {dseq} = deployment.deployment.id;
                const cost = costOf(deployment, blockSeconds);
                const running = deployment.leases.filter((lease) => lease.state === 'active').length;
                return (
                  <tr key={dseq}>
                    <th scope="row"><a href={`#/deployments/${dseq}`}>{dseq}</a></th>
                    <td><span class="state">{deployment.deployment.state}</span> {running === 0 ? 'no lease' : `${running} leased`}</td>
                    {/* Berth's dseq is the millisecond at which the deployment was asked for. */}
                    <td>{ageOf(Date.now() - Number(dseq))}</td>
                    <td>{usdPerHour(cost.perHour)}</td>
                    <td><Runway cost={cost} /></td>
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
