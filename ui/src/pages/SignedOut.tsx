import {useState} from 'preact/hooks';
import {byApiKey, type Session} from '../session';

/** The front door: what Berth is, and how to come in. */
export function SignedOut(props: {expired: boolean; onSession: (session: Session) => void}) {
  const [key, setKey] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const signIn = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setError('');
    try {
      props.onSession(await byApiKey(key.trim()));
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
      setBusy(false);
    }
  };
  return (
    <main class="narrow hero">
      <img src="/icon.svg" alt="" width="64" height="64" />
      <h1>Berth</h1>
      <p>Run workloads on the Akash network with an API key and US dollars. No wallets, no mnemonics.</p>
      {props.expired && <p class="notice" role="status">Your session has ended. Sign in again to go on.</p>}
      <form class="card" onSubmit={signIn}>
        <label>
          <span>API key</span>
          <input type="password" autocomplete="off" required placeholder="ac.sk.…" value={key} onInput={(event) => setKey(event.currentTarget.value)} />
        </label>
        {error && <p class="error" role="alert">{error}</p>}
        <div class="actions"><button type="submit" class="primary" disabled={busy}>{busy ? 'Signing in…' : 'Sign in'}</button></div>
      </form>
    </main>
  );
}
