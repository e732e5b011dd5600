import {useState} from 'preact/hooks';
import {ok, type ApiClient, type Logs as Lines} from '../api';
import {useAction} from '../parts/hooks';

const TAIL = 200;

/** The last lines of every replica; read when asked for, as providers are slow to answer. */
export function Logs({api, dseq}: {api: ApiClient; dseq: string}) {
  const [logs, setLogs] = useState<Lines>();
  const {busy, error, run} = useAction(async () => {
    const answer = await ok(api.GET('/v1/deployments/{dseq}/logs', {params: {path: {dseq}, query: {tail: TAIL}}}));
    if (typeof answer !== 'string') setLogs(answer.data);
  });
  return (
    <section class="card">
      <div class="title">
        <h2>Logs</h2>
        <button onClick={() => void run()} disabled={busy}>{busy ? 'Reading…' : logs ? 'Read again' : 'Read logs'}</button>
      </div>
      {error && <p class="error" role="alert">{error}</p>}
      {logs && (
        <pre tabIndex={0} role="log" aria-label="Log lines">
          {logs.lines.map((line) => `${line.pod} | ${line.message}`).join('\n') || 'No lines.'}
        </pre>
      )}
      {logs?.leases
        .filter((lease) => lease.state !== 'read')
        .map((lease) => <p key={lease.provider} class="notice">{lease.provider}: {lease.reason ?? lease.state}</p>)}
    </section>
  );
}
