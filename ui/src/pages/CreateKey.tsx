import {useState} from 'preact/hooks';
import {ok, type ApiClient, type Scope} from '../api';
import {Confirm} from '../parts/Dialog';

const LONGEST_NAME = 40;
const DAY_MILLIS = 86_400_000;

/** What most keys are for; no scopes at all are full access. */
const PRESETS: readonly {name: string; explains: string; scopes: Scope[] | null}[] = [
  {name: 'Full access', explains: 'Everything you can do, keys included.', scopes: null},
  {
    name: 'Deploy',
    explains: 'Create, change and close deployments; read their logs.',
    scopes: ['deployments:read', 'deployments:write', 'leases:write', 'logs:read'],
  },
  {name: 'Read only', explains: 'See deployments and their logs.', scopes: ['deployments:read', 'logs:read']},
];

const EXPIRIES = [
  {label: 'Never', days: 0},
  {label: 'In 30 days', days: 30},
  {label: 'In 90 days', days: 90},
  {label: 'In a year', days: 365},
];

export function CreateKey(props: {api: ApiClient; onCreated: (secret: string) => Promise<void>; onClose: () => void}) {
  const [name, setName] = useState('');
  const [preset, setPreset] = useState(0);
  const [days, setDays] = useState(0);
  const create = async () => {
    const expiresAt = days > 0 ? {expiresAt: new Date(Date.now() + days * DAY_MILLIS).toISOString()} : {};
    const scopes = PRESETS[preset]?.scopes ?? null;
    const {data} = await ok(props.api.POST('/v1/users/api-keys', {body: {data: {name: name.trim(), scopes, ...expiresAt}}}));
    // Null only where a request is repeated under an Idempotency-Key, which this one has not.
    if (data.apiKey !== null) {
      await props.onCreated(data.apiKey);
    }
  };
  return (
    <Confirm title="Create API key" confirm="Create key" onConfirm={create} onClose={props.onClose}>
      <label>
        <span>Name</span>
        <input
          required
          maxLength={LONGEST_NAME}
          pattern=".*\S.*"
          title="A name that is not blank"
          placeholder="My laptop"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <fieldset>
        <legend>Scopes</legend>
        {PRESETS.map((choice, index) => (
          <label class="choice" key={choice.name}>
            <input type="radio" name="preset" checked={preset === index} onChange={() => setPreset(index)} />
            <span>{choice.name} <small>{choice.explains}</small></span>
          </label>
        ))}
      </fieldset>
      <label>
        <span>Expires</span>
        <select value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}>
          {EXPIRIES.map((choice) => <option key={choice.days} value={choice.days}>{choice.label}</option>)}
        </select>
      </label>
    </Confirm>
  );
}
