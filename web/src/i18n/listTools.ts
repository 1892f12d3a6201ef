import { useI18n } from 'vue-i18n'
import { useProblem } from './problem'

type ListWord =
  | 'views'
  | 'usual'
  | 'columns'
  | 'rename'
  | 'remove'
  | 'undo'
  | 'share'
  | 'unshare'
  | 'shared'
  | 'saveAs'
  | 'update'
  | 'name'
  | 'shareToo'
  | 'firstToo'
  | 'save'
  | 'cancel'
  | 'up'
  | 'down'
  | 'columnsHint'
  | 'changed'

/** The words around views and columns. */
export const useListWords = () => {
  const { t } = useI18n()
  const { tell } = useProblem()
  return {
    word: (name: ListWord): string => t(`listTools.${name}`),
    removed: (name: string): string => t('listTools.removed', { name }),
    opensFirst: (name: string): string => t('listTools.opensFirst', { name }),
    by: (name: string): string => t('listTools.by', { name }),
    place: (name: string, n: number): string => t('listTools.place', { name, n }),
    tell,
  }
}
