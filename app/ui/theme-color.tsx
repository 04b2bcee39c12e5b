import type { Appearance } from './appearance.ts';

/** The page colours of `tokens.css`, for the browser's own interface; repeated in the manifest. */
export const themeColors = { light: '#e6edf3', sepia: '#ece0c8', dark: '#121a2b' } as const;

/** Sets the colours of the browser's interface and controls, automatic or as chosen. */
export function ThemeColor({ theme = 'device' }: { theme?: Appearance['theme'] }) {
  if (theme !== 'device') {
    return (
      <>
        <meta name="theme-color" content={themeColors[theme]} />
        <meta name="color-scheme" content={theme === 'dark' ? 'dark' : 'light'} />
      </>
    );
  }
  return (
    <>
      <meta name="theme-color" media="(prefers-color-scheme: light)" content={themeColors.light} />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content={themeColors.dark} />
      <meta name="color-scheme" content="light dark" />
    </>
  );
}
