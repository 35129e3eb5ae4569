/** The official images as a table: what each is, and the way to an instance made from it. */
import { useTranslation } from 'react-i18next';
import type { Account } from '../../preload/contract/accounts.ts';
import type { Image } from '../../preload/contract/catalogue.ts';
import { useCreator } from '../create/use-creator.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { SnapshotsIcon } from '../ui/icons.tsx';
import { PlaceholderRows } from '../ui/placeholder-rows.tsx';
import { PlainText, plainly } from '../ui/plain-text.tsx';
import classes from '../ui/table-page.module.css';
import pageClasses from './snapshots-page.module.css';
import type { Images } from './use-images.ts';

const columns = ['id', 'name', 'description', 'account'] as const;
const minor: readonly string[] = ['id', 'account'];
const longestName = 80;

export function ImageTable({ images: { accounts, count } }: { readonly images: Images }) {
  const { t } = useTranslation('snapshots');
  const failed = accounts.filter(({ failure }) => failure);
  return (
    <>
      {failed.map(({ account, failure, retry }) => (
        <div key={account.id} className={pageClasses.failed}>
          <h2>{t('imagesFailed', { account: plainly(account.name, longestName) })}</h2>
          {failure && <FailureNote failure={failure} onRetry={retry} />}
        </div>
      ))}
      {count === 0 && failed.length === 0 && <NoImages />}
      {count !== 0 && (
        <div className={classes.scroll}>
          <table className={classes.table} aria-label={t('tab.images')}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col" data-minor={minor.includes(column) || undefined}>
                    {t(`columns.${column}`)}
                  </th>
                ))}
                <th scope="col" data-figures>
                  {t('columns.action')}
                </th>
              </tr>
            </thead>
            <tbody>
              {accounts.map(({ account, images }) =>
                images?.map((image) => (
                  <ImageRow key={`${account.id} ${image.id}`} image={image} account={account} />
                )),
              )}
              {count === undefined && <PlaceholderRows columns={columns.length + 1} />}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

interface ImageRowProps {
  readonly image: Image;
  readonly account: Account;
}

function ImageRow({ image: { id, name, description }, account }: ImageRowProps) {
  const { t } = useTranslation('snapshots');
  const create = useCreator()(account.id, { imageId: id });
  return (
    <tr>
      <td data-minor>
        <PlainText text={id} mono soft />
      </td>
      <td className={classes.name}>
        <PlainText text={name} strong />
      </td>
      <td className={pageClasses.description}>
        <PlainText text={description} />
      </td>
      <td data-minor>
        <PlainText text={account.name} soft />
      </td>
      <td>
        <span className={classes.actions}>
          {create && (
            <Button size="row" reason={create.reason} onClick={create.start}>
              {t('create')}
            </Button>
          )}
        </span>
      </td>
    </tr>
  );
}

function NoImages() {
  const { t } = useTranslation('snapshots');
  return (
    <div className={classes.empty}>
      <SnapshotsIcon size={34} />
      <h2>{t('empty.images.title')}</h2>
      <p>{t('empty.images.text')}</p>
    </div>
  );
}
