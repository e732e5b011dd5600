import {useEffect, useRef, useState} from 'preact/hooks';

/** The menu at the top right: a disclosure button with links, closed by Escape or a click elsewhere. */
export function ProfileMenu(props: {name: string; onSignOut: () => void}) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const away = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        setOpen(false);
        button.current?.focus();
      }
    };
    addEventListener('click', away);
    addEventListener('keydown', escape);
    return () => {
      removeEventListener('click', away);
      removeEventListener('keydown', escape);
    };
  }, [open]);
  const close = () => setOpen(false);
  return (
    <div class="profile" ref={root}>
      <button ref={button} aria-expanded={open} aria-controls="profile-menu" onClick={() => setOpen(!open)}>
        {props.name} <span aria-hidden="true">▾</span>
      </button>
      {open && (
        <ul id="profile-menu">
          <li><a href="#/api-keys" onClick={close}>API Keys</a></li>
          <li><a href="#/usage" onClick={close}>Usage</a></li>
          <li><button onClick={props.onSignOut}>Sign out</button></li>
        </ul>
      )}
    </div>
  );
}
