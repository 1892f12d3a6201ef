import type { Figures } from '@/entities/metrics'

type Line = Figures['total']

/** Lines by one figure, `-` before its key for the greatest first; a line without the figure comes last. */
export const inOrder = (lines: readonly Line[], sort: string): Line[] => {
  const [key, way] = sort.startsWith('-') ? [sort.slice(1), -1] : [sort, 1]
  if (!key) return [...lines]
  const value = (line: Line): number | null => line.figures[key] ?? null
  return lines.toSorted((a, b) => {
    const [one, other] = [value(a), value(b)]
    if (one === null || other === null) return Number(one === null) - Number(other === null)
    return (one - other) * way
  })
}
