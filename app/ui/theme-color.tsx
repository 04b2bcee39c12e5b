/** The page colours of `tokens.css`, for the browser's own chrome; also in the manifest. */
export const themeColors = { light: '#e6edf3', dark: '#121a2b' } as const;

/** For the document's `<head>`: the browser's own chrome and controls, as the device has it or as chosen. */
export function ThemeColor({ theme = 'device' }: { theme?: 'device' | 'light' | 'dark' }) {
  if (theme !== 'device') {
    return (
      <>
        <meta name="theme-color" content={themeColors[theme]} />
        <meta name="color-scheme" content={theme} />
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
