/** For the page of a sealed session in a browser whose JavaScript was switched off since. */
export function ScriptIsOff() {
  return (
    <noscript>
      <p>
        You logged in with JavaScript, so your keys are with the script of this browser, and it is off now.
        Turn it on again, or log out and log in without it.
      </p>
    </noscript>
  );
}
