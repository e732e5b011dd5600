import {useState} from 'preact/hooks';
import {ok, type ApiClient} from '../api';

const TAIL = 200;

/** The last lines of every service; read when asked for, as providers are slow to answer. */
export function Logs({api, dseq}: {api: ApiClient; dseq: string}) {
  const [lines, setLines] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const read = async () => {
    setBusy(true);
    setError('');
    try {
      const text = await ok(
        api.GET('/v1/deployments/{dseq}/logs', {
          params: {path: {dseq}, query: {tail: TAIL}},
          headers: {accept: 'text/plain'},
          parseAs: 'text',
        }),
      );
      setLines(text);
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="card">
      <div class="title">
        <h2>Logs</h2>
        <button onClick={() => void read()} disabled={busy}>{busy ? 'Reading…' : lines === undefined ? 'Show' : 'Refresh'}</button>
      </div>
      {error && <p class="error" role="alert">{error}</p>}
      {lines !== undefined && <pre tabIndex={0} aria-label="Log lines">{lines || 'No lines.'}</pre>}
    </section>
  );
}
