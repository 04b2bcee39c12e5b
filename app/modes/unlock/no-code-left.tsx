import { Notice } from '#app/ui/notice.tsx';

export function NoCodeLeft() {
  return (
    <Notice kind="info" title="You need your passkey">
      <p>
        This account has no authenticator app, and you’ve used up your one-time codes. To use your passkey,
        you need JavaScript and a browser that supports passkeys.
      </p>
    </Notice>
  );
}
