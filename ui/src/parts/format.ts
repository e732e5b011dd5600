// Amounts are decimal texts in micro-units; they become numbers only to be shown.

export function usdOfMicro(micro: number): string {
  return (micro / 1e6).toLocaleString('en-US', {style: 'currency', currency: 'USD'});
}

/** Small prices keep the digits that matter. */
export function usdPerHour(usd: number): string {
  return `${usd.toLocaleString('en-US', {style: 'currency', currency: 'USD', maximumSignificantDigits: 3})} / h`;
}

export function time(iso: string | null | undefined): string {
  return iso ? new Date(iso).toLocaleString() : 'Never';
}

export function ageOf(millis: number): string {
  const minutes = Math.max(0, Math.floor(millis / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}
