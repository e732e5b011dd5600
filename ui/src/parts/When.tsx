import {distance} from './format';

/** A moment as its distance from now, and exactly for whoever points at it; `Never` if there is none. */
export function When({at}: {at: string | null | undefined}) {
  if (!at) return <>Never</>;
  const moment = new Date(at);
  return <time dateTime={at} title={moment.toLocaleString()}>{distance(moment)}</time>;
}
