import {useState} from 'preact/hooks';

/** Text that is there to be copied. */
export function Copy(props: {label: string; text: string; multiline?: boolean}) {
  const [copied, setCopied] = useState(false);
  const select = (event: Event) => (event.currentTarget as HTMLInputElement | HTMLTextAreaElement).select();
  const copy = async () => {
    await navigator.clipboard.writeText(props.text);
    setCopied(true);
  };
  return (
    <div class="copy">
      <label>
        <span>{props.label}</span>
        {props.multiline ? (
          <textarea readOnly rows={4} value={props.text} onFocus={select} spellcheck={false} />
        ) : (
          <input readOnly value={props.text} onFocus={select} spellcheck={false} />
        )}
      </label>
      <button type="button" onClick={copy} aria-label={`Copy ${props.label.toLowerCase()}`}>Copy</button>
      <span role="status" class="hint">{copied ? 'Copied to clipboard!' : ''}</span>
    </div>
  );
}
