import {useEffect, useMemo, useState} from 'preact/hooks';
import {apiClient} from './api';
import {ApiKeys} from './pages/ApiKeys';
import {DeploymentPage} from './pages/Deployment';
import {Deployments} from './pages/Deployments';
import {SignedOut} from './pages/SignedOut';
import {Usage} from './pages/Usage';
import {ProfileMenu} from './parts/ProfileMenu';
import {useRoute} from './parts/hooks';
import {loadConfig, SignIn, type Config, type Session} from './session';

type State =
  | {kind: 'starting'}
  | {kind: 'broken'; message: string}
  | {kind: 'signed-out'; config: Config; signIn: SignIn; expired: boolean}
  | {kind: 'signed-in'; config: Config; signIn: SignIn; session: Session};

async function start(): Promise<State> {
  const config = await loadConfig();
  const signIn = new SignIn(config);
  const session = await signIn.finish();
  return session
    ? {kind: 'signed-in', config, signIn, session}
    : {kind: 'signed-out', config, signIn, expired: false};
}

export function App() {
  const [state, setState] = useState<State>({kind: 'starting'});
  useEffect(() => {
    start().then(setState, (failure: unknown) =>
      setState({kind: 'broken', message: failure instanceof Error ? failure.message : String(failure)}),
    );
  }, []);
  switch (state.kind) {
    case 'starting':
      return <main class="narrow"><p role="status">Loading…</p></main>;
    case 'broken':
      return (
        <main class="narrow">
          <h1>Berth</h1>
          <p class="error" role="alert">The page could not start: {state.message}</p>
          <button class="primary" onClick={() => location.assign('/')}>Try again</button>
        </main>
      );
    case 'signed-out':
      return <SignedOut expired={state.expired} onSignIn={() => state.signIn.begin()} />;
    case 'signed-in':
      return (
        <SignedIn
          config={state.config}
          session={state.session}
          onExpired={() => setState({kind: 'signed-out', config: state.config, signIn: state.signIn, expired: true})}
          onSignOut={() => void state.signIn.end()}
        />
      );
  }
}

function SignedIn(props: {config: Config; session: Session; onExpired: () => void; onSignOut: () => void}) {
  const api = useMemo(() => apiClient(props.session.token, props.onExpired), [props.session.token]);
  const route = useRoute();
  const deployment = /^\/deployments\/(\d+)$/.exec(route)?.[1];
  return (
    <>
      <a class="skip" href="#content">Skip to content</a>
      <header>
        <a class="brand" href="#/"><img src="/icon.svg" alt="" width="28" height="28" /> Berth</a>
        <nav aria-label="Main">
          <a href="#/" aria-current={route === '/' || deployment ? 'page' : undefined}>Deployments</a>
        </nav>
        <ProfileMenu name={props.session.name} onSignOut={props.onSignOut} />
      </header>
      <main id="content" tabIndex={-1}>
        {route === '/api-keys' ? (
          <ApiKeys api={api} />
        ) : route === '/usage' ? (
          <Usage api={api} />
        ) : deployment ? (
          <DeploymentPage api={api} dseq={deployment} blockSeconds={props.config.blockSeconds} />
        ) : (
          <Deployments api={api} blockSeconds={props.config.blockSeconds} />
        )}
      </main>
    </>
  );
}
