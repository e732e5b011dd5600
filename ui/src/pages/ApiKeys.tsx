import {useState} from 'preact/hooks';
import {ok, type ApiClient, type ApiKey} from '../api';
import {Copy} from '../parts/Copy';
import {Confirm, Dialog} from '../parts/Dialog';
import {Failure} from '../parts/Failure';
import {useLoaded} from '../parts/hooks';
import {When} from '../parts/When';
import {CreateKey} from './CreateKey';
import {RollKey} from './RollKey';

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
  const openFresh = (next: Open) => {
    setDone('');
    setOpen(next);
  };
  const show = async (secret: string) => {
    setOpen({kind: 'secret', secret});
    await keys.reload();
  };
  const remove = async (key: ApiKey) => {
    await ok(api.DELETE('/v1/users/api-keys/{id}', {params: {path: {id: key.id}}}));
    close();
    setDone(`API key ${key.name} deleted.`);
    await keys.reload();
  };
  return (
    <>
      <div class="title">
        <h1>API Keys</h1>
        <button class="primary" onClick={() => openFresh({kind: 'create'})}>Create key</button>
      </div>
      <p class="hint" role="status">{done}</p>
      <Failure error={keys.error} onRetry={keys.reload} />
      {keys.value === undefined ? (
        !keys.error && <p class="empty" role="status">Loading keys…</p>
      ) : keys.value.length === 0 ? (
        <p class="empty">No API keys yet. A key lets a program act for you: create one to deploy over HTTP.</p>
      ) : (
        <Table
          keys={keys.value}
          onRoll={(key) => openFresh({kind: 'roll', key})}
          onDelete={(key) => openFresh({kind: 'delete', key})}
        />
      )}
      <aside class="notice">
        <h2>Using a key</h2>
        <p>Programs send it in the header <code>x-api-key</code>. Give each program a key of its own, so that you can take it away. <a href="/v1/swagger">API documentation</a></p>
      </aside>
      {open.kind === 'create' && <CreateKey api={api} onCreated={show} onClose={close} />}
      {open.kind === 'secret' && <Secret secret={open.secret} onClose={close} />}
      {open.kind === 'roll' && <RollKey api={api} old={open.key} onRolled={show} onClose={close} />}
      {open.kind === 'delete' && (
        <Confirm title="Delete API key" confirm="Delete" danger onClose={close} onConfirm={() => remove(open.key)}>
          <p>Programs that use <strong>{open.key.name}</strong> stop working at once. It cannot be brought back.</p>
        </Confirm>
      )}
    </>
  );
}

async function list(api: ApiClient): Promise<ApiKey[]> {
  const {data} = await ok(api.GET('/v1/users/api-keys'));
  return [...data].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

function Table(props: {keys: readonly ApiKey[]; onRoll: (key: ApiKey) => void; onDelete: (key: ApiKey) => void}) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="API keys">
      <table class="stacked">
        <thead>
          <tr>
            <th scope="col">Name</th><th scope="col">Key</th><th scope="col">Scopes</th><th scope="col">Created</th>
            <th scope="col">Last used</th><th scope="col">Expires</th><th scope="col"><span class="sr">Actions</span></th>
          </tr>
        </thead>
        <tbody>
          {props.keys.map((key) => (
            <tr key={key.id}>
              <th scope="row">{key.name}</th>
              <td data-label="Key"><code>{key.keyFormat}</code></td>
              <td data-label="Scopes"><Scopes scopes={key.scopes} /></td>
              <td data-label="Created"><When at={key.createdAt} /></td>
              <td data-label="Last used"><When at={key.lastUsedAt} /></td>
              <td data-label="Expires"><When at={key.expiresAt} /></td>
              <td>
                <div class="actions">
                  <button aria-label={`Roll ${key.name}`} onClick={() => props.onRoll(key)}>Roll</button>
                  <button class="danger" aria-label={`Delete ${key.name}`} onClick={() => props.onDelete(key)}>Delete</button>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Scopes({scopes}: {scopes: ApiKey['scopes']}) {
  if (!scopes) return <>Full access</>;
  return <ul class="tags">{scopes.map((scope) => <li key={scope}>{scope}</li>)}</ul>;
}

function Secret({secret, onClose}: {secret: string; onClose: () => void}) {
  return (
    <Dialog title="Save your key" onClose={onClose}>
      <p>It is shown only now. Whoever has it can act for you: keep it where you keep passwords.</p>
      <Copy label="API key" text={secret} />
      <Copy label="Command" text={`curl ${location.origin}/v1/deployments \\\n  -H 'x-api-key: ${secret}'`} multiline />
      <div class="actions"><button class="primary" onClick={onClose}>Done</button></div>
    </Dialog>
  );
}
