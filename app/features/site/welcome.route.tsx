import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { ButtonLink, ButtonRow } from '#app/ui/button.tsx';
import { Page } from '#app/ui/page.tsx';
import { PictureOf } from '#app/ui/pictures.tsx';
import { Postmark } from '#app/ui/postmark.tsx';
import { Stamp } from '#app/ui/stamp.tsx';

export const meta: MetaFunction = () => [
  { title: 'Project BFF · Letters between best friends' },
  {
    name: 'description',
    content:
      'Write your best friend a real letter, with photos and a stamp all its own. Sealed, so only the two of you can read it.',
  },
];

/** Redirects logged-in users to their letters. */
export async function loader({ context }: LoaderFunctionArgs) {
  const me = await (await context.client()).accounts.me.query();
  if (me?.stage === 'full') throw redirect('/inbox');
  return null;
}

/** Invented hashes whose stamps were chosen by eye. */
const seed = (digits: string) => digits.repeat(64).slice(0, 64);
const heroStamp = seed('12b');
const exampleStamps = ['178', '1b7', '131', '148', '17c', '1fa', '1b0', '155'].map(seed);

const steps = [
  {
    picture: 'pen',
    title: 'You write it',
    text: 'In your own time, as long as you like, with up to twelve photos. Whatever you’ve written is saved as a draft.',
  },
  {
    picture: 'mailbox',
    title: 'It’s sealed',
    text: 'Title, text, photos and captions are locked for just the two of you before anything is stored.',
  },
  {
    picture: 'travel',
    title: 'It travels',
    text: 'The letter goes out in the background. Your friend gets an email saying you’ve written. Nothing else.',
  },
  {
    picture: 'friends',
    title: 'Your friend reads it',
    text: 'A stamp, a postmark, no distractions. They can pick up where they left off — and write back.',
  },
] as const;

export default function Welcome() {
  return (
    <Page width="wide">
      <section className="hero">
        <div>
          <h1>Write to your best friend. A real letter.</h1>
          <p className="hero-lead">
            Not another message. A letter — with a beginning, an end, a few photos and a stamp all its own.
            Sealed, so only the two of you can read it.
          </p>
          <ButtonRow>
            <ButtonLink to="/join" kind="primary">
              Join
            </ButtonLink>
            <ButtonLink to="/login">Log in</ButtonLink>
          </ButtonRow>
        </div>
        <div className="hero-envelope">
          <span className="airmail" aria-hidden="true">
            BY AIR MAIL
          </span>
          <Stamp seed={heroStamp} label="The stamp on an envelope" size="large" />
          <Postmark
            sender="Somewhere nice"
            at={Date.UTC(2026, 10, 23, 9, 41)}
            timeZone="UTC"
            seed={heroStamp}
          />
          <p className="hero-address">
            <span>To the one</span>
            <span>who laughs</span>
            <span>at the same things</span>
          </p>
        </div>
      </section>

      <section className="welcome-section" aria-labelledby="travels">
        <h2 id="travels">How a letter travels</h2>
        <ol className="steps">
          {steps.map(({ picture, title, text }) => (
            <li key={title} className="step">
              <PictureOf name={picture} />
              <h3>{title}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ol>
      </section>

      <section className="welcome-section" aria-labelledby="stamps">
        <h2 id="stamps">Every letter gets its own stamp</h2>
        <ul className="stamp-row">
          {exampleStamps.map((stamp, index) => (
            <li key={stamp}>
              <Stamp seed={stamp} label={`Example stamp ${index + 1}`} />
            </li>
          ))}
        </ul>
        <p className="stamp-note">
          Drawn from the sealed letter. Change a single byte and the stamp changes too.
        </p>
      </section>

      <section className="welcome-section" aria-labelledby="promises">
        <h2 id="promises">Small promises</h2>
        <div className="promises">
          <div>
            <h3>Only friends can write to you</h3>
            <p>Share your code with whoever you like. You approve everyone who asks.</p>
          </div>
          <div>
            <h3>No tracking</h3>
            <p>No ads, no analytics, nothing loaded from other sites.</p>
          </div>
          <div>
            <h3>Any browser will do</h3>
            <p>An old phone, a borrowed laptop, JavaScript turned off: reading and writing still work.</p>
          </div>
          <div>
            <h3>How it’s protected</h3>
            <p>
              What’s encrypted, when it’s unlocked and what we can see — it’s all on the{' '}
              <a href="/about">About page</a>.
            </p>
          </div>
        </div>
      </section>
    </Page>
  );
}
