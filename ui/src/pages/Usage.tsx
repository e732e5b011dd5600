import {ok, type ApiClient} from '../api';
import {Failure} from '../parts/Failure';
import {usd} from '../parts/format';
import {useLoaded} from '../parts/hooks';

const REFRESH_MILLIS = 15_000;

export function Usage({api}: {api: ApiClient}) {
  const weekly = useLoaded(async () => (await ok(api.GET('/v1/weekly-cost'))).data.weeklyCost, REFRESH_MILLIS, [api]);
  return (
    <>
      <div class="title"><h1>Usage</h1></div>
      <Balance api={api} />
      <Failure error={weekly.error} onRetry={weekly.reload} />
      <dl class="figures">
        <div><dt>A week at this rate</dt><dd>{weekly.value === undefined ? '…' : usd(weekly.value)}</dd></div>
      </dl>
    </>
  );
}

/** The account's money: free, and bound in deployments. */
export function Balance({api}: {api: ApiClient}) {
  const balance = useLoaded(async () => (await ok(api.GET('/v1/balances'))).data.usd, REFRESH_MILLIS, [api]);
  const figure = (text: string | undefined) => (text === undefined ? '…' : usd(Number(text)));
  return (
    <>
      <Failure error={balance.error} onRetry={balance.reload} />
      <dl class="figures" aria-label="Balance">
        <div><dt>Available</dt><dd>{figure(balance.value?.balance)}</dd></div>
        <div><dt>In deployments</dt><dd>{figure(balance.value?.deployments)}</dd></div>
        <div><dt>Total</dt><dd>{figure(balance.value?.total)}</dd></div>
      </dl>
    </>
  );
}
