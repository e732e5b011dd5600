import {ageOf, usdOfMicro} from './format';
import type {Cost} from '../money';

const WIDTH = 96;
const HEIGHT = 24;
const SHOWN_HOURS = 7 * 24;

/** What is left, falling over the next seven days: empty where the line meets the floor. */
export function Runway({cost}: {cost: Cost}) {
  if (cost.hours === undefined) return <span>{usdOfMicro(cost.left * 1e6)}</span>;
  const end = Math.min(1, cost.hours / SHOWN_HOURS);
  const floor = cost.hours >= SHOWN_HOURS ? HEIGHT * (SHOWN_HOURS / cost.hours) : HEIGHT;
  const text = `${usdOfMicro(cost.left * 1e6)} left, enough for ${ageOf(cost.hours * 3_600_000)}`;
  return (
    <span class="runway">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img" aria-label={text}>
        <line x1="0" y1={HEIGHT - 0.5} x2={WIDTH} y2={HEIGHT - 0.5} class="axis" />
        <path d={`M0 ${HEIGHT} V2 L${end * WIDTH} ${Math.max(2, floor)} V${HEIGHT} Z`} class={cost.hours < 24 ? 'low' : 'fine'} />
      </svg>
      <span>{text}</span>
    </span>
  );
}
