/** What went wrong while loading, and a way to try again. */
export function Failure({error, onRetry}: {error: string | undefined; onRetry: () => Promise<void>}) {
  if (!error) return null;
  return (
    <div class="error" role="alert">
      <span>{error}</span> <button onClick={() => void onRetry()}>Try again</button>
    </div>
  );
}
