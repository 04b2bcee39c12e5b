// Answers every unopened letter with a photo: node examples/exchange-letters.js URL NAME PHOTO < password
import { text } from 'node:stream/consumers';
import { BffError, createBffClient } from 'projectbff/client';

const [url, username, photo] = process.argv.slice(2);
const password = (await text(process.stdin)).split('\n')[0];
const client = createBffClient({ url });

try {
  await client.logIn({ username, password });
  for await (const { id, friend, status } of client.letters.inbox()) {
    if (status === 'read') continue;
    const { content, seal } = await client.letters.open(id);
    console.log(`${content ? `"${content.title}"` : seal} from ${friend.username}`);
    if (!content) continue;
    const sent = await client.letters.send({
      to: friend.username,
      title: `Re: ${content.title}`.slice(0, 80),
      body: `Thank you for your ${content.body.length} characters.`,
      photos: [{ photo, caption: 'what I see from here' }],
    });
    console.log(`answered: ${sent.id}`);
  }
} catch (error) {
  if (!(error instanceof BffError)) throw error;
  console.error(`${error.code}: ${error.message}`, error.fields);
  process.exitCode = 1;
} finally {
  await client.logOut();
}
