// What a deployment costs and how long its money lasts.
import type {Deployment, ListedDeployment} from './api';

const SECONDS_PER_HOUR = 3600;
const MICRO = 1e6;

export interface Cost {
  /** USD an hour over all active leases. */
  perHour: number;
  /** USD left in the escrow. */
  left: number;
  /** Hours until the escrow is empty; undefined while nothing runs. */
  hours: number | undefined;
}

/** Prices are in uact per block, and a million uact is one US dollar. */
export function costOf(deployment: Deployment | ListedDeployment, blockSeconds: number): Cost {
  const perBlock = deployment.leases
    .filter((lease) => lease.state === 'active')
    .reduce((sum, lease) => sum + Number(lease.price.amount), 0);
  const left = deployment.escrow_account.state.funds.reduce((sum, coin) => sum + Number(coin.amount), 0) / MICRO;
  const perHour = (perBlock * SECONDS_PER_HOUR) / blockSeconds / MICRO;
  return {perHour, left, hours: perHour > 0 ? left / perHour : undefined};
}
