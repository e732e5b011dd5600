import {useState} from 'preact/hooks';
import {ok, type ApiClient, type ApiKey} from '../api';
import {Confirm} from '../parts/Dialog';

const OVERLAPS = [
  {label: 'At once', seconds: 0},
  {label: 'In an hour', seconds: 3600},
  {label: 'In a day', seconds: 86_400},
  {label: 'In a week', seconds: 604_800},
];

/** Puts a new key in an old one's place; for a while both work. */
export function RollKey(props: {api: ApiClient; old: ApiKey; onRolled: (secret: string) => Promise<void>; onClose: () => void}) {
  const [overlapSeconds, setOverlapSeconds] = useState(86_400);
  const roll = async () => {
    const {data} = await ok(
      props.api.POST('/v1/users/api-keys/{id}/roll', {
        params: {path: {id: props.old.id}},
        body: {data: {overlapSeconds}},
      }),
    );
    // Null only where a request is repeated under an Idempotency-Key, which this one has not.
    if (data.apiKey !== null) {
      await props.onRolled(data.apiKey);
    }
  };
  return (
    <Confirm title="Roll API key" confirm="Roll key" onConfirm={roll} onClose={props.onClose}>
      <p>You get a new key with the name and scopes of <strong>{props.old.name}</strong>.</p>
      <label>
        <span>The old key stops</span>
        <select value={overlapSeconds} onChange={(event) => setOverlapSeconds(Number(event.currentTarget.value))}>
          {OVERLAPS.map(({label, seconds}) => <option key={seconds} value={seconds}>{label}</option>)}
        </select>
      </label>
    </Confirm>
  );
}
