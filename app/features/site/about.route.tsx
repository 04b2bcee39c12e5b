import type { MetaFunction } from '@remix-run/node';
import { Link } from '@remix-run/react';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { PictureOf } from '#app/ui/pictures.tsx';

export const meta: MetaFunction = () => [{ title: 'About · Project BFF' }];

export default function About() {
  return (
    <Page width="reading">
      <article className="prose">
        <PageHeading title="About Project BFF">
          <p>A quiet place for two friends and the letters between them.</p>
        </PageHeading>
        <PictureOf name="snail" />
        <p>
          The people we like most are often the ones we write to least: a thumb, a picture, “soon!”. A letter
          is different. Somebody sat down, thought of you, and did not stop after one line. This is a place
          for that: slow on one side, and safe on the other.
        </p>

        <h2>What is sealed</h2>
        <p>
          Title, text, photographs and captions are encrypted before they are stored. Each letter has its own
          key, and that key is locked twice: once for the friend who receives it, once for you. Drafts are
          locked for you alone. A copy of our database opens none of them.
        </p>
        <p>
          A letter also carries proof of who sealed it. One that was changed on the way is shown as damaged,
          never as if it were whole.
        </p>

        <h2>When it is opened</h2>
        <p>
          With JavaScript on, your letters are opened in your browser and nowhere else. Your password turns
          into your keys there; neither it, nor a key, nor your recovery words come to us. The scripts that do
          this do come from us: <a href="/integrity.json">what they are</a> can be compared with their source.
        </p>
        <p>
          A browser without JavaScript cannot work with keys. There your password turns into your keys on our
          server, and the server uses them in its memory, for the moment it takes to answer you: to show a
          letter, or to seal one. It does not write them down. What stays between two visits to a page is
          locked with a secret of which one half is in your browser’s cookie.
        </p>
        <p>
          That also means: somebody who took over the running server could see what is being opened at that
          moment. We would rather tell you than have you find out. Whoever never logs in without JavaScript
          can <Link to="/settings/sealing">forbid it</Link> for their account.
        </p>

        <h2>What we can see</h2>
        <ul>
          <li>your username, your e-mail address, and a mobile number if you gave one;</li>
          <li>who your friends are, who wrote to whom and when, and about how long it was;</li>
          <li>whether a letter has been opened, and how far it has been read.</li>
        </ul>
        <p>What is in a letter we cannot see in anything that is stored.</p>

        <h2>What you should keep</h2>
        <p>
          Your password and your twelve words, on paper. They are the keys; there are no others, and we cannot
          make new ones for letters that are already sealed.
        </p>

        <p>
          Something unclear, or something you would like? <Link to="/feedback">Write to us</Link>. What it can
          do stands on the <Link to="/features">list of features</Link>.
        </p>
      </article>
    </Page>
  );
}
