import {useEffect, useMemo, useState} from 'preact/hooks';
import {apiClient} from './api';
import {ApiKeys} from './pages/ApiKeys';
import {DeploymentPage} from './pages/Deployment';
import {Deployments} from './pages/Deployments';
import {SignedOut} from './pages/SignedOut';
import {ProfileMenu} from './parts/ProfileMenu';
import {useRoute} from './parts/hooks';
import {loadConfig, type Config, type Session} from './session';

type State =
  | {kind: 'starting'}
  | {kind: 'broken'; message: string}
  | {kind: 'signed-out'; config: Config; expired: boolean}
  | {kind: 'signed-in'; config: Config; session: Session};

export function App() {
  const [state, setState] = useState<State>({kind: 'starting'});
  useEffect(() => {
    loadConfig().then(
      (config) => setState({kind: 'signed-out', config, expired: false}),
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
          <p class="error" role="alert">The page could not start: {state.message}</p>
          <button class="primary" onClick={() => location.assign('/')}>Try again</button>
        </main>
      );
    case 'signed-out':
      return (
        <SignedOut
          expired={state.expired}
          onSession={(session) => setState({kind: 'signed-in', config: state.config, session})}
        />
      );
    case 'signed-in':
      return (
        <SignedIn
          config={state.config}
          session={state.session}
          onExpired={() => setState({kind: 'signed-out', config: state.config, expired: true})}
          onSignOut={() => setState({kind: 'signed-out', config: state.config, expired: false})}
        />
      );
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
        <a class="brand" href="#/"><img src="/icon.svg" alt="" width="28" height="28" /> Berth</a>
        <nav aria-label="Main">
          <a href="#/" aria-current={route === '/' || deployment ? 'page' : undefined}>Deployments</a>
        </nav>
        <ProfileMenu name={props.session.name} onSignOut={props.onSignOut} />
      </header>
      <main id="content" tabIndex={-1}>
        {route === '/api-keys' ? (
          <ApiKeys api={api} />
        ) : deployment ? (
          <DeploymentPage api={api} dseq={deployment} blockSeconds={props.config.blockSeconds} />
        ) : (
          <Deployments api={api} blockSeconds={props.config.blockSeconds} />
        )}
      </main>
    </>
  );
}
