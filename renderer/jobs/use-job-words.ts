/** A job in words: what it does to what, where it stands, and how it ended. */
import { useTranslation } from 'react-i18next';
import type { Job } from '../../preload/contract/jobs.ts';
import { useActionLabel } from '../instances/use-action-label.ts';
import { plainly } from '../ui/plain-text.tsx';
import { useFormats, useTextRef, useWord } from '../ui/texts.ts';

const longestTarget = 80;
const longestWord = 60;

export interface JobWords {
  /** "Snapshot of llm-base". */
  title(job: Job): string;
  /** "Waiting until it is saved". */
  step(job: Job): string;
  /** The cloud's own word, and how far where it tells: "Suspending 38%"; else the job's state. */
  doing(job: Job): string;
  /** What the cloud's part found worth telling at the end. */
  facts(job: Job): string;
  /** "Snapshot of llm-base · snapshot x is saved", for a job that is done. */
  ending(job: Job): string;
}

export function useJobWords(): JobWords {
  const { t, i18n } = useTranslation('jobs');
  const word = useWord();
  const textRef = useTextRef();
  const actionLabel = useActionLabel();
  const formats = useFormats();
  const title = ({ action, targetName }: Job) => {
    const target = plainly(targetName, longestTarget);
    const own = `jobs:titles.${action}`;
    return i18n.exists(own)
      ? t(own, { target })
      : t('otherTitle', { action: actionLabel(action), target });
  };
  const facts = (job: Job) => job.facts.map((fact) => textRef('facts', fact)).join(' · ');
  return {
    title,
    facts,
    step: ({ step }) => (step === '' ? t('beginning') : word(`jobs:step.${step}`, step)),
    doing(job) {
      if (job.state !== 'running') return t(`states.${job.state}`);
      const said = job.word === undefined ? t('states.running') : plainly(job.word, longestWord);
      return job.progress === undefined ? said : `${said} ${formats.share(job.progress)}`;
    },
    ending: (job) =>
      [
        title(job),
        ...(job.state === 'done' ? [] : [t(`states.${job.state}`)]),
        ...(job.facts.length > 0 ? [facts(job)] : []),
      ].join(' · '),
  };
}
