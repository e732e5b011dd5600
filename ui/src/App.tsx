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
  | {kind: 'signed-out'; config: Config; signIn: SignIn | null; expired: boolean}
  | {kind: 'signed-in'; config: Config; signIn: SignIn | null; session: Session};

async function start(): Promise<State> {
  const config = await loadConfig();
  const signIn = config.identityProvider && new SignIn(config.identityProvider);
  const session = (await signIn?.finish()) ?? null;
  return session ? {kind: 'signed-in', config, signIn, session} : {kind: 'signed-out', config, signIn, expired: false};
}

export function App() {
  const [state, setState] = useState<State>({kind: 'starting'});
  useEffect(() => {
    start().then(
      (started) => {
        if ('signIn' in started) {
          started.signIn?.onExpired(() => setState({...started, kind: 'signed-out', expired: true}));
        }
        setState(started);
      },
      (failure: unknown) => setState({kind: 'broken', message: failure instanceof Error ? failure.message : String(failure)}),
    );
  }, []);
  switch (state.kind) {
    case 'starting':
      return <main class="narrow"><p role="status">Loading…</p></main>;
    case 'broken':
      return (
        <main class="narrow">
          <h1>Berth</h1>
          <p class="error" role="alert">That did not work: {state.message}</p>
          <button class="primary" onClick={() => location.assign('/')}>Try again</button>
        </main>
      );
    case 'signed-out':
      return (
        <SignedOut
          signIn={state.signIn}
          expired={state.expired}
          onSession={(session) => setState({...state, kind: 'signed-in', session})}
        />
      );
    case 'signed-in': {
      const leave = (expired: boolean) => setState({...state, kind: 'signed-out', expired});
      return (
        <SignedIn
          config={state.config}
          session={state.session}
          onExpired={() => leave(true)}
          onSignOut={() => {
            leave(false);
            void state.signIn?.end();
          }}
        />
      );
    }
  }
}

function SignedIn(props: {config: Config; session: Session; onExpired: () => void; onSignOut: () => void}) {
  const api = useMemo(() => apiClient(props.session.credentials, props.onExpired), [props.session]);
  const route = useRoute();
  const deployment = /^\/deployments\/(\d+)$/.exec(route)?.[1];
  return (
    <>
      <a class="skip" href="#content">Skip to content</a>
      <header>
        <a class="brand" href="#/"><img src="/icon.svg" alt="" width="28" height="28" /> <span>Berth</span></a>
        <nav aria-label="Main">
          <a href="#/" aria-current={route === '/' || deployment ? 'page' : undefined}>Deployments</a>
          <a href="/guide/index.html">Guide</a>
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
