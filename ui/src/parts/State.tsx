/** A state as a small label; its colour only repeats what the word says. */
export function State({state}: {state: string}) {
  return <span class={`state ${state.toLowerCase()}`}>{state.toLowerCase()}</span>;
}
