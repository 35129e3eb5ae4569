/** Rows that stand in for what is being read for the first time. */
import classes from './table-page.module.css';

const rows = [0, 1, 2];

export function PlaceholderRows({ columns }: { readonly columns: number }) {
  return rows.map((row) => (
    <tr key={row} className={classes.placeholder} aria-hidden>
      <td colSpan={columns}>
        <span />
      </td>
    </tr>
  ));
}
