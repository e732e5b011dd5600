import {useState} from 'preact/hooks';
import {useAction} from '../parts/hooks';
import {byApiKey, type Session, type SignIn} from '../session';

/** The front door: what Berth is, and how to come in. */
export function SignedOut(props: {signIn: SignIn | null; expired: boolean; onSession: (session: Session) => void}) {
  return (
    <main class="narrow hero">
      <img src="/icon.svg" alt="" width="64" height="64" />
      <h1>Berth</h1>
      <p>Run workloads on the Akash network with an API key and US dollars. No wallets, no mnemonics.</p>
      {props.expired && <p class="notice" role="status">Your session has ended. Sign in again to go on.</p>}
      {props.signIn ? <WithProvider signIn={props.signIn} /> : <WithKey onSession={props.onSession} />}
    </main>
  );
}

function WithProvider({signIn}: {signIn: SignIn}) {
  const {busy, error, run} = useAction(() => signIn.begin());
  return (
    <>
      {error && <p class="error" role="alert">{error}</p>}
      <button class="primary" disabled={busy} onClick={() => void run()}>{busy ? 'Signing in…' : 'Sign in'}</button>
    </>
  );
}

/** Where no identity provider is set up, people come with a key. */
function WithKey({onSession}: {onSession: (session: Session) => void}) {
  const [key, setKey] = useState('');
  const {busy, error, run} = useAction(async () => onSession(await byApiKey(key.trim())));
  const submit = (event: Event) => {
    event.preventDefault();
    void run();
  };
  return (
    <form class="card" onSubmit={submit}>
      <label>
        <span>API key</span>
        <input type="password" autocomplete="off" required placeholder="ac.sk.…" value={key} onInput={(event) => setKey(event.currentTarget.value)} />
      </label>
      {error && <p class="error" role="alert">{error}</p>}
      <div class="actions"><button type="submit" class="primary" disabled={busy}>{busy ? 'Signing in…' : 'Sign in'}</button></div>
    </form>
  );
}
