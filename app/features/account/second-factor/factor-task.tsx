import { Link } from '@remix-run/react';
import { TaskForm } from '#app/modes/task-form.tsx';
import { SubmitButton, type SubmitButtonProps } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { limits } from '#core/schemas/limits.ts';
import { AddPasskey } from './add-passkey.tsx';
import { ProofForm } from './proof-form.tsx';
import { type FactorSettings, type Task, twoFactorPath } from './tasks.ts';

interface TaskProps {
  task: Task;
  settings: FactorSettings;
  onCodes(codes: string[]): void;
}

export function FactorTask(props: TaskProps) {
  const { task, settings, onCodes } = props;
  return (
    <>
      {task.name === 'passkey' ? (
        <AddPasskey settings={settings} onCodes={onCodes} />
      ) : task.name === 'rename-passkey' ? (
        <RenamePasskey {...props} />
      ) : (
        <ProvenChange {...props} />
      )}
      <p className="form-aside">
        <Link to={twoFactorPath}>Back to two-step login</Link>
      </p>
    </>
  );
}

function ProvenChange({ task, settings, onCodes }: TaskProps) {
  const { title, lead, ...button } = wordsOf(task, settings);
  return (
    <>
      <PageHeading title={title}>
        <p>{lead}</p>
      </PageHeading>
      <ProofForm
        settings={settings}
        {...button}
        change={async ({ secondFactor }, shown) => {
          if (task.name === 'codes') {
            onCodes((await secondFactor.renewCodes.mutate(shown)).codes);
            return undefined;
          }
          if (task.name === 'app') {
            await secondFactor.beginApp.mutate(shown);
            return { navigate: `${twoFactorPath}?do=confirm` };
          }
          if (task.passkey) await secondFactor.removePasskey.mutate({ id: task.passkey.id, ...shown });
          else await secondFactor.removeApp.mutate(shown);
          return { navigate: `${twoFactorPath}?done=${task.name}` };
        }}
      />
    </>
  );
}

interface Words {
  title: string;
  lead: string;
  button: string;
  look?: SubmitButtonProps['kind'];
}

function wordsOf({ name, passkey }: Task, { app, passkeys }: FactorSettings): Words {
  const last = passkeys.length + (app ? 1 : 0) === 1;
  const after = last
    ? 'This is your last one. After this, your password alone logs you in, and your one-time codes stop working.'
    : 'Everything else you’ve set up stays the same.';
  if (name === 'codes') {
    const lead = 'Your old codes will stop working.';
    return { title: 'Ten new codes', lead, button: 'Show new codes' };
  }
  if (name === 'no-app') return { title: 'Remove app', lead: after, button: 'Remove app', look: 'danger' };
  if (name === 'no-passkey')
    return { title: `Remove “${passkey?.name}”`, lead: after, button: 'Remove passkey', look: 'danger' };
  return app
    ? {
        title: 'Move to another phone',
        lead: 'Your current app keeps working until you’ve entered a code from the new one.',
        button: 'Continue',
      }
    : {
        title: 'Set up an app',
        lead: 'Confirm it’s you.',
        button: 'Continue',
      };
}

function RenamePasskey({ task }: TaskProps) {
  return (
    <>
      <PageHeading title={`Rename “${task.passkey?.name}”`} />
      <TaskForm kind="plain">
        <Field
          name="name"
          label="New name"
          defaultValue={task.passkey?.name}
          maxLength={limits.passkeyNameMax}
          required
          autoComplete="off"
        />
        <SubmitButton pendingLabel="Saving…">Save</SubmitButton>
      </TaskForm>
    </>
  );
}
