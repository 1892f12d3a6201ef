import type * as zh from '../zh/insight'

export const insight: typeof zh.insight = {
  title: 'Reports',
  find: 'Find a figure',
  failed: 'The definitions were not read',
  none: 'No such figure',
  lead: 'Each number has this one definition: the program, the pages and the tests take it from here.',
  options: 'How edge cases are counted',
  needs: 'Counted once there are {what}',
  source: 'Source: {name}',
  unit: { count: 'Count', seconds: 'Time', percent: 'Share', score: 'Score' },
}
