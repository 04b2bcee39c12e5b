import { Notice } from '#app/ui/notice.tsx';

/** In the place of the field, where only a passkey is left. */
export function NoCodeLeft() {
  return (
    <Notice kind="info" title="Only your passkey is left">
      <p>
        There is no app on this account, and its one-time codes are used up. A passkey needs JavaScript and a
        browser that knows it.
      </p>
    </Notice>
  );
}
