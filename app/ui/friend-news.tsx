import { Form } from '@remix-run/react';
import { ButtonLink, SubmitButton } from './button.tsx';
import { NameApart, type PersonNameProps, writeName } from './person-name.tsx';

export interface FriendNewsProps {
  asking: PersonNameProps[];
  accepted: (PersonNameProps & { invited: boolean })[];
}

/** Cards of friend requests and acceptances that the user hasn't seen yet. */
export function FriendNews(news: FriendNewsProps) {
  if (news.asking.length + news.accepted.length === 0) return null;
  return (
    <section className="friend-news" aria-label="News of friends">
      {news.asking.slice(0, 3).map((person) => (
        <article key={person.username} className="news-card">
          <p>
            <NameApart {...person} /> would like to write to you.
          </p>
          <div className="button-row">
            <Answer person={person} intent="accept" kind="primary">
              Accept
            </Answer>
            <ButtonLink to="/friends">See request</ButtonLink>
          </div>
        </article>
      ))}
      {news.asking.length > 3 ? (
        <p>
          <ButtonLink to="/friends">See all requests</ButtonLink>
        </p>
      ) : null}
      {news.accepted.slice(0, 3).map((person) => (
        <article key={person.username} className="news-card">
          <p>
            <NameApart {...person} />{' '}
            {`accepted your ${person.invited ? 'invitation' : 'request'}. You can write to each other now.`}
          </p>
          <div className="button-row">
            <Answer person={person} intent="hello" kind="primary">
              Say hello
            </Answer>
            <Answer person={person} intent="seen">
              Not now
            </Answer>
          </div>
        </article>
      ))}
    </section>
  );
}

interface AnswerProps {
  person: PersonNameProps;
  intent: 'accept' | 'hello' | 'seen';
  kind?: 'primary' | 'quiet';
  children: string;
}

function Answer({ person, intent, kind = 'quiet', children }: AnswerProps) {
  return (
    <Form method="post" action="/friends">
      <input type="hidden" name="username" value={person.username} />
      <SubmitButton name="intent" value={intent} kind={kind} aria-label={`${children}: ${writeName(person)}`}>
        {children}
      </SubmitButton>
    </Form>
  );
}
