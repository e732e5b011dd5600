import type {ComponentChildren} from 'preact';
import {useEffect, useRef} from 'preact/hooks';
import {useAction} from './hooks';

/** A modal dialog: the browser's own, which traps the focus and closes on Escape. */
export function Dialog(props: {title: string; onClose: () => void; children: ComponentChildren}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby="dialog-title" onClose={props.onClose}>
      <h2 id="dialog-title">{props.title}</h2>
      {props.children}
    </dialog>
  );
}

/** Asks before something is done; shows what went wrong if it fails. */
export function Confirm(props: {
  title: string;
  confirm: string;
  danger?: boolean;
  onConfirm: () => Promise<void>;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const {busy, error, run} = useAction(props.onConfirm);
  const submit = (event: Event) => {
    event.preventDefault();
    void run();
  };
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form onSubmit={submit}>
        {props.children}
        {error && <p class="error" role="alert">{error}</p>}
        <div class="actions">
          <button type="button" onClick={props.onClose} disabled={busy}>Cancel</button>
          <button type="submit" class={props.danger ? 'danger' : 'primary'} disabled={busy}>
            {busy ? 'Working…' : props.confirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
