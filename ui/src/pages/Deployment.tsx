import {useState} from 'preact/hooks';
import {ok, type ApiClient, type Deployment, type Lease} from '../api';
import {costOf} from '../money';
import {Confirm} from '../parts/Dialog';
import {Failure} from '../parts/Failure';
import {duration, usdPerHour} from '../parts/format';
import {useLoaded} from '../parts/hooks';
import {Runway} from '../parts/Runway';
import {State} from '../parts/State';
import {Events} from './Events';
import {Logs} from './Logs';
import {Steps} from './Steps';

const REFRESH_MILLIS = 5_000;

export function DeploymentPage({api, dseq, blockSeconds}: {api: ApiClient; dseq: string; blockSeconds: number}) {
  const path = {params: {path: {dseq}}};
  const loaded = useLoaded(async () => (await ok(api.GET('/v1/deployments/{dseq}', path))).data, REFRESH_MILLIS, [api, dseq]);
  const [open, setOpen] = useState<'none' | 'close' | 'deposit'>('none');
  const [done, setDone] = useState('');
  const finish = async (text: string) => {
    setOpen('none');
    setDone(text);
    await loaded.reload();
  };
  const view = loaded.value;
  const active = view?.deployment.state === 'active';
  return (
    <>
      <div class="title">
        <h1>Deployment <code>{dseq}</code></h1>
        {active && (
          <div class="actions">
            <button onClick={() => setOpen('deposit')}>Add funds</button>
            <button class="danger" onClick={() => setOpen('close')}>Close</button>
          </div>
        )}
      </div>
      <p class="hint" role="status">{done}</p>
      <Failure error={loaded.error} onRetry={loaded.reload} />
      {!view && !loaded.error && <p class="empty" role="status">Loading deployment…</p>}
      {view && <Facts view={view} blockSeconds={blockSeconds} />}
      {view?.operation && (
        <Steps key={view.operation.state} api={api} id={view.operation.id} live={view.operation.state === 'running'} />
      )}
      {view && view.leases.map((lease) => <LeaseCard key={`${lease.id.gseq}/${lease.id.oseq}/${lease.id.provider}`} lease={lease} />)}
      {view && view.leases.length > 0 && <Events api={api} dseq={dseq} live={active} />}
      {view?.leases.some((lease) => lease.state === 'active') && <Logs api={api} dseq={dseq} />}
      {open === 'close' && (
        <Confirm
          title="Close deployment"
          confirm="Close deployment"
          danger
          onClose={() => setOpen('none')}
          onConfirm={async () => {
            await ok(api.DELETE('/v1/deployments/{dseq}', path));
            await finish('The deployment is closed; what was left of its funds came back.');
          }}
        >
          <p>What runs there stops and its data is gone. What is left of its funds comes back to your balance.</p>
        </Confirm>
      )}
      {open === 'deposit' && <Deposit api={api} dseq={dseq} onDone={finish} onClose={() => setOpen('none')} />}
    </>
  );
}

function Facts({view, blockSeconds}: {view: Deployment; blockSeconds: number}) {
  const cost = costOf(view, blockSeconds);
  return (
    <dl class="figures">
      <div><dt>State</dt><dd><State state={view.deployment.state} /></dd></div>
      <div><dt>Age</dt><dd>{duration(Date.now() - Number(view.deployment.id.dseq))}</dd></div>
      <div><dt>Cost</dt><dd>{usdPerHour(cost.perHour)}</dd></div>
      <div class="wide"><dt>Runway</dt><dd><Runway cost={cost} /></dd></div>
    </dl>
  );
}

function LeaseCard({lease}: {lease: Lease}) {
  const services = Object.values(lease.status?.services ?? {});
  return (
    <section class="card">
      <div class="title">
        <h2>Lease with <code>{lease.id.provider}</code></h2>
        <State state={lease.state} />
      </div>
      {services.length === 0 ? (
        <p class="hint">{lease.state === 'active' ? 'The provider has not told of it yet.' : 'Nothing runs here.'}</p>
      ) : (
        <ul class="services">
          {services.map((service) => (
            <li key={service.name}>
              <strong>{service.name}</strong> {service.ready_replicas} of {service.replicas} ready
              <ul>
                {service.uris.map((uri) => (
                  <li key={uri}><a href={`http://${uri}`} rel="noreferrer noopener" target="_blank">{uri}</a></li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Deposit(props: {api: ApiClient; dseq: string; onDone: (text: string) => Promise<void>; onClose: () => void}) {
  const [amount, setAmount] = useState('5');
  // One key for this dialog: pressing the button again after a failure never deposits twice.
  const [key] = useState(() => crypto.randomUUID());
  return (
    <Confirm
      title="Add funds"
      confirm="Add funds"
      onClose={props.onClose}
      onConfirm={async () => {
        await ok(
          props.api.POST('/v1/deployments/deposit/{dseq}', {
            params: {path: {dseq: props.dseq}, header: {'Idempotency-Key': key}},
            body: {data: {deposit: Number(amount)}},
          }),
        );
        await props.onDone('Funds added.');
      }}
    >
      <label>
        <span>Amount in US dollars</span>
        <input
          type="number"
          min="0.01"
          step="0.01"
          required
          value={amount}
          onInput={(event) => setAmount(event.currentTarget.value)}
        />
      </label>
      <p>It moves from your balance to this deployment.</p>
    </Confirm>
  );
}
