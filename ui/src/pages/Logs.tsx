import {EventSourceParserStream, type EventSourceMessage} from 'eventsource-parser/stream';
import {useEffect, useRef, useState} from 'preact/hooks';
import {ok, type ApiClient, type LogLine} from '../api';

const TAIL = 200;

/** Lines that are kept; older ones make room. */
const SHOWN = 1000;

interface LeaseState {
  provider: string;
  gseq: number;
  oseq: number;
  state: string;
  reason?: string;
}

/** The last lines of every replica and those that come, for as long as somebody wants to see them. */
export function Logs({api, dseq}: {api: ApiClient; dseq: string}) {
  const [lines, setLines] = useState<string[]>();
  const [leases, setLeases] = useState<Record<string, LeaseState>>({});
  const [notice, setNotice] = useState('');
  const [error, setError] = useState('');
  const following = useRef<AbortController | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => () => following.current?.abort(), [dseq]);

  /** Shows an event; says whether the stream is at its end, and why. */
  const show = ({event, data}: EventSourceMessage): string | undefined => {
    if (event === 'line') {
      const line = JSON.parse(data) as LogLine;
      setLines((shown = []) => [...shown, `${line.pod} | ${line.message}`].slice(-SHOWN));
    } else if (event === 'lease') {
      const lease = JSON.parse(data) as LeaseState;
      setLeases((known) => ({...known, [`${lease.provider}/${lease.gseq}/${lease.oseq}`]: lease}));
    } else if (event === 'end') {
      return (JSON.parse(data) as {reason: string}).reason;
    }
    return undefined;
  };

  /** One stream to its end. */
  const read = async (tail: number, signal: AbortSignal): Promise<string> => {
    const body = await ok(
      api.GET('/v1/deployments/{dseq}/logs/stream', {
        params: {path: {dseq}, query: {tail}},
        parseAs: 'stream',
        signal,
      }),
    );
    const events = (body as unknown as ReadableStream<Uint8Array<ArrayBuffer>>)
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream())
      .getReader();
    for (let next = await events.read(); !next.done; next = await events.read()) {
      const end = show(next.value);
      if (end) return end;
    }
    throw new Error('The connection broke off.');
  };

  /** A stream lasts some minutes; the next one goes on where it ended. */
  const follow = async (signal: AbortSignal) => {
    let tail = TAIL;
    while ((await read(tail, signal)) === 'time') tail = 1;
    setNotice('Nothing more can come: no lease is active.');
  };

  const start = async () => {
    const controller = new AbortController();
    following.current = controller;
    setLines([]);
    setLeases({});
    setNotice('');
    setError('');
    setBusy(true);
    try {
      await follow(controller.signal);
    } catch (failure) {
      if (!controller.signal.aborted) setError(failure instanceof Error ? failure.message : String(failure));
    } finally {
      setBusy(false);
    }
  };

  return (
    <section class="card">
      <div class="title">
        <h2>Logs</h2>
        {busy ? (
          <button onClick={() => following.current?.abort()}>Stop</button>
        ) : (
          <button onClick={() => void start()}>Follow logs</button>
        )}
      </div>
      {error && <p class="error" role="alert">{error}</p>}
      {lines && (
        <pre tabIndex={0} role="log" aria-label="Log lines">
          {lines.join('\n') || (busy ? 'Waiting for lines…' : 'No lines.')}
        </pre>
      )}
      {Object.entries(leases)
        .filter(([, lease]) => lease.state !== 'following')
        .map(([id, lease]) => (
          <p key={id} class="notice">{lease.provider}: {lease.reason ?? lease.state.replace('_', ' ')}</p>
        ))}
      {notice && <p class="notice">{notice}</p>}
    </section>
  );
}
