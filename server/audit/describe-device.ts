/** The first match counts: most browsers also claim to be their rivals. */
const browsers: [RegExp, string][] = [
  [/\bEdgi?[AO]?S?\//i, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrom(e|ium)\/|\bHeadlessChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

const systems: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
];

const nameOf = (names: [RegExp, string][], text: string) => names.find(([claim]) => claim.test(text))?.[1];

/**
 * Describes a device by its user agent: "Firefox on Windows". Never repeats the text itself, which
 * the client controls. Null when nothing is recognised.
 */
export function describeDevice(userAgent: string | null | undefined): string | null {
  const text = userAgent ?? '';
  const [browser, system] = [nameOf(browsers, text), nameOf(systems, text)];
  if (browser && system) return `${browser} on ${system}`;
  if (browser || system) return browser ?? `A program on ${system}`;
  return text === '' ? null : 'A program';
}
