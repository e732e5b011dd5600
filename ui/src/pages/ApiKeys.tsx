import {useState} from 'preact/hooks';
import {ok, type ApiClient, type ApiKey} from '../api';
import {Copy} from '../parts/Copy';
import {Confirm, Dialog} from '../parts/Dialog';
import {time} from '../parts/format';
import {useLoaded} from '../parts/hooks';
import {CreateKey} from './CreateKey';

const REFRESH_MILLIS = 10_000;

type Open =
  | {kind: 'none'}
  | {kind: 'create'}
  | {kind: 'roll'; key: ApiKey}
  | {kind: 'delete'; key: ApiKey}
  | {kind: 'secret'; secret: string};

export function ApiKeys({api}: {api: ApiClient}) {
  const keys = useLoaded(() => list(api), REFRESH_MILLIS, [api]);
  const [open, setOpen] = useState<Open>({kind: 'none'});
  const [done, setDone] = useState('');
  const close = () => setOpen({kind: 'none'});
  const show = async (secret: string) => {
    setOpen({kind: 'secret', secret});
    await keys.reload();
  };
  return (
    <>
      <div class="title">
        <h1>API Keys</h1>
        <button class="primary" onClick={() => setOpen({kind: 'create'})}>Create key</button>
      </div>
      <p class="hint" role="status">{done}</p>
      {keys.error && <p class="error" role="alert">{keys.error} <button onClick={() => void keys.reload()}>Try again</button></p>}
      {keys.value === undefined ? (
        !keys.error && <p role="status">Loading keys…</p>
      ) : keys.value.length === 0 ? (
        <p class="empty">No API keys yet. A key lets a program act for you: create one to deploy over HTTP.</p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-label="API keys">
          <table>
            <thead>
              <tr>
                <th scope="col">Name</th><th scope="col">Key</th><th scope="col">Scopes</th><th scope="col">Created</th>
                <th scope="col">Last used</th><th scope="col">Expires</th><th scope="col"><span class="sr">Actions</span></th>
              </tr>
            </thead>
            <tbody>
              {keys.value.map((key) => (
                <tr key={key.id}>
                  <th scope="row">{key.name}</th>
                  <td><code>{key.keyFormat}</code></td>
                  <td><Scopes scopes={key.scopes} /></td>
                  <td>{time(key.createdAt)}</td>
                  <td>{time(key.lastUsedAt)}</td>
                  <td>{time(key.expiresAt)}</td>
                  <td class="actions">
                    <button aria-label={`Roll ${key.name}`} onClick={() => setOpen({kind: 'roll', key})}>Roll</button>
                    <button class="danger" aria-label={`Delete ${key.name}`} onClick={() => setOpen({kind: 'delete', key})}>
                      Delete
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <aside class="notice">
        <h2>Using a key</h2>
        <p>
          Send it as <code>x-api-key</code>. <a href="/v1/swagger">API documentation</a>
        </p>
      </aside>
      {open.kind === 'create' && <CreateKey api={api} onCreated={show} onClose={close} />}
      {open.kind === 'secret' && (
        <Secret
          secret={open.secret}
          onClose={() => {
            close();
            setDone('');
          }}
        />
      )}
      {open.kind === 'roll' && <Roll api={api} apiKey={open.key} onRolled={show} onClose={close} />}
      {open.kind === 'delete' && (
        <Confirm
          title="Delete API key"
          confirm="Delete"
          danger
          onClose={close}
          onConfirm={async () => {
            await ok(api.DELETE('/v1/users/api-keys/{id}', {params: {path: {id: open.key.id}}}));
            close();
            setDone(`API key ${open.key.name} deleted.`);
            await keys.reload();
          }}
        >
          <p>Programs that use <strong>{open.key.name}</strong> stop working at once. Delete it?</p>
        </Confirm>
      )}
    </>
  );
}

async function list(api: ApiClient): Promise<ApiKey[]> {
  const {data} = await ok(api.GET('/v1/users/api-keys'));
  return [...data].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

function Scopes({scopes}: {scopes: readonly string[] | null | undefined}) {
  return scopes && scopes.length > 0 ? (
    <ul class="tags">{scopes.map((scope) => <li key={scope}>{scope}</li>)}</ul>
  ) : (
    <span>Full access</span>
  );
}

function Secret(props: {secret: string; onClose: () => void}) {
  const curl = `curl ${location.origin}/v1/deployments -H "x-api-key: ${props.secret}"`;
  return (
    <Dialog title="Save your key" onClose={props.onClose}>
      <p>It is shown only now. Whoever has it can act for you: keep it where you keep passwords.</p>
      <Copy label="API key" text={props.secret} />
      <Copy label="Command" text={curl} multiline />
      <div class="actions"><button class="primary" onClick={props.onClose}>Done</button></div>
    </Dialog>
  );
}

const OVERLAPS = [
  {label: 'at once', seconds: 0},
  {label: 'in an hour', seconds: 3600},
  {label: 'in a day', seconds: 86_400},
  {label: 'in a week', seconds: 604_800},
];

function Roll(props: {api: ApiClient; apiKey: ApiKey; onRolled: (secret: string) => Promise<void>; onClose: () => void}) {
  const [overlap, setOverlap] = useState(3600);
  return (
    <Confirm
      title="Roll API key"
      confirm="Roll key"
      onClose={props.onClose}
      onConfirm={async () => {
        const {data} = await ok(
          props.api.POST('/v1/users/api-keys/{id}/roll', {
            params: {path: {id: props.apiKey.id}},
            body: {data: {overlapSeconds: overlap}},
          }),
        );
        await props.onRolled(data.apiKey);
      }}
    >
      <p>You get a new key with the name and scopes of <strong>{props.apiKey.name}</strong>.</p>
      <label>
        <span>The old key stops</span>
        <select value={overlap} onChange={(event) => setOverlap(Number(event.currentTarget.value))}>
          {OVERLAPS.map(({label, seconds}) => <option key={seconds} value={seconds}>{label}</option>)}
        </select>
      </label>
    </Confirm>
  );
}
