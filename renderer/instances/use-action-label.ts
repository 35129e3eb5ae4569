/** The label of an action by its id; one without words shows its id. */
import { useWord } from '../ui/texts.ts';

export function useActionLabel(): (action: string) => string {
  const word = useWord();
  return (action) => word(`actions:${action}`, action);
}
