export const TITLE_MAX = 120
export const TEXT_MAX = 4000

/** What is missing in a matter before it is sent: field → message key. The server has the last word. */
export const checkMatter = (form: { title: string; description: string }): Record<string, string> => {
  const wrong: Record<string, string> = {}
  if (form.title.trim().length < 2) wrong.title = 'portal.apply.titleEmpty'
  if (form.description.trim().length < 5) wrong.description = 'portal.apply.textEmpty'
  return wrong
}
