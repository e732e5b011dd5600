export function SignedOut(props: {expired: boolean; onSignIn: () => Promise<void>}) {
  return (
    <main class="narrow hero">
      <img src="/icon.svg" alt="" width="64" height="64" />
      <h1>Berth</h1>
      <p>Run workloads on the Akash network with an API key and US dollars. No wallets, no mnemonics.</p>
      {props.expired && <p class="notice" role="status">Your session has expired. Sign in again to go on.</p>}
      <button class="primary" onClick={() => void props.onSignIn()}>Sign in</button>
    </main>
  );
}
