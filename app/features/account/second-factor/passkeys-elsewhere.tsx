import { useAppUrl } from '#app/ui/use-app-url.ts';
import { twoFactorPath } from './tasks.ts';

/** Explains passkeys where the page was opened at another address than the installation's. */
export function PasskeysElsewhere() {
  const appUrl = useAppUrl();
  return (
    <p className="field-hint">
      Passkeys belong to one address. To add or use one, open{' '}
      <a href={`${appUrl}${twoFactorPath}`}>
        {appUrl}
        {twoFactorPath}
      </a>
    </p>
  );
}
