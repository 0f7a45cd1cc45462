/** Address of a mention of a kfunc; `doc-text.ts` sets the real one in, release by release. */
export const KFUNC_SCHEME = 'kfunc:'

/**
 * What kernel-doc marks inside a line, in order of preference:
 * ``literal`` · %CONST · @param, @param->member · &struct name, &name, &name->member · name() · addresses · *word*
 */
const MARKED =
  /``([^`]+)``|%([-\w]+)|@(\w+(?:(?:->|\.)\w+)*)|&((?:struct|union|enum|typedef) \w+|\w+(?:(?:->|\.)\w+)*(?![\w;]))|\b([A-Za-z_]\w*)\(\)|\b(https?:\/\/[^\s<>"]*[\w/])|(?<![\w*])\*(\w+)\*(?![\w*])/g

/** Markdown for one line or paragraph of a kernel comment: marks become code, the rest is text, sign by sign. */
export function inlineMarkdown(text: string): string {
  let out = ''
  let from = 0
  for (const match of text.matchAll(MARKED)) {
    const [whole, literal, constant, parameter, type, call, address, stressed] = match
    out += escapeMarkdown(text.slice(from, match.index))
    from = match.index + whole.length
    if (address !== undefined) out += `<${address}>`
    else if (stressed !== undefined) out += `*${escapeMarkdown(stressed)}*`
    else if (call !== undefined) out += `[${code(`${call}()`)}](${KFUNC_SCHEME}${call})`
    else out += code(literal ?? constant ?? parameter ?? type?.replace(/^typedef /, '') ?? whole)
  }
  return out + escapeMarkdown(text.slice(from))
}

/** A code span around any text, be there backticks in it or not. */
function code(text: string): string {
  const fence = '`'.repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)))
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${text}${pad}${fence}`
}

/** Text with a backslash before every sign that Markdown could read. */
function escapeMarkdown(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&').replace(/^(\d+)\\([.)])/gm, '$1\\$2')
}
