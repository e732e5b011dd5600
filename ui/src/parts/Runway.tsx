import {duration, usd} from './format';
import type {Cost} from '../money';

const WIDTH = 96;
const HEIGHT = 24;
const SHOWN_HOURS = 7 * 24;
const LOW_HOURS = 24;

/** What is left, falling over the next seven days: empty where the line meets the floor. */
export function Runway({cost}: {cost: Cost}) {
  if (cost.hours === undefined) return <span>{usd(cost.left)} left</span>;
  const end = Math.min(1, cost.hours / SHOWN_HOURS) * WIDTH;
  const leftAtEnd = Math.max(0, 1 - SHOWN_HOURS / cost.hours);
  const text = `${usd(cost.left)} left, enough for ${duration(cost.hours * 3_600_000)}`;
  return (
    <span class="runway">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
        <path d={`M0 ${HEIGHT} V1 L${end} ${HEIGHT - leftAtEnd * (HEIGHT - 1)} V${HEIGHT} Z`} class={cost.hours < LOW_HOURS ? 'low' : 'fine'} />
        <line x1="0" y1={HEIGHT - 0.5} x2={WIDTH} y2={HEIGHT - 0.5} />
      </svg>
      <span>{text}</span>
    </span>
  );
}
