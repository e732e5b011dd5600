import {useCallback, useEffect, useRef, useState} from 'preact/hooks';

/** What is known of something that is loaded: the last good answer stays while it is refreshed. */
export interface Loaded<T> {
  value: T | undefined;
  error: string | undefined;
  reload: () => Promise<void>;
}

/** Loads something now and again, and stops when the page is hidden or left. */
export function useLoaded<T>(load: () => Promise<T>, everyMillis: number, keys: readonly unknown[]): Loaded<T> {
  const [value, setValue] = useState<T>();
  const [error, setError] = useState<string>();
  const current = useRef(0);
  const reload = useCallback(async () => {
    const run = ++current.current;
    try {
      const loaded = await load();
      if (run === current.current) {
        setValue(loaded);
        setError(undefined);
      }
    } catch (failure) {
      if (run === current.current) setError(failure instanceof Error ? failure.message : String(failure));
    }
  }, keys);
  useEffect(() => {
    setValue(undefined);
    void reload();
    const timer = setInterval(() => {
      if (!document.hidden) void reload();
    }, everyMillis);
    return () => {
      current.current++;
      clearInterval(timer);
    };
  }, [reload, everyMillis]);
  return {value, error, reload};
}

/** Something a person sets going: whether it is under way, and what went wrong with it. */
export interface Action {
  busy: boolean;
  error: string;
  run: () => Promise<void>;
}

/** An action of this part of the page; while it is under way it is not to be started again. */
export function useAction(act: () => Promise<void>): Action {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const run = async () => {
    setBusy(true);
    setError('');
    try {
      await act();
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
    } finally {
      setBusy(false);
    }
  };
  return {busy, error, run};
}

/** The part of the address after the hash: which page is shown. */
export function useRoute(): string {
  const [route, setRoute] = useState(() => location.hash.slice(1) || '/');
  useEffect(() => {
    const changed = () => setRoute(location.hash.slice(1) || '/');
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return route;
}
