/** The page colours of `tokens.css`, for the browser's own chrome; also in the manifest. */
export const themeColors = { light: '#e6edf3', dark: '#121a2b' } as const;

/** For the document's `<head>`. */
export function ThemeColor() {
  return (
    <>
      <meta name="theme-color" media="(prefers-color-scheme: light)" content={themeColors.light} />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content={themeColors.dark} />
      <meta name="color-scheme" content="light dark" />
    </>
  );
}
