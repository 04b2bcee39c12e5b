import { BffError } from '../client/node.ts';
import { type Command, note, openClient, say, sayJson } from './command.ts';
import { rememberPins } from './remembered-pins.ts';
import { forgetSession } from './session-file.ts';

export const logout: Command = {
  usage: 'logout',
  about: 'log out and forget the keys',
  async run(_words, { json }) {
    try {
      const client = await openClient();
      const { session } = client;
      await client.logOut().finally(() => session && rememberPins(session));
    } catch (error) {
      if (!(error instanceof BffError)) throw error;
      if (error.code === 'network')
        note("The server didn't answer, but your keys are gone from this machine.");
    } finally {
      await forgetSession();
    }
    if (json) sayJson({ loggedOut: true });
    else say("You're logged out.");
  },
};
