// Amounts are decimal texts in micro-units; they become numbers only to be shown.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function usd(dollars: number): string {
  return dollars.toLocaleString('en-US', {style: 'currency', currency: 'USD'});
}

/** Small prices keep the digits that matter. */
export function usdPerHour(dollars: number): string {
  const text = dollars.toLocaleString('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumSignificantDigits: 3,
  });
  return `${text} / hour`;
}

/** A length of time in its two largest units. */
export function duration(millis: number): string {
  if (millis < MINUTE) return '< 1 min';
  const [days, hours, minutes] = [Math.floor(millis / DAY), Math.floor((millis % DAY) / HOUR), Math.floor((millis % HOUR) / MINUTE)];
  const parts = [days > 0 && `${days} d`, hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`].filter(Boolean);
  return parts.slice(0, 2).join(' ');
}

/** How far a moment is from now. */
export function distance(moment: Date, now = Date.now()): string {
  const ahead = moment.getTime() - now;
  if (Math.abs(ahead) < MINUTE) return 'just now';
  return ahead > 0 ? `in ${duration(ahead)}` : `${duration(-ahead)} ago`;
}
