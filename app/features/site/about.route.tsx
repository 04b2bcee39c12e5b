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
          The people we like most are often the ones we write to least: a thumbs-up, a picture, “soon!”. A
          letter is different. Someone sat down, thought of you and didn’t stop after one line. This is a
          place for that: slow by design, and private.
        </p>

        <h2>What’s sealed</h2>
        <p>
          Titles, text, photos and captions are encrypted before they’re stored. Each letter has its own key,
          and that key is locked twice: once for your friend, once for you. Drafts are locked for you alone.
          Someone with a copy of our database couldn’t read any of them.
        </p>
        <p>
          A letter also carries proof of who sealed it. If a letter has been tampered with, we show it as
          damaged.
        </p>

        <h2>When it’s unlocked</h2>
        <p>
          With JavaScript on, your letters are unlocked in your browser and nowhere else. Your password turns
          into your keys there. Your password, keys and recovery words never reach us. The code that does this
          does come from us, so you can <a href="/integrity.json">check it</a> against the published source.
        </p>
        <p>
          A browser without JavaScript can’t use keys. In that case our server turns your password into your
          keys, and uses them in memory only while it shows you a letter or seals one. It never stores them in
          the clear. Between pages, your keys are locked; half of the secret stays in your browser’s cookie.
        </p>
        <p>
          It also means that someone who took over the running server could see what’s being unlocked at that
          moment. We’d rather tell you than have you find out. If you never log in without JavaScript, you can{' '}
          <Link to="/settings/sealing">turn that off</Link>.
        </p>

        <h2>What we can see</h2>
        <ul>
          <li>your username, your email address, and your mobile number if you gave us one;</li>
          <li>who your friends are, who wrote to whom and when, and roughly how long each letter is;</li>
          <li>whether a letter has been opened, and how much of it has been read.</li>
        </ul>
        <p>We can’t see what’s inside your letters in anything we store.</p>

        <h2>What you should keep</h2>
        <p>
          Your password and your twelve recovery words, on paper. They’re your only keys, and we can’t make
          new ones for letters that are already sealed.
        </p>

        <p>
          Questions or ideas? <Link to="/feedback">Write to us</Link>. Or see the{' '}
          <Link to="/features">full list of features</Link>.
        </p>
      </article>
    </Page>
  );
}
