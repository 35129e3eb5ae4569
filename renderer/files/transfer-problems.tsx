/** What a transfer left out, each with its reason: counted first, listed when asked, or at once where nothing else came of it. */
import { useTranslation } from 'react-i18next';
import type { Transfer } from '../../preload/contract/files.ts';
import { useFailureText } from '../ui/failure-note.tsx';
import { PlainText, plainly } from '../ui/plain-text.tsx';
import classes from './transfer-row.module.css';

const longestDetail = 160;
/** As many as the core tells of. */
const mostTold = 20;

interface TransferProblemsProps {
  readonly problems: Transfer['problems'];
  readonly open: boolean;
}

export function TransferProblems({ problems, open }: TransferProblemsProps) {
  const { t } = useTranslation('files');
  const failureText = useFailureText();
  const count = problems.length < mostTold ? String(problems.length) : `${mostTold}+`;
  return (
    <details className={classes.problems} open={open}>
      <summary>{t('leftOut', { number: count, count: problems.length })}</summary>
      <ul>
        {problems.map(({ path, failure }) => (
          <li key={path}>
            <PlainText text={path} mono />
            <span>
              {failureText(failure)}
              {failure.message !== failure.rule?.id && (
                <small>{plainly(failure.message, longestDetail)}</small>
              )}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
